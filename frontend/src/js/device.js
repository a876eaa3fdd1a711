// What this device keeps for the score desk, in IndexedDB. Everything a juror wrote or read is sealed with
// a key that never leaves the browser; signing out destroys the key and all that it sealed.
const NAME = 'sir-desk';
const STORES = ['key', 'queue', 'known', 'pages'];
export const ASSETS = 'sir-assets';

const promised = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name, { keyPath: 'id' });
  };
  return promised(request);
}

/** Do something with one or more stores; the connection is closed after it, so that wiping never waits. */
async function within(names, mode, act) {
  const base = await open();
  try {
    const work = base.transaction(names, mode);
    const done = new Promise((resolve, reject) => {
      work.oncomplete = resolve;
      work.onabort = () => reject(work.error);
    });
    const result = await act((name) => work.objectStore(name));
    await done;
    return result;
  } finally {
    base.close();
  }
}

export const get = (store, id) => within([store], 'readonly', (stores) => promised(stores(store).get(id)));
export const all = (store) => within([store], 'readonly', (stores) => promised(stores(store).getAll()));
export const write = (store, record) => within([store], 'readwrite', (stores) => promised(stores(store).put(record)));
export const remove = (store, id) => within([store], 'readwrite', (stores) => promised(stores(store).delete(id)));
export const clear = (...names) => within(names, 'readwrite', (stores) => Promise.all(names.map((name) => promised(stores(name).clear()))));
export const count = (store) => within([store], 'readonly', (stores) => promised(stores(store).count()));

/** Forget everything: the key, what waits, and the copies. */
export async function wipe() {
  if (globalThis.indexedDB) await promised(indexedDB.deleteDatabase(NAME));
  if (globalThis.caches) await caches.delete(ASSETS);
}

/** The key of whoever is signed in. Another person's key goes, with all that it sealed. */
async function keyOf(owner) {
  const known = await get('key', 'key');
  if (known && (!owner || known.owner === owner)) return known.key;
  if (!owner) return null;
  await clear(...STORES);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await write('key', { id: 'key', owner, key });
  return key;
}

/** Seal bytes or text for the owner under a name; the seal holds for that name only. */
export async function seal(owner, id, content) {
  const key = await keyOf(owner);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const additionalData = new TextEncoder().encode(id);
  return { id, iv, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes) };
}

/** Open what was sealed; null when the key is gone. */
export async function unseal(owner, { id, iv, box }) {
  const key = await keyOf(owner);
  if (!key) return null;
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }, key, box));
  } catch {
    return null;
  }
}

/** Say whether this browser can keep things here at all (not on plain http, not in some private windows). */
export async function canKeep() {
  try {
    if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return false;
    await count('key');
    return true;
  } catch {
    return false;
  }
}
