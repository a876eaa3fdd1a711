// The score sheet: progress, digits for levels, Ctrl+Enter for the next proposal. The server counts again.
import { fill } from './dom.js';

/** Help a juror through this sheet. */
export function helpScoring(form) {
  const criteria = [...form.querySelectorAll('[data-criterion]')];
  const progress = form.querySelector('[data-progress]');

  function isReady(criterion) {
    const counter = criterion.querySelector('.sir-counter');
    const least = Number(counter?.dataset.min || 1);
    const texts = [...criterion.querySelectorAll('textarea')];
    return criterion.querySelector('input[type=radio]:checked') && texts.every((box) => box.value.trim().length >= least);
  }
  function show() {
    let done = 0;
    for (const criterion of criteria) {
      const ready = isReady(criterion);
      criterion.dataset.state = ready ? 'done' : 'todo';
      if (ready) done += 1;
    }
    if (progress) progress.textContent = fill(progress.dataset.words, { done, total: criteria.length });
  }
  form.addEventListener('input', show);
  show();

  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      const next = form.querySelector('button[data-next]');
      if (next) { event.preventDefault(); form.requestSubmit(next); }
      return;
    }
    // only while a level has the focus, so that no single key does anything elsewhere
    if (event.target.type !== 'radio' || !/^[0-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    const { name } = event.target;
    const level = [...form.elements].find((input) => input.type === 'radio' && input.name === name && input.value === event.key);
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    level.focus();
    level.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
