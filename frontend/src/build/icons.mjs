// The sprite: only the icons that a template names.
import fs from 'node:fs';
import path from 'node:path';

const TABLER = path.join(import.meta.dirname, '../../node_modules/@tabler/icons/icons/outline');

/** Find the names in icon("x"), icon="x", icon_end="x", meta=[("x", …)] and icons = {…: "x"}. */
export function iconsInUse(templates) {
  const names = new Map();
  const note = (name, file) => { if (!names.has(name)) names.set(name, file); };
  for (const file of fs.readdirSync(templates, { recursive: true }).filter((name) => name.endsWith('.html'))) {
    const text = fs.readFileSync(path.join(templates, file), 'utf8').replace(/\{#[\s\S]*?#\}/g, '');
    for (const [, name] of text.matchAll(/\bicon(?:_end)?\s*[(=]\s*["']([a-z0-9-]+)["']/g)) note(name, file);
    for (const [, list] of text.matchAll(/\bmeta\s*=\s*[[(]([\s\S]*?)\]/g)) {
      for (const [, name] of list.matchAll(/\(\s*["']([a-z0-9-]+)["']\s*,/g)) note(name, file);
    }
    for (const [, table] of text.matchAll(/\bicons\s*=\s*\{([^}]*)\}/g)) {
      for (const [, name] of table.matchAll(/:\s*["']([a-z0-9-]+)["']/g)) note(name, file);
    }
  }
  return names;
}

/** Join the icons; fails on a name that Tabler does not have. */
export function sprite(names) {
  const symbols = [...names].sort().map(([name, file]) => {
    const source = path.join(TABLER, `${name}.svg`);
    if (!fs.existsSync(source)) throw new Error(`templates/${file} asks for the icon "${name}", which Tabler does not have.`);
    const shape = fs.readFileSync(source, 'utf8')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<svg[\s\S]*?>/, '').replace('</svg>', '')
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
      .replace(/\s+/g, ' ').trim();
    return `<symbol id="i-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shape}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}
