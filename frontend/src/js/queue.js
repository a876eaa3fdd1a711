// The changes that wait to be sent, in order. Pure: every function gives a new queue.
// An entry: {key, n, sheet, tab, url, way, field, value, base, tried, held}; held is why it stays behind:
// 'choice' until the person chose between two versions, 'refused' until the field is changed.

/**
 * Add a change. One that was never sent is replaced; one that may have arrived gets a follower. What the
 * house refused makes room; a field whose choice waits keeps waiting, with the newest text.
 */
export function put(queue, change, makeKey) {
  const same = ({ sheet, tab, field }) => sheet === change.sheet && tab === change.tab && field === change.field;
  const last = queue.findLast(same);
  const renewed = (more) => queue.map((entry) => (entry === last ? { ...entry, value: change.value, ...more } : entry));
  if (last?.held) return renewed({ key: makeKey(), tried: false, held: last.held === 'choice' && 'choice' });
  if (last && !last.tried) return renewed({});
  const n = queue.reduce((most, entry) => Math.max(most, entry.n), 0) + 1;
  return [...queue, { ...change, key: makeKey(), n, tried: false, held: false }];
}

/** The first change that may go, in order. One that is held stops no other field. */
export function first(queue, tab) {
  return queue.filter((entry) => entry.tab === tab && !entry.held).sort((one, other) => one.n - other.n)[0];
}

/** The house refuses a change: a newer one of the same field takes its place, else it waits to be changed. */
export function refused(queue, key) {
  const at = queue.find((entry) => entry.key === key);
  const isNewer = ({ sheet, tab, field, n }) => sheet === at.sheet && tab === at.tab && field === at.field && n > at.n;
  if (queue.some(isNewer)) return queue.filter((entry) => entry !== at);
  return queue.map((entry) => (entry === at ? { ...entry, held: 'refused' } : entry));
}

/** A page begins anew: what was held is asked again, from the version it was made on. */
export const released = (queue, tab) => queue.map((entry) => (entry.tab === tab && entry.held ? { ...entry, held: false } : entry));

/** The fields of a sheet that are held. */
export const heldFields = (queue, sheet, tab) => [...new Set(
  queue.filter((entry) => entry.sheet === sheet && entry.tab === tab && entry.held).map(({ field }) => field))];

export const tried = (queue, key) => queue.map((entry) => (entry.key === key ? { ...entry, tried: true } : entry));

/** A change was taken in: it leaves, and what its page changed later builds on the new version. */
export function acknowledged(queue, key, version) {
  const done = queue.find((entry) => entry.key === key);
  if (!done) return queue;
  return rebased(queue.filter((entry) => entry !== done), done.sheet, done.tab, version);
}

// what waits for a choice stays on its own version: the choice brings the new one
const rebased = (queue, sheet, tab, version) => queue.map((entry) => (
  entry.sheet === sheet && entry.tab === tab && entry.held !== 'choice' && entry.base < version ? { ...entry, base: version } : entry));

/** Take over what another page left behind when it was closed: `living` are the pages still open. */
export const adopted = (queue, tab, living) => queue.map((entry) => (
  entry.tab === tab || living.has(entry.tab) ? entry : { ...entry, tab }));

/** How many fields wait. */
export const waiting = (queue, tab) => new Set(
  queue.filter((entry) => entry.tab === tab).map(({ sheet, field }) => `${sheet} ${field}`)).size;

/**
 * A sheet was changed elsewhere: tell apart what clashes, what is the same by now, and what goes on.
 * `theirs` and `base` are the stored fields and what both began with (null when unknown).
 */
export function sortOut(queue, sheet, tab, { theirs, base, version }) {
  const mine = queue.filter((entry) => entry.sheet === sheet && entry.tab === tab);
  const lastOf = new Map(mine.map((entry) => [entry.field, entry]));
  const moved = (name) => name in theirs && (base === null || base[name] !== theirs[name]);
  const clashing = [...lastOf.values()].filter(({ field, value }) => moved(field) && theirs[field] !== value).map(({ field }) => field);
  const settled = [...lastOf.values()].filter(({ field, value }) => moved(field) && theirs[field] === value).map(({ field }) => field);
  const kept = queue.filter((entry) => !(mine.includes(entry) && settled.includes(entry.field)));
  const next = rebased(
    kept.map((entry) => (mine.includes(entry) && clashing.includes(entry.field) ? { ...entry, held: 'choice' } : entry)), sheet, tab, version);
  // what only they changed can be shown at once
  const news = Object.fromEntries(Object.entries(theirs).filter(([name]) => moved(name) && !lastOf.has(name)));
  return { queue: next, clashing, news };
}

/** The person chose: their own text goes on top of the stored version, or makes room for it. */
export function chosen(queue, sheet, tab, version, { keepsOwn }) {
  const isClash = (entry) => entry.sheet === sheet && entry.tab === tab && entry.held === 'choice';
  const left = keepsOwn ? queue.map((entry) => (isClash(entry) ? { ...entry, held: false } : entry)) : queue.filter((entry) => !isClash(entry));
  return rebased(left, sheet, tab, version);
}
