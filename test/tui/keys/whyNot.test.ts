import { expect, test } from 'vitest';
import type { KeyContext } from '../../../src/tui/keys/keyContext.js';
import { whyNot } from '../../../src/tui/keys/whyNot.js';

const live: KeyContext = { view: 'overview', mode: 'live', phase: 'running', several: false };

test.each<[string, Partial<KeyContext>, string]>([
  ['.', {}, 'Train one step (.): only while paused'],
  ['s', { phase: 'ended' }, 'Save the model now (s): only while training or paused'],
  ['s', { mode: 'watch' }, 'Save the model now (s): nothing is asked of a run that is watched'],
  [',', {}, 'One event back (,): only while a recording is watched'],
  ['y', { view: 'log' }, 'Logarithmic or linear scale (y): only in overview, chart, tags'],
  ['n', {}, 'Next of the runs shown (n): only one run is shown'],
])('%s %j', (key, context, words) => {
  expect(whyNot(key, { ...live, ...context })).toBe(words);
});

test('a key that has no meaning anywhere says nothing', () => {
  expect(whyNot('z', live)).toBeUndefined();
});
