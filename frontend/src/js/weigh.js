// Other weights: the server computes, this only asks again while somebody moves a slider.
// XHR reads the answer as a document, which is no script and needs no markup of ours.
import { afterPause } from './dom.js';

const PAUSE = 250;

/** Ask again whenever this form changes, and put what is fresh in its place. */
export function weighAgain(form) {
  let running;

  function ask() {
    running?.abort();
    running = new XMLHttpRequest();
    running.responseType = 'document';
    running.open('GET', `${location.pathname}?${new URLSearchParams(new FormData(form))}`);
    running.onload = ({ target }) => { if (target.status === 200 && target.response) show(target.response); };
    running.send();
  }

  function show(page) {
    for (const old of document.querySelectorAll('[data-fresh]')) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceChildren(...document.importNode(fresh, true).childNodes);
    }
  }

  // another number of bids is another page
  form.addEventListener('input', afterPause(ask, PAUSE));
  form.elements.namedItem('bids')?.addEventListener('change', () => form.requestSubmit());
}
