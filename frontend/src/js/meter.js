// The page meter: the server sets the real pages, this only draws what it answers.
import { afterPause, drawing, element, fill, language } from './dom.js';

const PAUSE = 700;
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Keep the meter of this form up to date. */
export function measurePages(form) {
  const meter = form.querySelector('[data-meter]') ?? document.querySelector('[data-meter]');
  if (!meter) return;
  const preview = document.querySelector('[data-preview]');
  const part = (name) => meter.querySelector(`[data-${name}]`);
  let running;

  async function measure() {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.meterUrl, { method: 'POST', body: new FormData(form), headers: { 'X-Meter': '1' }, signal: running.signal });
      if (answer.ok) draw(await answer.json());
    } catch { /* the next pause measures again; saving tells about the connection */ }
  }

  function draw({ pages, page_count: count, limit, fits, sentence, unprintable, sections, svg }) {
    part('pages').textContent = tenths.format(pages);
    part('sheets').replaceChildren(...Array.from({ length: Math.max(limit, count) }, (_, place) => sheet(pages - place, place >= limit)));
    const verdict = part('sentence');
    verdict.classList.toggle('is-no', !fits);
    if (verdict.textContent !== sentence) verdict.textContent = sentence;
    part('unprintable').textContent = unprintable;
    part('unprintable').hidden = !unprintable;
    part('shares').replaceChildren(...sections.map(({ name, share }) => element('li', {},
      element('span', {}, name),
      drawing('svg', { class: 'sir-bar', viewBox: '0 0 1 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, drawing('rect', { width: Math.min(1, share), height: 1 })),
      element('span', { class: 'sir-num' }, fill(meter.dataset.share, { share: tenths.format(share) })))));
    if (preview && svg) showPages(svg, limit);
  }

  function showPages(addresses, limit) {
    preview.hidden = false;
    const strip = preview.querySelector('[data-sheets-preview]');
    const place = strip.scrollLeft;
    strip.replaceChildren(...addresses.map((address, index) => {
      const page = element('img', { class: 'sir-page', src: address, alt: fill(meter.dataset.page, { number: index + 1 }) });
      page.toggleAttribute('data-over', index >= limit);
      return page;
    }));
    strip.scrollLeft = place;
  }

  if (form.dataset.meterUrl) form.addEventListener('input', afterPause(measure, PAUSE));
  // what was saved, its size and its pictures are one answer
  form.addEventListener('sir:saved', ({ detail }) => { if (detail) { running?.abort(); draw(detail); } });
}

function sheet(fillOfPage, isOver) {
  const drawn = drawing('svg', { class: 'sir-sheet', viewBox: '0 0 42 59' },
    drawing('rect', { class: 'paper', x: 1, y: 1, width: 40, height: 57 }),
    drawing('rect', { class: 'ink', x: 5, y: 5, width: 32, height: 49 * Math.max(0, Math.min(1, fillOfPage)) }));
  drawn.toggleAttribute('data-over', isOver);
  return drawn;
}
