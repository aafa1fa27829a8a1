import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findData } from '../../../src/run/checkpoints/findData.js';
import { resolveConfig } from '../../../src/run/config.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const project = temporaryFolder();
const kept = join(project, 'runs', 'one');
mkdirSync(join(project, 'set'));
writeFileSync(join(project, 'set', 'images'), '');

const options = { data: 'set/images', output: 'runs/one' };

test('data are found beside the runs that began there, from any folder', async () => {
  const config = resolveConfig({ ...options, testData: 'set/images', target: 'set' });
  expect(await findData(config, {}, kept)).toEqual({
    ...config,
    data: join(project, 'set/images'),
    testData: join(project, 'set/images'),
    target: join(project, 'set'),
  });
});

test('a run that was not told where to be kept is under runs', async () => {
  expect((await findData(resolveConfig({ data: 'set' }), {}, kept)).data).toBe(join(project, 'set'));
});

test('what is here, is absolute, has no path or is given anew stays as it is', async () => {
  for (const data of ['package.json', join(project, 'set'), 'mnist']) {
    const config = resolveConfig({ ...options, data });
    expect(await findData(config, {}, kept)).toEqual(config);
  }
  const given = { data: 'anywhere' };
  expect((await findData(resolveConfig({ ...options, ...given }), given, kept)).data).toBe('anywhere');
});

test.each([
  [
    'data',
    { data: 'gone', output: 'runs/one' },
    `were at ${join(project, 'gone')}, where nothing is now. Say where they are: --data PATH.`,
  ],
  ['an absolute path', { data: join(project, 'gone'), output: 'runs/one' }, `were at ${join(project, 'gone')},`],
  ['test data', { ...options, testData: 'gone' }, '--test-data PATH'],
  [
    'data of a run that was moved',
    { ...options, output: 'elsewhere/one' },
    `were at ${join(process.cwd(), 'set/images')},`,
  ],
])('%s that are gone are named with their place', async (_, input, sentence) => {
  await expect(findData(resolveConfig(input), {}, kept)).rejects.toMatchObject({
    code: 'RUN_RESUME',
    message: expect.stringContaining(sentence),
  });
});
