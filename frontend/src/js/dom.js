// Small things the other parts share.
const SVG = 'http://www.w3.org/2000/svg';

/** Make an element; words become text, never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Make a piece of a drawing. */
export function drawing(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Fill the holes of a sentence that the server translated: "{left} of {max}". */
export function fill(sentence, holes) {
  return sentence.replace(/\{(\w+)\}/g, (hole, name) => (name in holes ? holes[name] : hole));
}

/** Wait until somebody pauses. */
export function afterPause(act, milliseconds) {
  let timer;
  return (...words) => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds, ...words);
  };
}

export const language = document.documentElement.lang || 'nl';
