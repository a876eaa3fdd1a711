// Saves a form while somebody types. The answer decides what follows:
// 200 saved, 409 somebody else changed it or the house refuses, 401 signed out; anything else is tried again.
import { afterPause, element, fill, language } from './dom.js';

const PAUSE = 1200;
const RETRY = 10_000;
const PATIENCE = 3000; // that a form which is sent waits for the save under way

/** Make this form save itself. Its sentences come from its data attributes. */
export function saveWhileTyping(form) {
  const words = form.dataset;
  const state = form.querySelector('[data-save]');
  const version = form.elements.namedItem('version');
  let isDirty = false;
  let isStopped = false; // after a conflict or a refusal a person decides, not we
  let isLeaving = false;
  let running = null;
  let sending = null; // what was pressed while a save was under way
  let retry;

  function tell(name, sentence, ...extra) {
    state.hidden = false;
    if (state.dataset.state === name && name === 'dirty') return;
    state.dataset.state = name;
    state.replaceChildren(sentence, ...extra);
  }

  async function save() {
    clearTimeout(retry);
    if (isStopped || isLeaving) return;
    if (running) { running.again = true; return; } // one at a time, or the versions cross
    running = { again: false, stop: new AbortController() };
    isDirty = false;
    tell('busy', words.busy);
    try {
      const answer = await fetch(form.action, {
        method: 'POST', body: new FormData(form), headers: { 'X-Autosave': '1' }, redirect: 'manual', keepalive: document.hidden, signal: running.stop.signal,
      });
      await hear(answer);
    } catch {
      isDirty = true;
      tell('error', words.failed);
      retry = setTimeout(save, RETRY);
    } finally {
      const { again } = running;
      running = null;
      if (sending) send();
      else if (again) later();
    }
  }

  async function hear(answer) {
    if (answer.status === 200) {
      const { version: stored, saved_at: at, meter } = await answer.json();
      if (version) version.value = stored;
      const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' }).format(new Date(at));
      if (isDirty) tell('dirty', words.dirty);
      else tell('ok', fill(words.saved, { time: language === 'nl' ? time.replace(':', '.') : time }));
      form.dispatchEvent(new CustomEvent('sir:saved', { detail: meter }));
      return;
    }
    isDirty = true;
    if (answer.status === 401 || answer.type === 'opaqueredirect') {
      tell('error', `${words.signedOut} `, element('a', { href: words.signInUrl, target: '_blank', class: 'nl-link' }, words.signIn));
      return; // the next key tries again
    }
    if (answer.status === 409) {
      const told = await answer.json();
      isStopped = true;
      if (told.fields) showConflict(told);
      else tell('error', (told.reasons ?? [words.refused]).join(' '));
      return;
    }
    if (answer.status >= 500 || answer.status === 429) throw new Error(`answer ${answer.status}`);
    tell('error', words.refused);
  }

  function showConflict({ fields, labels, yours, theirs, version: stored }) {
    tell('error', words.conflict);
    const box = element('section', { class: 'sir-errors', role: 'alert', tabindex: '-1' }, element('p', { class: 'nl-paragraph' }, element('b', {}, words.conflict)));
    for (const name of fields) {
      box.append(
        element('h3', { class: 'nl-heading nl-heading--level-4' }, labels[name]),
        element('div', { class: 'sir-versions' }, text(words.yours, yours[name]), text(words.theirs, theirs[name])),
      );
    }
    const choose = (label, take) => {
      const button = element('button', { type: 'button', class: 'nl-button nl-button--secondary' }, element('span', { class: 'nl-button__label' }, label));
      button.addEventListener('click', () => {
        for (const [name, value] of take ? Object.entries(take) : []) put(name, value);
        if (version && stored !== undefined) version.value = stored;
        isStopped = false;
        box.remove();
        form.querySelector('input:not([type=hidden]),textarea')?.focus();
        save();
      });
      return button;
    };
    box.append(element('div', { class: 'sir-row' }, choose(words.keepYours), choose(words.keepTheirs, theirs)));
    form.before(box);
    box.focus();
  }

  const text = (title, value) => element('div', {}, element('p', { class: 'sir-eyebrow' }, title), element('p', { class: 'sir-asis' }, value ?? ''));
  function put(name, value) {
    const field = form.elements.namedItem(name);
    if (!field) return;
    field.value = value ?? '';
    if (field instanceof Element) field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  const later = afterPause(save, PAUSE);
  form.addEventListener('input', (event) => {
    if (event.target.type === 'file') return; // files go with the button
    isDirty = true;
    if (isStopped) return;
    tell('dirty', words.dirty);
    later();
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden && isDirty) save(); });
  function send() {
    const { pressed } = sending;
    sending = null;
    clearTimeout(retry);
    form.requestSubmit(pressed);
  }
  form.addEventListener('submit', (event) => {
    if (running) { // its answer brings the version to send with, or our own save would be a stranger's
      event.preventDefault();
      if (!sending) setTimeout(() => running?.stop.abort(), PATIENCE);
      sending = { pressed: event.submitter };
      return;
    }
    isLeaving = true;
  });
  addEventListener('beforeunload', (event) => { if (isDirty && !isLeaving) event.preventDefault(); });
}
