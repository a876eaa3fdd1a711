// Says while somebody types what the weights come to. The server counts again, in whole hundredths as here.
import { afterPause, element, fill, language } from './dom.js';

const PAUSE = 900;
const CENTS = 100;
const shown = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

/** A typed number in hundredths; what is no number counts as nothing. */
function cents(text) {
  const [, whole, part = ''] = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*$/.exec(text) ?? ['', '0'];
  return Number(whole) * CENTS + Number(part.padEnd(2, '0'));
}

/** Keep this sum up to date with the fields whose names begin as it says. */
export function sumUp(place) {
  const form = place.closest('form');
  const { sum: begin, words } = place.dataset;
  const badge = place.querySelector('.nl-data-badge');
  const heard = element('span', { class: 'sir-hide', role: 'status' });
  place.append(heard);
  const say = afterPause(() => { heard.textContent = badge.textContent; }, PAUSE);

  form.addEventListener('input', ({ target }) => {
    if (!target.name?.startsWith(begin)) return;
    const fields = [...form.elements].filter(({ name }) => name?.startsWith(begin));
    const total = fields.reduce((sum, { value }) => sum + cents(value), 0);
    badge.textContent = fill(words, { total: shown.format(total / CENTS) });
    badge.classList.toggle('nl-data-badge--ok', total === CENTS * CENTS);
    badge.classList.toggle('nl-data-badge--error', total !== CENTS * CENTS);
    say();
  });
}
