import { expect, test } from 'vitest';
import { createProgressLine } from '../../../src/cli/data/progressLine.js';
import { fakeStreams } from '../fakeStreams.js';

test('shows work that takes long, in place, ten times a second, and clears it', () => {
  const streams = fakeStreams({ TERM: 'xterm' }, { isTTY: true, columns: 12 });
  let now = 0;
  const progress = createProgressLine(streams, () => now);
  progress.show('too soon');
  progress.clear();
  for (now = 400; now <= 700; now += 50) progress.show(`at ${now} milliseconds`);
  progress.clear();
  progress.clear();
  const clearLine = '\r\u001b[K';
  expect(streams.stderr.text).toBe(['', 'at 500 mill', 'at 600 mill', 'at 700 mill', ''].join(clearLine));
});

test.each([
  { where: 'off a terminal', streams: fakeStreams({ TERM: 'xterm' }) },
  { where: 'on a terminal that cannot clear a line', streams: fakeStreams({ TERM: 'dumb' }, { isTTY: true }) },
])('shows nothing $where', ({ streams }) => {
  let now = 0;
  const progress = createProgressLine(streams, () => now);
  now = 10_000;
  progress.show('50 %');
  progress.clear();
  expect(streams.stderr.text).toBe('');
});
