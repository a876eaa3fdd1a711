// One small script for every page. Each part looks for its own attribute and does nothing without it;
// every page works without this file. No innerHTML anywhere: the policy demands trusted types.
import { saveWhileTyping } from './autosave.js';
import { helpConferring } from './board.js';
import { countCharacters } from './counter.js';
import { keepLooking } from './kept.js';
import { forgetOnLeaving } from './leave.js';
import { countTime, look } from './live.js';
import { measurePages } from './meter.js';
import { helpScoring } from './sheet.js';
import { sumUp } from './sum.js';
import { weighAgain } from './weigh.js';

countCharacters();
document.querySelectorAll('form[data-autosave]').forEach(saveWhileTyping);
document.querySelectorAll('form[data-meter-url], form[data-autosave]').forEach(measurePages);
document.querySelectorAll('form[data-sheet]').forEach(helpScoring);
document.querySelectorAll('form[data-waiting]').forEach(forgetOnLeaving);
document.querySelectorAll('[data-board]').forEach(helpConferring);
document.querySelectorAll('[data-sum]').forEach(sumUp);
document.querySelectorAll('form[data-weigh]').forEach(weighAgain);
document.querySelectorAll('[data-timer]').forEach(countTime);
document.querySelectorAll('[data-poll]').forEach(look);

keepLooking(document.querySelector('[data-kept]')?.dataset.kept);

// filters start folded on a small screen
if (matchMedia('(max-width: 61.99rem)').matches) {
  for (const filter of document.querySelectorAll('details.sir-filter')) filter.open = false;
}
// after a mistake, start reading at the summary
document.querySelector('.sir-errors')?.focus({ preventScroll: true });
