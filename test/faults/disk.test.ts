// A disk that takes no more, in real processes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Architecture } from '../../src/model/architecture.js';
import { eventsOf, tinyJob } from '../cli/millrace.js';
import { wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { endAll, filesIn, fill, smallDisk, startFaulty } from './machine.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--ui', 'none'];
afterEach(endAll);

/** About 200 or 400 KB: shells count in blocks of 512 or of 1,024 bytes. */
const LIMIT = 'ulimit -f 400';

/** 96,000 weights, 1.2 MB with their moments. */
const WIDE: Architecture = {
  name: 'wide',
  input: [4, 4, 1],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 3000, activation: 'relu' }],
  decoder: [
    { type: 'dense', units: 16, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [4, 4, 1] },
  ],
};
writeFileSync(join(folder, 'wide.json'), JSON.stringify(WIDE));

function expectWholeLines(path: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  expect(eventsOf(text).map(({ seq }) => seq)).toEqual(eventsOf(text).map((_, index) => index));
}

wholeTest('events that no longer fit end the run with one sentence, whole lines and the model', async () => {
  const fault = { before: LIMIT };
  const { code, stderr } = await startFaulty(folder, fault, ...job, '--epochs', '100000', '--output', 'long').finished;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^millrace: \S+events\.ndjson: events cannot be written \(the file would be larger .*\n$/);
  expectWholeLines(join(folder, 'long', 'events.ndjson'));
  expect(filesIn(join(folder, 'long'))).toEqual(['events.ndjson', 'model.safetensors']);
});

test('a model that does not fit is told by the end event and one sentence, and leaves no part of it', async () => {
  const flags = ['--architecture', 'wide.json', '--epochs', '2', '--sample-every', '500', '--output', 'wide'];
  const { code, stderr } = await startFaulty(folder, { before: LIMIT }, ...job, ...flags).finished;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^millrace: \S+model\.safetensors: .*the file would be larger than allowed\. .*\n$/);
  expect(filesIn(join(folder, 'wide'))).toEqual(['events.ndjson']);
  expect(eventsOf(readFileSync(join(folder, 'wide', 'events.ndjson'), 'utf8')).at(-1)).toMatchObject({
    type: 'end',
    status: 'failed',
    error: { code: 'WEIGHTS_UNWRITABLE' },
  });
});

const disk = smallDisk(folder, 'disk', 2 ** 19);
const other = smallDisk(folder, 'other', 2 ** 18);

describe.skipIf(disk === undefined || other === undefined)('a disk that is full (where one may be mounted)', () => {
  wholeTest('ends the run with one sentence and whole lines', async () => {
    const { finished } = startFaulty(folder, {}, ...job, '--epochs', '100000', '--output', 'disk/run');
    expect(await finished).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^millrace: \S+events\.ndjson: no space is left on the disk\. .*\n$/),
    });
    expectWholeLines(join(disk!, 'run', 'events.ndjson'));
    const others = filesIn(join(disk!, 'run')).filter((name) => name !== 'events.ndjson');
    expect(['', 'model.safetensors']).toContain(others.join());
  });

  wholeTest('under a copy of the events stops the run, whose own folder has all of it', async () => {
    const flags = ['--epochs', '100000', '--output', 'roomy', '--events', 'other/copy.ndjson'];
    expect(await startFaulty(folder, {}, ...job, ...flags).finished).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^millrace: other.copy\.ndjson: no space is left on the disk\. .*\n$/),
    });
    expectWholeLines(join(other!, 'copy.ndjson'));
    const kept = eventsOf(readFileSync(join(folder, 'roomy', 'events.ndjson'), 'utf8'));
    expect(kept).toContainEqual(expect.objectContaining({ type: 'command', action: 'stop', from: 'rule' }));
    expect(kept.at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(filesIn(join(folder, 'roomy'))).toEqual(['events.ndjson', 'model.safetensors']);
  });

  wholeTest('from the start is found before anything is trained', async () => {
    mkdirSync(join(disk!, 'late'));
    fill(disk!);
    expect(await startFaulty(folder, {}, ...job, '--output', 'disk/late').finished).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^millrace: disk.late: this folder cannot be written to \(a full disk\)\. .*\n$/),
    });
    expect(readdirSync(join(disk!, 'late'))).toEqual([]);
  });
});
