// The score desk: keys, saving by field, and what this device keeps for when there is no connection.
// Every page works without it.
import { Choice } from './choice.js';
import { afterPause, element, fill, language } from './dom.js';
import { clearFault, showFault } from './fault.js';
import { actOf, stepped } from './keys.js';
import { Sender } from './sender.js';

const PAUSE = 900;
const DONE_IN_TIME = 4000; // before going on to the next sheet
const ONE_YEAR = 31_536_000;

const dialog = document.querySelector('#keys');
const words = dialog.dataset; // the sentences, in the reader's language
const forms = [...document.querySelectorAll('form[data-patch]')];
const sheets = new Map(forms.map((form) => [form.dataset.code, makeSheet(form)]));
const criteria = [...document.querySelectorAll('[data-criterion]')];

const sender = new Sender({
  owner: forms[0]?.dataset.owner,
  token: document.querySelector('input[name$=csrf_token]')?.value,
  tell: (code, state, detail) => (code === null ? elsewhere(detail) : sheets.get(code)?.hear(state, detail)),
  gather: (code) => sheets.get(code)?.collect(),
});

/** One sheet, or the part of it that this page shows. */
function makeSheet(form) {
  const { code: sheet, patch: url, way, prefix } = form.dataset;
  const state = document.querySelector(`[data-state-of="${sheet}"]`);
  let version = Number(form.dataset.version);
  let seen = read();

  function read() {
    const fields = {};
    for (const box of form.elements) {
      const name = box.name?.slice(prefix.length);
      if (!box.name?.startsWith(prefix) || !/^(level_|reason_|note$)/.test(name)) continue;
      if (box.type !== 'radio') fields[name] = box.value.trim();
      else if (box.checked) fields[name] = box.value;
      else fields[name] ??= '';
    }
    return fields;
  }
  function show(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const box = form.elements.namedItem(prefix + name);
      if (!box) continue;
      if (box instanceof RadioNodeList) for (const level of box) level.checked = level.value === value;
      else box.value = value;
    }
    const now = read();
    for (const name of Object.keys(fields)) if (name in now) seen[name] = now[name];
    form.dispatchEvent(new CustomEvent('sir:shown'));
  }
  function say(name, ...sentences) {
    state.hidden = false;
    state.dataset.state = name;
    state.replaceChildren(...sentences);
  }
  const isNew = (stored) => {
    version = Math.max(version, stored);
    const field = form.elements.namedItem(`${prefix}version`);
    if (field) field.value = version;
  };
  const choice = new Choice({ form, prefix, words, mine: read, choose({ theirs, keepsOwn }) {
    if (!keepsOwn) show(theirs);
    form.querySelector('input:not([type=hidden]),textarea')?.focus();
    sender.choose(sheet, { version, theirs, keepsOwn });
    if (keepsOwn) hearing.dirty();
    else hearing.ok({ version });
  } });

  const hearing = {
    dirty: () => say('dirty', words.dirty),
    busy: () => say('busy', words.busy),
    ok({ version: stored, at = Date.now() }) {
      isNew(stored);
      const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone: 'Europe/Amsterdam' }).format(new Date(at));
      const held = sender.held(sheet).length;
      if (held) say('error', fill(held === 1 ? words.heldOne : words.held, { count: held }));
      else if (sender.waits(sheet)) hearing.dirty();
      else say('ok', fill(words.saved, { time, version }));
    },
    offline: ({ count, keeps }) => say('error', fill(count === 1 ? words.offlineOne : words.offline, { count }), keeps ? '' : ` ${words.memory}`),
    error: () => say('error', words.failed),
    refused({ reasons = [], field }) {
      say('error', words.refused, reasons.join(' '));
      showFault(form, prefix + field, reasons.join(' '));
    },
    gone: () => { say('error', words.gone); form.inert = true; },
    signedOut: () => say('error', `${words.signedOut} `, element('a', { href: words.signInUrl, target: '_blank', class: 'nl-link' }, words.signIn)),
    merged({ version: stored, news }) {
      isNew(stored);
      show(news);
      choice.keepOnly(sender.held(sheet));
    },
    clash({ version: stored, fields, labels, theirs, news }) {
      isNew(stored);
      say('error', words.choose);
      show(news);
      choice.ask(fields, labels, theirs);
    },
  };

  /** Queue what changed since we last looked; it is in the queue when this returns. */
  function collect() {
    const now = read();
    const changed = Object.keys(now).filter((name) => now[name] !== seen[name]);
    seen = now;
    for (const field of changed) {
      clearFault(form, prefix + field);
      sender.change({ sheet, url, way, field, value: now[field], base: version });
    }
    return changed.length > 0;
  }
  const later = afterPause(() => { if (collect()) sender.send(); }, PAUSE);
  form.addEventListener('input', () => {
    if (!state.dataset.state || state.dataset.state === 'ok') hearing.dirty();
    later();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    finish(event.submitter?.hasAttribute('data-save-next') ? form.dataset.next : null);
  });

  return {
    form, collect, hear: (name, detail) => hearing[name]?.(detail),
    async putBack(waiting) {
      const known = await sender.known(sheet);
      if (known && known.version > version) { isNew(known.version); show(known.fields); }
      const mine = waiting.filter((entry) => entry.sheet === sheet);
      if (!mine.length) return;
      show(Object.fromEntries(mine.map(({ field, value }) => [field, value])));
      say('dirty', words.restored);
    },
  };
}

function elsewhere({ url }) {
  const place = document.querySelector('#sheet') ?? forms[0];
  place.before(element('p', { class: 'sir-errors', role: 'alert' }, `${words.elsewhere} `, element('a', { href: url, class: 'nl-link' }, words.elsewhereLink)));
}

/** Send everything, and go on when nothing stands in the way. */
async function finish(onward) {
  for (const sheet of sheets.values()) sheet.collect();
  await sender.writing;
  const sent = sender.send();
  if (!onward) return;
  await Promise.race([sent, new Promise((resolve) => { setTimeout(resolve, DONE_IN_TIME); })]);
  if (!sender.queue.some(({ held, sheet }) => held && sheets.has(sheet))) location.assign(onward);
}

// progress: which criteria are ready, in the page and in words
function isReady(criterion) {
  const least = Number(criterion.querySelector('.sir-counter')?.dataset.min || 1);
  const texts = [...criterion.querySelectorAll('textarea')];
  return criterion.querySelector('input[type=radio]:checked') && texts.every((box) => [...box.value.trim()].length >= least);
}
function showProgress() {
  const done = criteria.filter((criterion) => {
    const ready = isReady(criterion);
    criterion.dataset.state = ready ? 'done' : 'todo';
    return ready;
  }).length;
  const progress = document.querySelector('[data-progress]');
  if (progress) progress.textContent = fill(progress.dataset.words, { done, total: criteria.length });
}

// keys
const single = document.querySelector('[data-keys-single]');
const isOn = () => !/(?:^|; )sir_keys=off/.test(document.cookie);
let current = -1;

const goTo = (place) => {
  current = place;
  const criterion = criteria[place];
  (criterion?.querySelector('input[type=radio]:checked') ?? criterion?.querySelector('input[type=radio]'))?.focus();
  criterion?.scrollIntoView({ block: 'nearest' });
};
const follow = (name) => {
  const link = document.querySelector(`[data-go="${name}"]`);
  if (link) finish(link.href);
};
const acts = {
  level({ level }) {
    if (current < 0) current = 0;
    const box = [...criteria[current]?.querySelectorAll('input[type=radio]') ?? []].find(({ value }) => value === level);
    if (!box) return;
    box.checked = true;
    box.focus();
    box.dispatchEvent(new Event('input', { bubbles: true }));
  },
  save: () => finish(null),
  saveNext: () => finish(forms.find((form) => form.dataset.next)?.dataset.next ?? null),
  next: () => follow('j'),
  previous: () => follow('k'),
  grid: () => follow('g'),
  criterionBefore: () => goTo(stepped(current, -1, criteria.length)),
  criterionAfter: () => goTo(stepped(current, 1, criteria.length)),
  missing() {
    const place = criteria.findIndex((criterion) => criterion.dataset.state === 'todo');
    if (place >= 0) goTo(place);
    else follow('m');
  },
  help: () => dialog.showModal(),
};

document.addEventListener('focusin', ({ target }) => {
  const place = criteria.findIndex((criterion) => criterion.contains(target));
  if (place >= 0) current = place;
});
document.addEventListener('keydown', (event) => {
  if (dialog.open || event.isComposing) return;
  const { target } = event;
  const onLevel = target.type === 'radio';
  const typing = !onLevel && target.matches('input:not([type=checkbox],[type=button],[type=submit]),textarea,select,[contenteditable]');
  const found = actOf({ key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey }, { typing, onLevel, single: isOn() });
  if (!found) return;
  event.preventDefault();
  acts[found.act](found);
});
document.querySelector('[data-keys-open]')?.addEventListener('click', acts.help);
single.checked = isOn();
single.addEventListener('change', () => {
  document.cookie = `sir_keys=${single.checked ? 'on' : 'off'}; path=/; max-age=${ONE_YEAR}; samesite=lax`;
});
for (const part of document.querySelectorAll('[data-needs-script]')) part.hidden = false;

// the place in the document, remembered per sheet on this device
const text = document.querySelector('[data-place]');
if (text && !location.hash && !location.search) {
  const name = `sir-place-${text.dataset.place}`;
  text.scrollTop = Number(localStorage.getItem(name)) || 0;
  text.addEventListener('scroll', afterPause(() => localStorage.setItem(name, String(Math.round(text.scrollTop))), 300));
}

document.addEventListener('visibilitychange', () => { if (document.hidden) finish(null); });
document.addEventListener('sir:shown', showProgress, true);
document.addEventListener('input', showProgress);
addEventListener('beforeunload', (event) => { if (!sender.keeps && sender.queue.length) event.preventDefault(); });

showProgress();
if (forms.length) {
  const waiting = await sender.begin([...sheets.keys()]);
  for (const sheet of sheets.values()) await sheet.putBack(waiting);
  showProgress();
  sender.send();
  document.documentElement.dataset.desk = 'ready';
}
if (navigator.serviceWorker && words.worker) {
  const policy = globalThis.trustedTypes?.createPolicy('sir', { createScriptURL: (url) => {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(url);
    return url;
  } });
  navigator.serviceWorker.register(policy?.createScriptURL(words.worker) ?? words.worker).catch(() => { /* then the pages work online only */ });
}
