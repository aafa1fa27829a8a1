import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainView } from '../../../src/cli/show/plainView.js';
import { parseEvent } from '../../../src/events/ndjson.js';
import type { EventBody, MillraceEvent } from '../../../src/events/schema.js';
import { createStamp } from '../../../src/events/stamp.js';
import type { UnknownEvent } from '../../../src/events/unknownEvent.js';

const golden = readFileSync(new URL('../../fixtures/run.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const events = golden.map((line) => parseEvent(line) as MillraceEvent);

function view({ quiet = false, mode = 'live' as 'live' | 'watch' } = {}) {
  const lines: string[] = [];
  let time = 0;
  const output = { write: (text: string) => lines.push(text.trimEnd()) };
  const shown = plainView(output, { mode, quiet, now: () => time });
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

test('says what the diagnosis finds once, after the epoch in which it has held', () => {
  const { push, lines } = view();
  const epoch = events.find((event) => event.type === 'epoch')!;
  for (let count = 1; count <= 8; count++)
    push([{ ...epoch, elapsedMs: count * 5000, epoch: count, step: count * 10, trainLoss: 0.05 }]);
  expect(lines.filter((line) => line.startsWith('no progress for 5 epochs'))).toHaveLength(1);
  expect(lines.at(-2)).toBe('no progress for 5 epochs: the test loss stays at 0.09940');
});

test('shows how far it is every five seconds', () => {
  const { push, lines, later } = view();
  push(events.slice(0, 1));
  const losses = events.filter(({ type }) => type === 'loss');
  for (const loss of losses) {
    push([loss]);
    later(3000);
  }
  expect(lines.slice(1)).toEqual([expect.stringMatching(/^epoch 30, step 300 of 1,000,000: loss 0\.0781$/)]);
});

test('shows it as soon as five seconds are over', () => {
  const { push, lines, later } = view();
  push(events.slice(0, 1));
  const losses = events.filter(({ type }) => type === 'loss');
  later(4999);
  push(losses.slice(0, 1));
  expect(lines).toHaveLength(1);
  later(1);
  push(losses.slice(1, 2));
  expect(lines).toHaveLength(2);
});

const stamp = createStamp({ run: '20261123-120000-abcd', now: () => new Date(0), elapsedMs: () => 1 });
const at = (step: number, body: EventBody): MillraceEvent => stamp(body, { epoch: 1, step });
const psnr = (step: number): MillraceEvent =>
  at(step, { type: 'metric', name: 'psnr', value: 18.25, unit: 'dB', split: 'test' });
const least = {
  type: 'run',
  run: 'mine',
  dataset: { name: 'faces', shape: [8, 8, 3] },
  engine: { name: 'own' },
  epochs: 3,
};
const runEvent = parseEvent(JSON.stringify(least)) as MillraceEvent;

test('a metric has a line after an epoch, and otherwise one every five seconds', () => {
  const { push, lines, later } = view();
  push([runEvent, psnr(1), psnr(2)]);
  later(5000);
  const epoch = { trainLoss: 0.1, printedLoss: 2, imagesPerSecond: 1, durationMs: 1 };
  push([psnr(3), psnr(4), at(5, { type: 'epoch', ...epoch }), psnr(5)]);
  expect(lines.filter((line) => line.startsWith('psnr'))).toEqual([
    'psnr 18.25 dB (test) at step 1',
    'psnr 18.25 dB (test) at step 3',
    'psnr 18.25 dB (test) at step 5',
  ]);
});

test('an event of an unknown type is told in short, some of many', () => {
  const { push, lines } = view();
  const music = parseEvent('{"type":"music","song":"la\\u001b[2J"}') as UnknownEvent;
  push([runEvent, music, music]);
  expect(lines.slice(1)).toEqual(['music  song la\\x1b[2J']);
});

test('says of a run what is known of it', () => {
  const { push, lines } = view();
  push([runEvent]);
  expect(lines).toEqual(['run mine: on faces; engine own']);
});

test('says that there is no run event, and how far a recording without an end has come', async () => {
  const { push, lines, close } = view({ mode: 'watch' });
  push([at(1, { type: 'loss', loss: 0.5, items: 1, learningRate: 1 })]);
  await close();
  expect(lines).toEqual([
    'these events do not say what is trained: no run event comes before them',
    'epoch 1, step 1: loss 0.5000',
  ]);
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
