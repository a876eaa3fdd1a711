// The pure parts of the score desk: which key does what, what waits and in which order, and how two versions meet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOf, stepped } from '../../frontend/src/js/keys.js';
import { acknowledged, adopted, chosen, first, heldFields, put, refused, released, sortOut, tried, waiting } from '../../frontend/src/js/queue.js';

let number = 0;
const makeKey = () => `key-${(number += 1)}`;
const change = (field, value, more = {}) => ({ sheet: 'S1', tab: 'A', url: '/sheets/S1', way: 'proposal', field, value, base: 8, ...more });
const queued = (...changes) => changes.reduce((queue, one) => put(queue, one, makeKey), []);
const shown = (queue) => queue.map(({ field, value, base, tried: sent, held }) => [field, value, base, sent, held]);

test('digits choose a level, and only where no text goes', () => {
  assert.deepEqual(actOf({ key: '4' }), { act: 'level', level: '4' });
  assert.equal(actOf({ key: '0' }), null);
  assert.equal(actOf({ key: '4' }, { typing: true }), null);
  assert.equal(actOf({ key: '4', alt: true }), null);
});

test('each key has its act', () => {
  const acts = Object.entries({ j: 'next', k: 'previous', '[': 'criterionBefore', ']': 'criterionAfter', m: 'missing', g: 'grid', '?': 'help' });
  for (const [key, act] of acts) {
    assert.deepEqual(actOf({ key }), { act });
    assert.equal(actOf({ key }, { typing: true }), null);
    assert.equal(actOf({ key }, { single: false }), null);
  }
  assert.equal(actOf({ key: 'x' }), null);
});

test('with single keys off a digit works on the level itself only', () => {
  assert.equal(actOf({ key: '4' }, { single: false }), null);
  assert.deepEqual(actOf({ key: '4' }, { single: false, onLevel: true }), { act: 'level', level: '4' });
});

test('Ctrl and Cmd work everywhere, also while typing and with single keys off', () => {
  for (const held of [{ ctrl: true }, { meta: true }]) {
    assert.deepEqual(actOf({ key: 'Enter', ...held }, { typing: true, single: false }), { act: 'saveNext' });
    assert.deepEqual(actOf({ key: 's', ...held }, { typing: true }), { act: 'save' });
    assert.equal(actOf({ key: 'j', ...held }), null);
    assert.equal(actOf({ key: '4', ...held }), null);
  }
  assert.equal(actOf({ key: 's', ctrl: true, alt: true }), null); // AltGr on many keyboards
});

test('going through criteria stops at the ends', () => {
  assert.deepEqual([stepped(-1, 1, 4), stepped(-1, -1, 4), stepped(3, 1, 4), stepped(2, -1, 4)], [0, 0, 3, 1]);
});

test('a change that was never sent is replaced; one that may have arrived gets a follower', () => {
  let queue = queued(change('reason_K1', 'a'), change('reason_K1', 'ab'));
  assert.deepEqual(shown(queue), [['reason_K1', 'ab', 8, false, false]]);
  queue = put(tried(queue, queue[0].key), change('reason_K1', 'abc'), makeKey);
  assert.deepEqual(shown(queue), [['reason_K1', 'ab', 8, true, false], ['reason_K1', 'abc', 8, false, false]]);
  assert.notEqual(queue[0].key, queue[1].key);
  assert.equal(waiting(queue, 'A'), 1);
});

test('changes go in the order in which they were made', () => {
  const queue = queued(change('level_K1', '4'), change('reason_K1', 'x'), change('level_K2', '2', { sheet: 'S2' }));
  assert.equal(first([...queue].reverse(), 'A').field, 'level_K1');
  assert.equal(first(queue, 'B'), undefined);
  assert.equal(waiting(queue, 'A'), 3);
});

test('what was taken in leaves, and the rest of its sheet builds on the new version', () => {
  const queue = queued(change('level_K1', '4'), change('reason_K1', 'x'), change('level_K1', '2', { sheet: 'S2', base: 3 }), change('note', 'y', { tab: 'B' }));
  const next = acknowledged(queue, queue[0].key, 9);
  assert.deepEqual(next.map(({ sheet, tab, base }) => [sheet, tab, base]), [['S1', 'A', 9], ['S2', 'A', 3], ['S1', 'B', 8]]);
  assert.equal(acknowledged(next, 'unknown', 20), next);
});

test('a page takes over what closed pages left, and nothing of those that live', () => {
  const queue = queued(change('level_K1', '4'), change('note', 'x', { tab: 'closed' }), change('note', 'y', { tab: 'open' }));
  assert.deepEqual(adopted(queue, 'A', new Set(['open'])).map(({ tab }) => tab), ['A', 'A', 'open']);
});

test('other fields that somebody else changed do not stand in the way', () => {
  const queue = queued(change('level_K1', '4'), change('reason_K1', 'x'));
  const told = { version: 9, base: { level_K1: '', note: '' }, theirs: { level_K1: '', note: 'new' } };
  const { queue: next, clashing, news } = sortOut(queue, 'S1', 'A', told);
  assert.deepEqual(clashing, []);
  assert.deepEqual(news, { note: 'new' });
  assert.deepEqual(next.map(({ base }) => base), [9, 9]);
  assert.deepEqual(next.map(({ key }) => key), queue.map(({ key }) => key));
});

test('the same field changed alike is settled', () => {
  const queue = queued(change('level_K1', '4'), change('reason_K1', 'x'));
  const { queue: next, clashing } = sortOut(queue, 'S1', 'A', { version: 9, base: { level_K1: '' }, theirs: { level_K1: '4' } });
  assert.deepEqual(clashing, []);
  assert.deepEqual(next.map(({ field }) => field), ['reason_K1']);
});

test('the same field changed otherwise waits for a choice, and stops no other field', () => {
  const queue = queued(change('level_K1', '4'), change('reason_K1', 'x'), change('level_K1', '2', { sheet: 'S2' }));
  const told = { version: 9, base: { level_K1: '' }, theirs: { level_K1: '5' } };
  const { queue: held, clashing } = sortOut(queue, 'S1', 'A', told);
  assert.deepEqual(clashing, ['level_K1']);
  assert.deepEqual(heldFields(held, 'S1', 'A'), ['level_K1']);
  assert.deepEqual(shown(held)[0], ['level_K1', '4', 8, false, 'choice']);
  assert.deepEqual([first(held, 'A').field, first(held, 'A').base], ['reason_K1', 9]);

  const own = chosen(held, 'S1', 'A', 9, { keepsOwn: true });
  assert.deepEqual(shown(own).slice(0, 2), [['level_K1', '4', 9, false, false], ['reason_K1', 'x', 9, false, false]]);
  const theirs = chosen(held, 'S1', 'A', 9, { keepsOwn: false });
  assert.deepEqual(theirs.map(({ field }) => field), ['reason_K1', 'level_K1']);
});

test('what waits for a choice takes the newest text and stays on its own version, also when the page begins anew', () => {
  const told = { version: 9, base: { reason_K1: '' }, theirs: { reason_K1: 'theirs' } };
  let { queue } = sortOut(queued(change('reason_K1', 'mine')), 'S1', 'A', told);
  const [{ key }] = queue;
  queue = put(queue, change('reason_K1', 'mine, longer', { base: 9 }), makeKey);
  assert.deepEqual(shown(queue), [['reason_K1', 'mine, longer', 8, false, 'choice']]);
  assert.notEqual(queue[0].key, key);
  queue = acknowledged(put(queue, change('note', 'y', { base: 9 }), makeKey), `key-${number}`, 10);
  assert.deepEqual(shown(queue), [['reason_K1', 'mine, longer', 8, false, 'choice']]);
  assert.deepEqual(shown(released(queue, 'A')), [['reason_K1', 'mine, longer', 8, false, false]]);
});

test('a clash that settles itself elsewhere asks nothing any more', () => {
  const told = { version: 9, base: { reason_K1: '' }, theirs: { reason_K1: 'theirs' } };
  const { queue } = sortOut(queued(change('reason_K1', 'mine')), 'S1', 'A', told);
  const { queue: next } = sortOut(queue, 'S1', 'A', { version: 10, base: { reason_K1: 'theirs' }, theirs: { reason_K1: 'mine' } });
  assert.deepEqual(heldFields(next, 'S1', 'A'), []);
});

test('what the house refuses stops nothing else, and goes again once it is changed', () => {
  let queue = queued(change('level_K1', '9'), change('reason_K1', 'x'));
  queue = refused(tried(queue, queue[0].key), queue[0].key);
  assert.deepEqual(heldFields(queue, 'S1', 'A'), ['level_K1']);
  assert.equal(first(queue, 'A').field, 'reason_K1');
  const old = queue[0].key;
  queue = put(queue, change('level_K1', '4'), makeKey);
  assert.deepEqual(shown(queue)[0], ['level_K1', '4', 8, false, false]);
  assert.notEqual(queue[0].key, old);
});

test('a refused change that has a follower makes room for it', () => {
  let queue = queued(change('level_K1', '9'));
  queue = put(tried(queue, queue[0].key), change('level_K1', '4'), makeKey);
  assert.deepEqual(shown(refused(queue, queue[0].key)), [['level_K1', '4', 8, false, false]]);
});

test('without a common beginning every difference waits for a choice', () => {
  const queue = queued(change('reason_K1', 'mine'));
  assert.deepEqual(sortOut(queue, 'S1', 'A', { version: 9, base: null, theirs: { reason_K1: 'theirs' } }).clashing, ['reason_K1']);
});

test('whatever happens, no change disappears unless it was taken in, settled or given up', () => {
  const fields = ['level_K1', 'reason_K1', 'level_K2', 'note'];
  let seed = 1;
  const random = (most) => { seed = (seed * 48271) % 2147483647; return seed % most; };
  for (let round = 0; round < 300; round += 1) {
    let queue = [];
    const last = new Map();
    for (let step = 0; step < 12; step += 1) {
      const field = fields[random(fields.length)];
      const value = String(random(3));
      queue = put(queue, change(field, value), makeKey);
      last.set(field, value);
      if (random(3) === 0) queue = tried(queue, first(queue, 'A').key);
    }
    for (const [field, value] of last) assert.equal(queue.findLast((entry) => entry.field === field).value, value);
    assert.equal(waiting(queue, 'A'), last.size);
    assert.equal(new Set(queue.map(({ key }) => key)).size, queue.length);
  }
});
