// Says how many characters are left; aloud only when somebody pauses.
import { afterPause, element, fill } from './dom.js';

const PAUSE = 900;

/** Bring every counter on the page to life. */
export function countCharacters() {
  for (const counter of document.querySelectorAll('.sir-counter[data-for]')) {
    const input = document.getElementById(counter.dataset.for);
    if (input) count(counter, input);
  }
}

function count(counter, input) {
  const { max, min, left, over, short } = counter.dataset;
  const seen = counter.querySelector('[data-count]');
  const heard = element('span', { class: 'sir-hide', role: 'status' });
  counter.append(heard);
  const say = afterPause((words) => { heard.textContent = words; }, PAUSE);

  function show() {
    const length = [...input.value].length; // as the server counts: signs, not code units
    const room = max - length;
    counter.classList.toggle('is-over', room < 0);
    if (room < 0) seen.textContent = fill(over, { over: -room, max });
    else if (length > 0 && length < min) seen.textContent = fill(short, { short: min - length });
    else seen.textContent = fill(left, { left: room, max });
  }
  input.addEventListener('input', () => { show(); say(seen.textContent); });
  show();
}
