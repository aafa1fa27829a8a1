import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainView } from '../../src/cli/plainView.js';
import type { MillraceEvent } from '../../src/streams/events.js';
import { parseEvent } from '../../src/streams/ndjson.js';

const golden = readFileSync(new URL('../fixtures/run.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const events = golden.map((line) => parseEvent(line) as MillraceEvent);

function view() {
  const lines: string[] = [];
  let time = 0;
  const shown = plainView({ write: (text) => lines.push(text.trimEnd()) }, 'live', () => time);
  return { ...shown, lines, later: (milliseconds: number) => (time += milliseconds) };
}

test('says what runs, a line an epoch, warnings, and how it ended', () => {
  const { push, lines } = view();
  push(events);
  expect(lines[0]).toMatch(
    /^run 20261123-221350-72f3: tiny, 82 parameters, on tiny-idx3-ubyte 200; engine tfjs on cpu/,
  );
  expect(lines).toContainEqual(expect.stringMatching(/^warning: The limit is 300/));
  expect(lines.filter((line) => /^epoch \d+ of 100000 {2}train 0\.\d{6} {2}/.test(line))).toHaveLength(49);
  expect(lines.at(-1)).toMatch(/^stopped after \d+ steps in \d+\.\d s$/);
});

test('shows how far it is every five seconds', () => {
  const { push, lines, later } = view();
  const losses = events.filter(({ type }) => type === 'loss');
  for (const loss of losses) {
    push([loss]);
    later(3000);
  }
  expect(lines).toEqual([expect.stringMatching(/^epoch 30 {2}step 300 {2}loss 0\.0781$/)]);
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

test('prints nothing that a terminal would obey, whatever a file says', () => {
  const { push, notice, lines } = view();
  const hostile = '\u001b]0;owned\u0007';
  const [run] = events as [Extract<MillraceEvent, { type: 'run' }>];
  const warning = events.find((event) => event.type === 'warning')!;
  push([{ ...run, run: hostile, dataset: { ...run.dataset, name: hostile }, config: { output: hostile } }]);
  push([{ ...warning, message: hostile }]);
  notice(hostile);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^\P{Cc}*\\x1b\]0;owned\\x07\P{Cc}*$/u);
});
