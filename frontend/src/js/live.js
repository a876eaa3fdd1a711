// Time that is the same for everybody: the server says when it began, the browser only counts.
// Without this file the page says in words when it began and ends.
const SECOND = 1000;
const REST = 2500; // between two looks at the server

const two = (number) => String(number).padStart(2, '0');
/** 65 seconds as 01:05; more than an hour as 1:01:05. */
export function shownTime(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return `${hours ? `${hours}:` : ''}${two(minutes)}:${two(whole % 60)}`;
}

/** Count in this element from data-since, up, or down from data-length seconds. */
export function countTime(timer) {
  const shown = timer.querySelector('[data-time]');
  const skew = Date.now() - Date.parse(timer.dataset.now);
  function show() {
    const { since, until, length } = timer.dataset;
    shown.hidden = !since;
    if (!since) return;
    const end = until ? Date.parse(until) : Date.now() - skew;
    const gone = (end - Date.parse(since)) / SECOND;
    const left = Number(length) - gone;
    if (!length) shown.textContent = shownTime(gone);
    else shown.textContent = left >= 0 ? shownTime(left) : `+${shownTime(-left)}`;
    timer.dataset.state = length && left < 0 ? 'over' : 'running';
  }
  show();
  setInterval(show, SECOND / 4);
}

/** Ask the server now and then whether something changed; a page that only shows is read again. */
export function look(place) {
  let seen = place.dataset.seen;
  async function ask() {
    if (document.hidden) return;
    const answer = await fetch(place.dataset.poll, { headers: { 'If-None-Match': seen } });
    if (answer.status !== 200) return;
    const tag = answer.headers.get('ETag');
    if (tag === seen) return;
    seen = tag;
    if (place.hasAttribute('data-reload')) { location.reload(); return; }
    const { since, until } = await answer.json();
    for (const timer of document.querySelectorAll('[data-timer]')) {
      timer.dataset.since = since ?? '';
      timer.dataset.until = until ?? '';
    }
  }
  setInterval(() => { ask().catch(() => {}); }, REST); // no connection: the next look may have one
}
