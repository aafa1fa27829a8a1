import { expect, test } from 'vitest';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { millrace } from './millrace.js';

const folder = temporaryFolder();

test.each([
  ['train --loss 3', '--loss-every'],
  ['--lossEvery 2', '--loss-every'],
  ['--batchsize 3', '--batch-size'],
  ['watch --sped 3', '--speed'],
  ['runs list --jsn', '--json'],
  ['data show x --hlep', '--help'],
  ['runs lst', 'list'],
  ['wach', 'watch'],
])('millrace %s is asked whether %s was meant', async (line, meant) => {
  const { code, stderr } = await millrace(folder, ...line.split(' '));
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: unknown (option|command) '/);
  expect(stderr).toContain(`\n(Did you mean ${meant}?)\n`);
});

test('a name that is near nothing gets no suggestion', async () => {
  expect((await millrace(folder, '--elephant')).stderr).not.toMatch(/Did you mean/);
});

test('a word that an option does not take is told with the nearest', async () => {
  const { code, stderr } = await millrace(folder, '--ui', 'dash');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: option '--ui <kind>' argument 'dash' is invalid\..*\n\(Did you mean dashboard\?\)\n/);
});
