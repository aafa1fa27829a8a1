import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainView } from '../../../src/cli/show/plainView.js';
import { parseEvent } from '../../../src/events/ndjson.js';
import type { MillraceEvent } from '../../../src/events/schema.js';

const golden = readFileSync(new URL('../../fixtures/run.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const events = golden.map((line) => parseEvent(line) as MillraceEvent);

function view({ quiet = false } = {}) {
  const lines: string[] = [];
  let time = 0;
  const output = { write: (text: string) => lines.push(text.trimEnd()) };
  const shown = plainView(output, { mode: 'live', quiet, now: () => time });
  return { ...shown, lines, later: (milliseconds: number) => (time += milliseconds) };
}

test('says what runs, a line an epoch, warnings, and how it ended', () => {
  const { push, lines } = view();
  push(events);
  expect(lines[0]).toMatch(
    /^run 20261123-221350-72f3: tiny, 82 parameters, on tiny-idx3-ubyte 200; engine tfjs on cpu/,
  );
  expect(lines).toContainEqual(expect.stringMatching(/^warning: The limit is 300/));
  expect(lines.filter((line) => /^epoch \d+ of 100000: training loss 0\.\d{6}[,;] /.test(line))).toHaveLength(49);
  expect(lines.at(-1)).toMatch(/^stopped after \d+ steps in \d+\.\d s$/);
});

test('says what the diagnosis finds once, after the epoch', () => {
  const { push, lines } = view();
  const epoch = events.find((event) => event.type === 'epoch')!;
  for (let count = 1; count <= 8; count++) push([{ ...epoch, epoch: count, step: count * 10, trainLoss: 0.05 }]);
  expect(lines.filter((line) => line.startsWith('no progress for 5 epochs'))).toHaveLength(1);
  expect(lines.at(-3)).toBe('no progress for 5 epochs: the test loss stays at 0.09940');
});

test('shows how far it is every five seconds', () => {
  const { push, lines, later } = view();
  const losses = events.filter(({ type }) => type === 'loss');
  for (const loss of losses) {
    push([loss]);
    later(3000);
  }
  expect(lines).toEqual([expect.stringMatching(/^epoch 30, step 300: loss 0\.0781$/)]);
});

test('tells of a download at its beginning, then every five seconds', () => {
  const { notice, lines, later } = view();
  for (const part of [0, 10, 20, 30]) {
    notice(`Fetching MNIST (${part} %)`);
    later(2500);
  }
  expect(lines).toEqual(['Fetching MNIST (0 %)', 'Fetching MNIST (20 %)']);
});

test('repeats no notice', () => {
  const { notice, lines } = view();
  notice('Finishing this step; once more leaves at once.');
  notice('Finishing this step; once more leaves at once.');
  expect(lines).toHaveLength(1);
});

test('a screen reader hears of nothing that moves between the epochs', () => {
  const { push, notice, lines, later } = view({ quiet: true });
  for (const event of events) {
    push([event]);
    later(3000);
  }
  for (const part of [0, 50]) {
    notice(`Fetching MNIST (${part} %)`);
    later(6000);
  }
  expect(lines.filter((line) => /loss \d\.\d{4}$/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('Fetching'))).toEqual(['Fetching MNIST (0 %)']);
});

test('prints nothing that a terminal would obey, whatever a file says', () => {
  const { push, notice, lines } = view();
  const hostile = '\u001b]0;owned\u0007';
  const run = events.find((event) => event.type === 'run')!;
  push([{ ...run, run: hostile, dataset: { ...run.dataset, name: hostile }, config: { output: hostile } }]);
  push([{ ...run, type: 'warning', code: 'X', message: hostile }]);
  push([{ ...run, type: 'end', status: 'failed', steps: 1, durationMs: 1, error: { code: 'X', message: hostile } }]);
  notice(hostile);
  expect(lines.join('')).toContain('owned');
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});
