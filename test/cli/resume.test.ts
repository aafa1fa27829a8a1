import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { eventsIn, modelIn, outcomeOf } from '../run/interrupted.js';
import { eventsOf, millrace, tinyJob } from './millrace.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--epochs', '4', '--shuffle', '--noise', '0.2', '--ui', 'plain'];
writeFileSync(join(folder, 'stop'), '{"action":"stop","step":13}\n');

beforeAll(async () => {
  await millrace(folder, ...job, '--output', 'whole');
});

test('a run goes on where it was stopped: the newest one without a name, to the same bits', async () => {
  await millrace(folder, ...job, '--commands', 'stop');
  const { code, stderr, stdout } = await millrace(folder, 'train', '--resume', '--ui', 'plain', '--events', '-');
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^run \S+: tiny, .*, kept in runs\/\S+, resumed at step 13, digest ok\nepoch 2 of 4: /),
  ]);
  const [first] = eventsOf(stdout);
  expect(first).toMatchObject({ type: 'run', step: 13, resumedFrom: { step: 13, checkpoint: 'model.safetensors' } });
  const output = join(folder, 'runs', first!.run);
  expect(outcomeOf(eventsIn(output))).toEqual(outcomeOf(eventsIn(join(folder, 'whole'))));
  expect(await modelIn(output)).toEqual(await modelIn(join(folder, 'whole')));
  // What went to stdout is the end of what the folder holds.
  expect(readFileSync(join(output, 'events.ndjson'), 'utf8').endsWith(stdout)).toBe(true);
});

test('a completed run is told so, and that is no failure', async () => {
  const { code, stderr } = await millrace(folder, 'train', '--resume', 'whole', '--ui', 'plain');
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^millrace: whole: this run is completed: 4 of 4 epochs/)]);
});

test('more epochs are a command that the events tell of', async () => {
  const { code, stdout } = await millrace(
    folder,
    ...['train', '--resume', 'whole/model.safetensors', '--epochs', '5', '--ui', 'none', '--events', '-'],
  );
  expect(code).toBe(0);
  expect(eventsOf(stdout)[1]).toMatchObject({ type: 'command', action: 'epochs', value: 5, from: 'rule' });
  expect(eventsOf(stdout).at(-1)).toMatchObject({ status: 'completed', steps: 50 });
});

test('early stopping says why it has stopped', async () => {
  const { code, stderr } = await millrace(folder, ...job, '--no-output', '--patience', '2', '--min-change', '1');
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(
      /stop at step 30\nno test images: .*\nstopped after 30 steps in .*: no lower loss than 0\.\d+ in 2 epochs\n/,
    ),
  ]);
});

describe('is refused', () => {
  writeFileSync(join(folder, 'other-idx3-ubyte'), encodeIdx([200, 4, 4], new Uint8Array(3200)));

  test.each<[number, string[], RegExp]>([
    [2, ['--resume', 'whole', '--output', 'x'], /^millrace: --output: expected nothing with resume, found "x"/],
    [2, ['--resume', 'whole', '--weights', 'x'], /^millrace: --weights: /],
    [2, ['--resume', 'whole', '--data', '-'], /^millrace: --data: expected files with resume/],
    [2, ['--on-nan', 'ignore'], /^millrace: --on-nan: expected one of stop, rollback/],
    [2, ['--patience', '0'], /^millrace: --patience: /],
    [1, ['--resume', 'whole', '--seed', '2'], /^millrace: whole\/model\.safetensors: this run has seed 1, not 2\./],
    [1, ['--resume', 'whole', '--epochs', '9', '--data', 'other-idx3-ubyte'], /training images with the digest/],
    [1, ['--resume', 'nowhere'], /^millrace: nowhere: there is no run\./],
  ])('with exit %i: %j', async (exitCode, flags, message) => {
    const { code, stderr } = await millrace(folder, 'train', ...flags, '--ui', 'plain');
    expect([code, stderr]).toEqual([exitCode, expect.stringMatching(message)]);
  });
});
