// Sends changed fields one by one, in order, and keeps them sealed on this device until they arrived.
import * as device from './device.js';
import { acknowledged, adopted, chosen, first, heldFields, put, refused, released, sortOut, tried, waiting } from './queue.js';

const RETRY = 8000;
const ALIVE = 'sir-desk-page-';

/**
 * One sender for a page with one or more sheets. `tell(sheet, state, detail)` hears what happens:
 * busy, ok, offline, error, refused, signedOut, gone, merged, clash, elsewhere. `gather(sheet)` queues what
 * the page holds by now, so that two versions are never compared without the newest text.
 */
export class Sender {
  constructor({ owner, token, tell, gather }) {
    this.owner = owner;
    this.token = token;
    this.tell = tell;
    this.gather = gather;
    this.queue = [];
    this.tab = '';
    this.keeps = false;
    this.sheets = new Set();
    this.running = null;
    this.writing = Promise.resolve();
  }

  /** Take up what waits on this device, ours and what closed pages left. */
  async begin(sheets) {
    this.sheets = new Set(sheets);
    this.keeps = await device.canKeep();
    this.tab = await this.#livingName();
    if (this.keeps) {
      const kept = await Promise.all((await device.all('queue')).map(async (record) => {
        const bytes = await device.unseal(this.owner, record);
        return bytes && JSON.parse(new TextDecoder().decode(bytes));
      }));
      const living = new Set((await navigator.locks?.query())?.held.map(({ name }) => name.replace(ALIVE, '')) ?? []);
      await this.#become(released(adopted(kept.filter(Boolean), this.tab, living), this.tab));
    }
    addEventListener('online', () => this.send());
    return this.queue.filter(({ sheet }) => this.sheets.has(sheet));
  }

  /** What was acknowledged since the page was made: a copy of it may be older. */
  async known(sheet) {
    const record = this.keeps && await device.get('known', sheet);
    const bytes = record && await device.unseal(this.owner, record);
    return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : null;
  }

  /** Queue a change: at once in the page, and on the device when the promise resolves. */
  change(change) {
    const entry = { ...change, tab: this.tab };
    return this.#become(put(this.queue, entry, () => crypto.randomUUID?.() ?? String(Math.random()).slice(2).padEnd(16, '0')));
  }

  /** The fields of a sheet that wait for their person. */
  held(sheet) { return heldFields(this.queue, sheet, this.tab); }

  waits(sheet) { return this.queue.some((entry) => entry.sheet === sheet); }

  /** Send what waits; resolves when nothing is left that can go. */
  send() {
    this.running ??= this.#sendAll().finally(() => { this.running = null; });
    return this.running;
  }

  async choose(sheet, { version, theirs, keepsOwn }) {
    await this.#become(chosen(this.queue, sheet, this.tab, version, { keepsOwn }));
    if (!keepsOwn) await this.#remember(sheet, version, theirs);
    return this.send();
  }

  async #sendAll() {
    clearTimeout(this.retry);
    for (let entry = first(this.queue, this.tab); entry; entry = first(this.queue, this.tab)) {
      this.tell(entry.sheet, 'busy');
      await this.#become(tried(this.queue, entry.key));
      let answer;
      try {
        answer = await this.#patch(entry);
      } catch {
        this.#wait(entry.sheet, 'offline');
        return;
      }
      if (!await this.#hear(entry, answer)) return;
    }
  }

  #patch(entry) {
    const body = new FormData();
    body.set('csrf_token', this.token);
    body.set('way', entry.way);
    body.set(entry.field, entry.value);
    const headers = { 'X-Autosave': '1', 'If-Match': `"v${entry.base}"`, 'Idempotency-Key': entry.key };
    return fetch(entry.url, { method: 'PATCH', body, headers, redirect: 'manual', keepalive: document.hidden });
  }

  /** Act on an answer; false ends this round of sending. */
  async #hear(entry, answer) {
    const { sheet } = entry;
    if (answer.status === 200) {
      const { version, saved_at: at } = await answer.json();
      const kept = this.#become(acknowledged(this.queue, entry.key, version));
      this.tell(sheet, 'ok', { version, at }); // before any waiting, so that the next change builds on it
      await kept;
      await this.#remember(sheet, version, { [entry.field]: entry.value });
      return true;
    }
    if (answer.status === 401 || answer.type === 'opaqueredirect') { this.#wait(sheet, 'signedOut'); return false; }
    if (answer.status === 403 || answer.status === 404) { await this.#forget(sheet); this.tell(sheet, 'gone'); return true; }
    if (answer.status === 409 || answer.status === 422) return this.#disagree(entry, await answer.json());
    this.#wait(sheet, 'error');
    return false;
  }

  async #disagree(entry, told) {
    const { sheet } = entry;
    if (told.csrf_token) { // the page's token is older than the session
      const again = this.token !== told.csrf_token;
      this.token = told.csrf_token;
      if (!again) this.#wait(sheet, 'error');
      return again;
    }
    if (!told.theirs) { // the house refuses: a person must look at this field, and the others go on
      await this.#become(refused(this.queue, entry.key));
      this.tell(sheet, 'refused', { ...told, field: entry.field });
      return true;
    }
    this.gather(sheet);
    const { queue, clashing, news } = sortOut(this.queue, sheet, this.tab, told);
    const kept = this.#become(queue);
    if (this.sheets.has(sheet)) this.tell(sheet, clashing.length ? 'clash' : 'merged', { ...told, fields: clashing, news });
    else if (clashing.length) this.tell(null, 'elsewhere', { url: entry.url });
    await kept;
    await this.#remember(sheet, told.version, news);
    return true;
  }

  #wait(sheet, state) {
    this.tell(sheet, state, { count: waiting(this.queue, this.tab), keeps: this.keeps });
    this.retry = setTimeout(() => this.send(), RETRY);
  }

  async #remember(sheet, version, fields) {
    if (!this.keeps) return;
    const before = await this.known(sheet);
    await device.write('known', await device.seal(this.owner, sheet, JSON.stringify({ version, fields: { ...before?.fields, ...fields } })));
  }

  async #forget(sheet) {
    await this.#become(this.queue.filter((entry) => entry.sheet !== sheet));
    if (!this.keeps) return;
    await device.remove('known', sheet);
    await device.clear('pages');
  }

  /** Have this queue from now on, on the device as in the page; what is written is written in turn. */
  #become(queue) {
    const before = new Map(this.queue.map((entry) => [entry.key, entry]));
    this.queue = queue.filter((entry) => entry.tab === this.tab);
    if (!this.keeps) return Promise.resolve();
    const changed = this.queue.filter((entry) => before.get(entry.key) !== entry);
    const gone = [...before.keys()].filter((key) => !this.queue.some((entry) => entry.key === key));
    this.writing = this.writing.then(async () => {
      for (const entry of changed) await device.write('queue', await device.seal(this.owner, entry.key, JSON.stringify(entry)));
      for (const key of gone) await device.remove('queue', key);
    }).catch(() => { this.keeps = false; }); // a full or closed store: the page itself still has everything
    return this.writing;
  }

  /** A name for this page that others see is alive; a copied tab takes a new one. */
  async #livingName() {
    let name = sessionStorage.getItem('sir-page');
    const take = (wanted) => new Promise((resolve) => {
      navigator.locks.request(ALIVE + wanted, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock && new Promise(() => {});
      });
    });
    if (!navigator.locks) return name ?? crypto.randomUUID?.() ?? '1';
    if (!name || !await take(name)) {
      name = crypto.randomUUID();
      await take(name);
      sessionStorage.setItem('sir-page', name);
    }
    return name;
  }
}
