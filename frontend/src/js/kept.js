// Copies of pages on this device live no longer than the session does without a word from the house: whoever
// left the jury while this device was away reads them at most that long, and not at all after the first contact.
import { all, canKeep, clear, remove, write } from './device.js';

const MARK = 'sir-kept'; // where to ask; there while this device may hold copies
const SECOND = 1000;
const REST = 60_000;

const sheetOf = (path) => /\/sheets\/([^/]+)/.exec(path)?.[1];

/** When a copy runs out that the house lets live so many seconds. */
export const until = (seconds) => Date.now() + Number(seconds) * SECOND;

/** Remove the copies that ran out; gives those that stay. */
export async function sweep() {
  const pages = await all('pages');
  const old = pages.filter((page) => !(page.until > Date.now()));
  for (const page of old) await remove('pages', page.id);
  return pages.filter((page) => !old.includes(page));
}

/** Ask the house which copies may stay, and how long. Without a connection only the clock counts. */
export async function lookAfter() {
  const url = localStorage.getItem(MARK);
  if (!url || !await canKeep()) return;
  const pages = await sweep();
  const known = await all('known');
  const sheets = new Set([...pages.map(({ id }) => sheetOf(id)), ...known.map(({ id }) => id)]);
  if (!sheets.size) return;
  const answer = await fetch(`${url}?${new URLSearchParams([...sheets].map((code) => ['code', code]))}`, { headers: { 'X-Autosave': '1' }, redirect: 'manual' });
  if (!answer.ok) {
    if (answer.type === 'opaqueredirect' || [401, 403, 404].includes(answer.status)) await clear('pages', 'known');
    return;
  }
  const told = await answer.json();
  for (const { id } of known) if (!told.sheets.includes(id)) await remove('known', id);
  for (const page of pages) {
    if (page.owner === told.owner && told.sheets.includes(sheetOf(page.id))) await write('pages', { ...page, until: until(told.seconds) });
    else await remove('pages', page.id);
  }
}

/** Look now and every minute; every page of the house does, once this device holds copies. */
export function keepLooking(url) {
  if (url) localStorage.setItem(MARK, url);
  if (!localStorage.getItem(MARK)) return;
  const look = () => lookAfter().catch(() => { /* no connection: the clock counts on */ });
  look();
  setInterval(look, REST);
}

export const stopLooking = () => localStorage.removeItem(MARK);
