import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace } from '../millrace.js';

const folder = temporaryFolder();
const events = [...recordedRun({ epochs: 3, stepsPerEpoch: 50, sample: true })];

function record(file: string, all: readonly MillraceEvent[]): void {
  writeFileSync(join(folder, file), all.map(encodeEvent).join(''));
}

beforeAll(() => record('run.ndjson', events));

test('prints figures, curve, epochs, configuration and how to repeat it', async () => {
  const { code, stdout, stderr } = await millrace(folder, 'report', 'run.ndjson', '--markdown');
  expect([code, stderr]).toEqual([0, '']);
  const [, , last] = events.filter((event) => event.type === 'epoch');
  expect(stdout).toMatch(/^## `20261123-120000-abcd`: transpose on mnist \(sample\)\n/);
  expect(stdout).toContain(`| epochs | 3 of 3, 150 steps in 3.0 s |`);
  expect(stdout).toMatch(/\| best epoch \| 3: training 0\.\d{5}, test 0\.\d{5} \|/);
  expect(stdout).toMatch(/loss of batches, smoothed: \d\.\d+ `[▁-█]{40}` \d\.\d+\n/);
  expect(stdout).toContain('  x-axis "epoch" 1 --> 3\n');
  expect(stdout).toContain(`, ${Number(last!.trainLoss.toPrecision(4))}]\n`);
  expect(stdout).toMatch(/^\| 3 \| 0\.\d{5} \| 0\.\d{5} \|/m);
  expect(stdout).toMatch(/```sh\nmillrace train [^\n]*--epochs 3\b.*\n```\n$/);
  expect(stdout).not.toContain('<img');
});

test('writes pictures beside the text', async () => {
  const written = await millrace(folder, 'report', 'run.ndjson', '--markdown', '--output', 'docs');
  expect(written).toMatchObject({ code: 0, stderr: 'docs: report.md, first.png, last.png\n' });
  const text = readFileSync(join(folder, 'docs', 'report.md'), 'utf8');
  expect(text).toContain('best and last: epoch 3, step 150\n\n<img src="last.png"');
  expect(decode(readFileSync(join(folder, 'docs', 'last.png')))).toMatchObject({ width: 298 });
  await millrace(folder, 'report', 'run.ndjson', '--markdown', '--output', 'one.md');
  expect(readdirSync(folder).filter((name) => name.startsWith('one'))).toEqual([
    'one-first.png',
    'one-last.png',
    'one.md',
  ]);
});

test('takes what a file calls things for text', async () => {
  const [run, ...rest] = events as [Extract<MillraceEvent, { type: 'run' }>, ...MillraceEvent[]];
  const name = '</summary> @all ``` | ![x](y) \u001b[2J';
  record('odd.ndjson', [
    { ...run, config: { name, data: name }, dataset: { ...run.dataset, name }, epochs: 3 },
    ...rest.filter(({ epoch, type }) => epoch === 1 && type !== 'epoch'),
  ]);
  const { stdout } = await millrace(folder, 'report', 'odd.ndjson', '--markdown');
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain("## `</summary> @all ''' | ![x](y) \\x1b[2J`: transpose on \\</summary\\> @all");
  expect(stdout).toMatch(/\n````sh\nmillrace train --data .*\n````\n$/);
  expect(stdout).toContain('x-axis "step" 1 --> 50');
});

test.each([
  [['report', 'run.ndjson'], 2, '--markdown'],
  [['report', 'nowhere', '--markdown'], 1, 'nowhere: there is no run'],
  [['report', 'run.ndjson', '--markdown', '--output', 'run.ndjson/x'], 1, 'a file in the place of a folder'],
  [['report', 'run.ndjson', '--markdown', '--output', ''], 2, '--output: expected a folder'],
])('says in one sentence what is wrong with %j', async (args, exitCode, sentence) => {
  const { code, stdout, stderr } = await millrace(folder, ...args);
  expect([code, stdout]).toEqual([exitCode, '']);
  expect(stderr).toContain(sentence);
  expect(stderr.split('\n')).toHaveLength(2);
});
