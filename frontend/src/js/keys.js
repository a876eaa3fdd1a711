// Which key does what on the score desk. Pure: no page, no browser.

/**
 * Say what a key does: {act} with {level} for a digit, or null when it is not ours.
 * typing: the focus is where text goes. onLevel: the focus is on a level. single: the keys of one character are on.
 */
export function actOf({ key, ctrl = false, meta = false, alt = false }, { typing = false, onLevel = false, single = true } = {}) {
  if (ctrl || meta) {
    if (alt) return null;
    if (key === 'Enter') return { act: 'saveNext' };
    if (key === 's' || key === 'S') return { act: 'save' };
    return null;
  }
  if (alt || typing) return null;
  // on the level itself a digit is like an arrow key, and stays when the others are off (WCAG 2.1.4)
  if (/^[1-9]$/.test(key)) return single || onLevel ? { act: 'level', level: key } : null;
  if (!single) return null;
  const act = { j: 'next', k: 'previous', '[': 'criterionBefore', ']': 'criterionAfter', m: 'missing', g: 'grid', '?': 'help' }[key];
  return act ? { act } : null;
}

/** The place after `now` in a row of `count`, going `step`; stays at the ends. -1 is before the first. */
export const stepped = (now, step, count) => Math.min(count - 1, Math.max(0, now + step));
