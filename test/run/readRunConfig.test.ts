import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/run/config.js';
import { readRunConfig } from '../../src/run/readRunConfig.js';
import { greyPng } from '../fixtures/imageFiles.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';
import { eventsIn, modelIn, steeredRun, tinyData } from './interrupted.js';

const folder = temporaryFolder();
const earlier = join(folder, 'earlier');
const network = join(folder, 'network.json');
const job = {
  ...tinyData(folder),
  architecture: network,
  seed: 7,
  shuffle: true,
  noise: 0.2,
  epochs: 2,
  batchSize: 10,
  beta1: 0.8,
  loss: 'huber',
  huberDelta: 0.5,
  transpose: true,
} as const;

function optionsFile(content: unknown): string {
  const path = join(folder, 'options.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

beforeAll(async () => {
  writeFileSync(network, JSON.stringify(TINY_NETWORK));
  await steeredRun({ ...job, name: 'earlier one', output: earlier });
  rmSync(network);
});

test('a run is repeated to the same bits, though the file of its network is gone', async () => {
  const again = join(folder, 'again');
  await steeredRun({ ...(await readRunConfig(earlier)), output: again });
  expect(await modelIn(again)).toEqual(await modelIn(earlier));
});

test('what belongs to that run alone is left out', async () => {
  const options = await readRunConfig(earlier);
  expect(options).toMatchObject({ seed: 7, shuffle: true, noise: 0.2, epochs: 2, batchSize: 10, engine: 'simd' });
  expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['name']));
  expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['output']));
});

test('options of a resume count', async () => {
  const longer = join(folder, 'longer');
  await steeredRun({ ...job, architecture: { ...TINY_NETWORK }, output: longer });
  await steeredRun({ resume: longer, epochs: 3 });
  expect(await readRunConfig(join(longer, 'events.ndjson'))).toMatchObject({ epochs: 3 });
});

describe('a given option wins', () => {
  test('and what is not given stays', async () => {
    expect(await readRunConfig(earlier, { epochs: 5, seed: undefined, name: 'new' } as object)).toMatchObject({
      epochs: 5,
      seed: 7,
      name: 'new',
    });
  });

  test.each([
    [{ engine: 'tfjs' }, ['threads', 'relaxed']],
    [{ backend: 'cpu' }, ['engine', 'threads', 'relaxed']],
    [{ output: false }, ['keep', 'onNan', 'checkpointEvery']],
    [{ data: '-' }, ['testData', 'epochs']],
    [{ holdOut: 0.1 }, ['testData']],
    [{ loss: 'mae' }, ['huberDelta']],
    [{ weights: 'model.safetensors' }, ['initial']],
    [{ optimizer: 'sgd' }, ['beta1', 'epsilon']],
    [{ data: 'other' }, ['testData', 'layout', 'shape', 'transpose']],
  ] as const)('%j, and what does not go with it leaves', async (given, gone) => {
    const options = await readRunConfig(earlier, given);
    expect(Object.keys(options).filter((option) => (gone as readonly string[]).includes(option))).toEqual([]);
    expect(() => resolveConfig(options)).not.toThrow();
  });

  test('the same engine keeps its own options', async () => {
    expect(await readRunConfig(optionsFile({ relaxed: true, threads: 2 }), { engine: 'simd', threads: 1 })).toEqual({
      relaxed: true,
      threads: 1,
      engine: 'simd',
    });
  });
});

test('a file of options may be the config of a run event: what concerns the caller is passed over', async () => {
  const [first] = eventsIn(earlier);
  const path = optionsFile({ ...(first as { config: object }).config, ui: 'plain', events: '-', compare: 'none' });
  expect(await readRunConfig(path)).toMatchObject({ name: 'earlier one', architecture: network, seed: 7 });
  expect(await readRunConfig(path)).not.toHaveProperty('output');
});

test.each([
  ['a misspelt option', { batchsize: 3 }, '"batchsize" is not an option. Did you mean batchSize?'],
  ['an unheard-of option', { zzz: 3 }, '"zzz" is not an option. Leave it out.'],
  ['a hostile option', { '\u001b]0;x\u0007': 3 }, String.raw`"\u001b]0;x\u0007" is not an option. Leave it out.`],
  ['a value out of range', { epochs: 0 }, 'epochs: expected a whole number, 1 or more, found 0. Give epochs another'],
  ['a list', [1], 'expected a JSON object of options such as {"batchSize": 32}, found a list. Name a run'],
  ['no JSON', '{\n"epochs": }', 'line 2, column 11: expected a value, found "}". Correct the JSON there.'],
  ['a key twice', '{"epochs": 1, "epochs": 2}', 'line 1, column 15: expected each key once, found "epochs"'],
])('%s is one sentence', async (_, content, sentence) => {
  const path = optionsFile(content);
  await expect(readRunConfig(path)).rejects.toMatchObject({
    code: 'RUN_CONFIG',
    message: expect.stringContaining(`options.json: ${sentence}`),
  });
});

test.each([
  ['absent', 'RUN_NOT_FOUND', /^absent: there is no run\. /],
  ['absent.json', 'RUN_CONFIG', /^absent\.json: these options cannot be read \(no such file or folder\)\. /],
])('%s is not found', async (path, code, message) => {
  await expect(readRunConfig(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test('a byte order mark is no matter, and UTF-16 is called that', async () => {
  expect(await readRunConfig(optionsFile('\uFEFF{"batchSize":32}'))).toEqual({ batchSize: 32 });
  const path = optionsFile('');
  writeFileSync(path, '\uFEFF{"batchSize":32}', 'utf16le');
  await expect(readRunConfig(path)).rejects.toMatchObject({ code: 'RUN_CONFIG', actual: 'text in UTF-16' });
  const events = join(folder, 'utf16.ndjson');
  writeFileSync(events, '\uFEFF{"type":"run"}', 'utf16le');
  await expect(readRunConfig(events)).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
    problem: 'this is not an event file but text in UTF-16',
  });
});

test('a folder whose name ends like a file is a run; a file without a run is a sentence', async () => {
  const odd = join(folder, 'odd.json');
  mkdirSync(odd);
  writeFileSync(join(odd, 'events.ndjson'), '');
  await expect(readRunConfig(odd)).rejects.toThrow(/events\.ndjson: there is no event of a run in it\. /);
});

test('other photos come to the size of the run, other data have one of their own', async () => {
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  writeFileSync(join(photos, 'a.png'), greyPng(2, 3, 9));
  const path = optionsFile({ data: 'elsewhere', resize: [8, 8], fit: 'fill', channels: 1, epochs: 2 });
  const sizes = { resize: [8, 8], fit: 'fill', channels: 1 };
  expect(await readRunConfig(path, { data: photos })).toEqual({ ...sizes, data: photos, epochs: 2 });
  expect(await readRunConfig(path, { data: photos, resize: [4, 4] })).toMatchObject({ resize: [4, 4], channels: 1 });
  for (const data of [tinyData(folder).data!, 'mnist', '-', join(folder, 'nowhere')])
    expect(await readRunConfig(path, { data })).not.toMatchObject({ resize: [8, 8] });
});
