import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EventReader } from '../../../src/events/ndjson.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace, millraceReading } from '../millrace.js';

const text = 'Using cuda\nstep 1: loss 3.5\n\u001b[1mstep 2\u001b[0m: loss 2.5\r\n';

test('passes lines on as they are, and keeps figures and lines as events', async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await millraceReading(text, folder, 'log', '--events', 'run.ndjson');
  expect([code, stdout, stderr]).toEqual([0, text, '']);
  const events = new EventReader().push(readFileSync(`${folder}/run.ndjson`)) as unknown as Record<string, unknown>[];
  expect(events.map(({ type, step, value, text: line }) => [type, step, value ?? line])).toEqual([
    ['line', 0, 'Using cuda'],
    ['line', 0, 'step 1: loss 3.5'],
    ['metric', 1, 3.5],
    ['line', 1, 'step 2: loss 2.5'],
    ['metric', 2, 2.5],
    ['end', 2, undefined],
  ]);
});

test('a wrong pattern, a wrong file and nothing recognised are told in a sentence each', async () => {
  const folder = temporaryFolder();
  const wrong = await millraceReading(text, folder, 'log', '--regex', '(');
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toMatch(/^millrace: --regex: expected a regular expression, found .*\n$/);
  const nameless = await millraceReading(text, folder, 'log', '--regex', 'loss');
  expect([nameless.code, nameless.stderr.split('\n').length]).toEqual([2, 2]);
  const nowhere = await millraceReading(text, folder, 'log', '--events', 'no/where/run.ndjson');
  expect([nowhere.code, nowhere.stderr.split('\n').length]).toEqual([1, 2]);
  const nothing = await millraceReading('a\nb\n', folder, 'log');
  expect([nothing.code, nothing.stdout]).toEqual([0, 'a\nb\n']);
  expect(nothing.stderr).toMatch(/^millrace: no figures were recognised in 2 lines: say where they are/);
  expect((await millrace(folder, 'log')).code).toBe(0);
});
