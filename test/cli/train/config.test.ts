import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { eventsOf, millrace, tinyJob } from '../millrace.js';

const folder = temporaryFolder();
const job = tinyJob(folder);

/** Options that are texts, and anything else in a file. */
const TEXTS = ['name', 'data', 'testData', 'weights', 'engine', 'onNan'];

beforeAll(async () => {
  await millrace(folder, 'train', ...job, '--epochs', '2', '--seed', '9', '--name', 'first', '--ui', 'none');
  rmSync(join(folder, 'tiny.json'));
  writeFileSync(join(folder, 'options.json'), JSON.stringify({ epochs: 3, batchsize: 5 }));
  for (const option of TEXTS)
    writeFileSync(
      join(folder, `${option}.json`),
      JSON.stringify({ [option]: { length: { toString: null }, toString: null } }),
    );
});

test('a run is repeated by its name, given flags in place of its own', async () => {
  const { code, stdout } = await millrace(
    folder,
    ...['train', '--config', 'first', '--epochs', '1', '--no-output', '--events', '-', '--ui', 'none'],
  );
  expect(code).toBe(0);
  expect(eventsOf(stdout)[0]).toMatchObject({
    config: { seed: 9, epochs: 1, data: 'tiny-idx3-ubyte' },
    architecture: { name: 'tiny' },
  });
  expect(eventsOf(stdout)[0]).not.toHaveProperty('config.name');
});

test.each<[number, string[], RegExp]>([
  [
    1,
    ['--config', 'options.json'],
    /^millrace: options\.json: "batchsize" is not an option\. Did you mean batchSize\?\n$/,
  ],
  [1, ['--config', 'absent'], /^millrace: absent: there is no run\. Name a run folder, /],
  [2, ['--config', ''], /^millrace: --config: expected a run or a JSON file, found ""/],
  [2, ['--config', 'first', '--resume'], /^millrace: --config: expected nothing with resume, found "first"/],
  [2, ['--config', 'absent', '--epochs', '0'], /^millrace: --epochs: expected a whole number, 1 or more, found 0/],
])('exit code %i: %j', async (code, flags, sentence) => {
  expect(await millrace(folder, 'train', ...flags)).toEqual({
    code,
    stdout: '',
    stderr: expect.stringMatching(sentence),
  });
});

test.each(TEXTS)('what is not a text is one sentence: %s', async (option) => {
  const { code, stderr } = await millrace(folder, 'train', '--config', `${option}.json`, '--no-output', '--offline');
  expect(stderr).toMatch(/^millrace: .+: expected .+, found an object\..*\n$/);
  expect(code).not.toBe(0);
});
