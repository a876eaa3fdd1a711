// Keeps a juror's own score sheets and proposals on this device for when there is no connection: sealed,
// only what the house marks with X-Sir-Keep, and as long as it says there. It changes nothing else.
import { ASSETS, all, canKeep, clear, get, remove, seal, unseal, write } from './device.js';
import { sweep, until } from './kept.js';

const MOST = 40; // answers
const HEADERS = ['content-type', 'content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options',
  'cross-origin-opener-policy', 'cross-origin-resource-policy', 'permissions-policy'];
const OFFLINE = new URL('offline', self.location).href;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    await (await caches.open(ASSETS)).add(OFFLINE);
    await self.skipWaiting();
  })());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.includes('/static/dist/')) event.respondWith(asset(request));
  else if (/\/sheets\/[0-9A-Z]+(\/proposal\.pdf|\/picture\.jpg)?$/.test(pathname)) event.respondWith(sheet(event, pathname));
});

/** A built file has its hash in its name, so a copy is as good as the file. */
async function asset(request) {
  const cache = await caches.open(ASSETS);
  const copy = await cache.match(request);
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function sheet(event, path) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return await kept(path) ?? await (await caches.open(ASSETS)).match(OFFLINE) ?? Response.error();
  }
  const mark = answer.headers.get('x-sir-keep');
  if (answer.ok && mark) event.waitUntil(keep(path, mark.split(';'), answer.clone()));
  else if ([401, 403, 404].includes(answer.status) || answer.type === 'opaqueredirect') event.waitUntil(forget());
  return answer;
}

async function keep(path, [owner, seconds], answer) {
  if (!await canKeep()) return;
  await sweep();
  const headers = HEADERS.flatMap((name) => (answer.headers.has(name) ? [[name, answer.headers.get(name)]] : []));
  const record = await seal(owner, path, await answer.arrayBuffer());
  await write('pages', { ...record, owner, headers, at: Date.now(), until: until(seconds) });
  const rows = await all('pages');
  rows.sort((one, other) => other.at - one.at);
  for (const old of rows.slice(MOST)) await remove('pages', old.id);
}

async function kept(path) {
  if (!await canKeep()) return null;
  await sweep();
  const record = await get('pages', path);
  if (!record) return null;
  const bytes = await unseal(null, record);
  return bytes && new Response(bytes, { headers: record.headers });
}

/** Signed out, excluded, or gone: nothing stays. */
async function forget() {
  if (await canKeep()) await clear('pages', 'known');
}
