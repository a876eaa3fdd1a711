// One stylesheet out of NL Design System components, our theme and our own layer.
import fs from 'node:fs';
import path from 'node:path';
import { transform } from 'lightningcss';
import postcss from 'postcss';
import { colors, statics } from '../theme.mjs';

const SRC = path.join(import.meta.dirname, '..');
const NPM = path.join(SRC, '../node_modules');
const NL = ['button', 'data-badge', 'heading', 'link', 'number-badge', 'paragraph', 'skip-link'];
const UTRECHT = ['root', 'page-header', 'page-footer', 'nav-bar', 'nav-list', 'breadcrumb-nav', 'form-field',
  'form-fieldset', 'form-label', 'form-field-description', 'form-field-error-message', 'textbox', 'textarea',
  'select', 'custom-checkbox', 'radio-button', 'alert', 'table', 'unordered-list', 'ordered-list'];
// the mapping of components to basis tokens is Voorbeeld's; other organisations' tokens in it are not ours to use
const MAPPING = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css';
const FOREIGN = /^--(todo|ams|denhaag|rhc|lux|of)-/;
const TARGETS = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) };
// classes that only show a state in a style guide, and formats we do not have
const SHOWCASE = /\.(?:utrecht|nl)-[\w-]+?--(?:hover|focus|focus-visible|active|placeholder-(?:ltr|rtl)|house-[\w-]+|iban[\w-]*|tel[\w-]*|postal[\w-]*|voorvoegsel-size|busy)(?![\w-])/;
// an empty field must not be red before somebody sends it
const NATIVE_ERRORS = /:invalid/;

const text = (...parts) => fs.readFileSync(path.join(...parts), 'utf8');
const own = (name) => text(SRC, 'css', name);

function components({ tick, dash }) {
  const files = [...NL.map((name) => `@nl-design-system-candidate/${name}-css/dist/${name}.css`),
    ...UTRECHT.map((name) => `@utrecht/${name}-css/dist/index.css`)];
  const root = postcss.parse(files.map((name) => text(NPM, name)).join('\n'));
  root.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter((selector) => !SHOWCASE.test(selector) && !NATIVE_ERRORS.test(selector));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  root.walkComments((comment) => comment.remove());
  // the policy allows no data: addresses
  root.walkDecls((decl) => {
    decl.value = decl.value.replace(/url\("data:image\/svg\+xml,[^"]*m6 10 3 3 6-6[^"]*"\)/g, `url("${tick}")`)
      .replace(/url\("data:image\/svg\+xml,[^"]*M6 10h8[^"]*"\)/g, `url("${dash}")`);
    if (decl.value.includes('data:')) throw new Error(`A data: address is left in ${decl.prop}.`);
  });
  return root.toString();
}

function declarations(css) {
  return [...css.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value.trim()]);
}

/** Keep the tokens that some rule uses, straight or through another token. */
function inUse(tokens, ...sheets) {
  const used = new Set();
  const follow = (css) => {
    for (const [, name] of css.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      if (tokens.has(name)) follow(tokens.get(name));
    }
  };
  sheets.forEach(follow);
  const lost = [...used].filter((name) => name.startsWith('--basis-') && !tokens.has(name));
  if (lost.length) throw new Error(`The theme lacks ${lost.join(', ')}.`);
  return used;
}

/** Give the whole stylesheet, minified. Addresses are relative to the stylesheet. */
export function stylesheet({ font, tick, dash }) {
  const library = components({ tick, dash });
  const base = own('05-reset.css');
  const ours = fs.readdirSync(path.join(SRC, 'css')).filter((name) => name !== '05-reset.css').sort().map(own).join('\n');
  const mapping = declarations(text(NPM, MAPPING)).filter(([name, value]) => !FOREIGN.test(name) && value !== 'None');
  const tokens = new Map([...mapping, ...Object.entries(statics), ...Object.entries(colors('light')),
    ...declarations(text(SRC, 'overrides.css'))]);
  const used = inUse(tokens, library, base, ours);
  const write = (pairs) => [...pairs].filter(([name]) => used.has(name)).map(([name, value]) => `${name}:${value};`).join('');
  // one order of layers: a reset never beats a component, and a component never beats us
  const css = `@layer base,nlds,sir;
@font-face{font-family:'Public Sans Variable';font-style:normal;font-display:swap;font-weight:100 900;src:url(${font}) format('woff2');unicode-range:U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD}
:root{color-scheme:light dark;${write(tokens)}}
@media screen and (prefers-color-scheme:dark){:root{${write(Object.entries(colors('dark')))}}}
@layer base{${base}}
@layer nlds{${library}}
@layer sir{${ours}}`;
  return transform({ filename: 'app.css', code: Buffer.from(css), minify: true, targets: TARGETS, errorRecovery: true }).code;
}
