// Two versions of the same fields beside each other; the person chooses, and nothing is lost.
import { element } from './dom.js';

/** The choice above one sheet. `mine()` gives its fields as they are now; `choose({theirs, keepsOwn})` hears the answer. */
export class Choice {
  constructor({ form, prefix, words, mine, choose }) {
    Object.assign(this, { form, prefix, words, mine, choose });
    this.theirs = new Map();
    this.labels = {};
  }

  /** Ask about these fields, with what was asked before and is not answered yet. */
  ask(fields, labels, theirs) {
    Object.assign(this.labels, labels);
    for (const name of fields) this.theirs.set(name, theirs[name]);
    this.#show();
    this.box.focus();
  }

  /** Forget the questions that answered themselves. */
  keepOnly(fields) {
    const size = this.theirs.size;
    for (const name of this.theirs.keys()) if (!fields.includes(name)) this.theirs.delete(name);
    if (this.theirs.size !== size) this.#show();
  }

  #show() {
    this.box?.remove();
    if (!this.theirs.size) return;
    const { words } = this;
    const own = this.mine();
    const parts = [...this.theirs].flatMap(([name, text]) => [
      element('h3', { class: 'nl-heading nl-heading--level-4' }, this.labels[name] ?? name),
      element('div', { class: 'sir-versions' }, this.#side(words.yours, name, own[name]), this.#side(words.theirs, name, text)),
    ]);
    this.box = element('section', { class: 'sir-errors', role: 'alert', tabindex: '-1' },
      element('p', { class: 'nl-paragraph' }, element('b', {}, words.conflict)), ...parts,
      element('div', { class: 'sir-row' }, this.#button(words.keepYours, true), this.#button(words.keepTheirs, false)));
    this.form.prepend(this.box);
  }

  #button(label, keepsOwn) {
    const button = element('button', { type: 'button', class: 'nl-button nl-button--secondary' }, element('span', { class: 'nl-button__label' }, label));
    button.addEventListener('click', () => {
      const theirs = Object.fromEntries(this.theirs);
      this.theirs.clear();
      this.#show();
      this.choose({ theirs, keepsOwn });
    });
    return button;
  }

  #side(title, name, value) {
    return element('div', {}, element('p', { class: 'sir-eyebrow' }, title), element('p', { class: 'sir-asis' }, this.#inWords(name, value) || this.words.empty));
  }

  #inWords(name, value) {
    if (!name.startsWith('level_') || !value) return value;
    const level = [...this.form.querySelectorAll('input[type=radio]')].find((box) => box.name === this.prefix + name && box.value === value);
    return [value, level?.closest('label').querySelector('span')?.textContent].filter(Boolean).join(' · ');
  }
}
