// Whose work is in the bundle, and under which licence.
import fs from 'node:fs';
import path from 'node:path';

const FRONTEND = path.join(import.meta.dirname, '../..');
const TOOLS = new Set(['axe-core', 'esbuild', 'lightningcss', 'postcss']); // used to build or test, not shipped

/** List every package whose files reach the browser or the PDF. */
export function notice() {
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(FRONTEND, 'package.json')));
  const rows = Object.keys(devDependencies).filter((name) => !TOOLS.has(name)).map((name) => {
    const about = JSON.parse(fs.readFileSync(path.join(FRONTEND, 'node_modules', name, 'package.json')));
    const licence = about.license ?? about.licenses?.map(({ type }) => type).join(', ') ?? 'see its own files';
    const source = about.repository?.url ?? about.repository ?? about.homepage ?? '';
    return `${name} ${about.version}\n  licence: ${licence}\n  source: ${source}`;
  });
  return [
    'This folder holds the built front end of sir (EUPL-1.2). The stylesheet is made from',
    'NL Design System components (EUPL-1.2) and is itself available under the EUPL-1.2.',
    'The fonts are used under the SIL Open Font License 1.1 (Public Sans, Noto Emoji) and',
    'the Bitstream Vera licence (DejaVu Sans).',
    '', ...rows, '',
  ].join('\n');
}
