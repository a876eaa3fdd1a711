// The consensus board under the fingers of the secretary: the keys of the score desk, for one item.
import { actOf } from './keys.js';

const ONE_YEAR = 31_536_000;

/** Let keys choose the level, go to the items beside this one, and write down. */
export function helpConferring(board) {
  const form = board.querySelector('form[data-item]');
  const dialog = board.querySelector('dialog');
  const single = board.querySelector('[data-keys-single]');
  const isOn = () => !/(?:^|; )sir_keys=off/.test(document.cookie);
  const follow = (name) => document.querySelector(`[data-go="${name}"]`)?.click();
  const acts = {
    level({ level }) {
      const box = [...form?.elements ?? []].find(({ type, value }) => type === 'radio' && value === level);
      if (!box) return;
      box.checked = true;
      box.focus();
      box.dispatchEvent(new Event('input', { bubbles: true }));
    },
    saveNext: () => form?.requestSubmit(),
    save: () => form?.requestSubmit(),
    next: () => follow('j'),
    previous: () => follow('k'),
    grid: () => follow('g'),
    help: () => dialog.showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if (dialog.open || event.isComposing) return;
    const { target } = event;
    const onLevel = target.type === 'radio';
    const typing = !onLevel && target.matches('input:not([type=checkbox],[type=button],[type=submit]),textarea,select,[contenteditable]');
    const found = actOf({ key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey }, { typing, onLevel, single: isOn() });
    if (!found || !acts[found.act]) return;
    event.preventDefault();
    acts[found.act](found);
  });
  single.checked = isOn();
  single.addEventListener('change', () => {
    document.cookie = `sir_keys=${single.checked ? 'on' : 'off'}; path=/; max-age=${ONE_YEAR}; samesite=lax`;
  });
  const opener = board.querySelector('[data-keys-open]');
  opener.parentElement.hidden = false;
  opener.addEventListener('click', acts.help);
}
