// What the house refuses stands at its field, as it does on a page that the server makes.

const boxesOf = (form, name) => [form.elements.namedItem(name) ?? []].flatMap((found) => (found instanceof RadioNodeList ? [...found] : found));
const idOf = (name) => `${name}-refused`;

/** Put the sentence at the field. */
export function showFault(form, name, sentence) {
  clearFault(form, name);
  const [box] = boxesOf(form, name);
  if (!box) return;
  const fault = document.querySelector('#fault').content.firstElementChild.cloneNode(true);
  fault.id = idOf(name);
  fault.querySelector('[data-sentence]').textContent = sentence;
  const place = box.type === 'radio' ? box.closest('.sir-scale') : box.closest('.utrecht-form-field__input');
  place.before(fault);
  for (const one of boxesOf(form, name)) {
    one.setAttribute('aria-invalid', 'true');
    one.setAttribute('aria-describedby', [one.getAttribute('aria-describedby'), fault.id].filter(Boolean).join(' '));
  }
}

/** Take the sentence away. */
export function clearFault(form, name) {
  const fault = document.getElementById(idOf(name));
  if (!fault) return;
  fault.remove();
  for (const one of boxesOf(form, name)) {
    one.removeAttribute('aria-invalid');
    const others = one.getAttribute('aria-describedby').split(' ').filter((id) => id !== fault.id);
    if (others.length) one.setAttribute('aria-describedby', others.join(' '));
    else one.removeAttribute('aria-describedby');
  }
}
