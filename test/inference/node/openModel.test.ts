import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenModelOptions, openModel } from '../../../src/inference/node/openModel.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import { millrace, tinyJob } from '../../cli/millrace.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

const folder = temporaryFolder();
const images = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
const inFolder = async <T>(use: () => Promise<T>): Promise<T> => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await use();
  } finally {
    process.chdir(before);
  }
};
const latentsOf = (source?: string | URL | Uint8Array, options: OpenModelOptions = {}): Promise<number[]> =>
  inFolder(async () => {
    const model = await openModel(source, { threads: 1, ...options });
    try {
      return [...model.encode(images)];
    } finally {
      model.dispose();
    }
  });
const at = (name: string): string => join(folder, name);
let expected: number[];
beforeAll(async () => {
  const run = ['train', ...tinyJob(folder), '--ui', 'none', '--epochs', '1'];
  expect((await millrace(folder, ...run, '--name', 'first', '--loss', 'mae')).code).toBe(0);
  expect((await millrace(folder, ...run, '--output', 'elsewhere', '--seed', '3')).code).toBe(0);
  expected = await latentsOf('first');
});

describe('a model is opened', () => {
  test('as the newest run kept here, by name, from its folder, from a file, an address and bytes', async () => {
    expect(await latentsOf()).toEqual(expected);
    const file = at('elsewhere/model.safetensors');
    const other = await latentsOf('elsewhere');
    expect(other).not.toEqual(expected);
    for (const source of [file, pathToFileURL(file), pathToFileURL(file).href, readFileSync(file)])
      expect(await latentsOf(source)).toEqual(other);
    expect(await latentsOf('elsewhere/events.ndjson')).toEqual(other);
  });

  test('from the last checkpoint of a run that has no end', async () => {
    mkdirSync(at('going'));
    copyFileSync(at('elsewhere/events.ndjson'), at('going/events.ndjson'));
    await expect(latentsOf('going')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    copyFileSync(at('elsewhere/model.safetensors'), at('going/step-00000010.safetensors'));
    expect(await latentsOf('going')).toEqual(await latentsOf('elsewhere'));
  });

  test('with the loss that it was trained with', async () => {
    const model = await inFolder(() => openModel('first', { threads: 1 }));
    expect([model.loss, model.inputShape, model.latentShape]).toEqual(['mae', [4, 4, 1], [2]]);
    model.dispose();
  });

  test('from the network', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/model') response.end(readFileSync(at('elsewhere/model.safetensors')));
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    afterAll(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await latentsOf(`${address}/model`)).toEqual(await latentsOf('elsewhere'));
    await expect(latentsOf(`${address}/absent`)).rejects.toThrow('found the answer 404 Not Found');
    server.close();
  });

  test('of weights alone with the network that is given', async () => {
    const weights = initialWeights(checkArchitecture(TINY_NETWORK), 5);
    writeFileSync(at('weights.safetensors'), encodeSafetensors({ tensors: weights, metadata: new Map() }));
    await expect(latentsOf('weights.safetensors')).rejects.toMatchObject({ code: 'MODEL_ARCHITECTURE' });
    const latents = await latentsOf('weights.safetensors', { architecture: 'tiny.json' });
    expect(await latentsOf('weights.safetensors', { architecture: TINY_NETWORK })).toEqual(latents);
    const wider = { ...TINY_NETWORK, encoder: [{ type: 'flatten' }, { type: 'dense', units: 3 }] } as const;
    await expect(latentsOf('weights.safetensors', { architecture: wider })).rejects.toThrow('of another network');
  });
});

describe('what is no model', () => {
  test('is called what it is', async () => {
    writeFileSync(at('page.html'), '<!doctype html><title>Not found</title>');
    await expect(latentsOf('page.html')).rejects.toMatchObject({ code: expect.stringMatching(/^WEIGHTS_/) });
    await expect(latentsOf('absent')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', path: 'absent' });
    mkdirSync(at('empty'));
    await expect(latentsOf('empty')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', path: 'empty' });
    renameSync(at('runs'), at('kept'));
    await expect(latentsOf()).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    renameSync(at('kept'), at('runs'));
  });

  test.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 9), 'WEIGHTS_TRUNCATED'],
    ['with a changed value', (bytes: Uint8Array) => bytes.with(bytes.length - 2, bytes.at(-2)! ^ 1), 'WEIGHTS_DIGEST'],
  ])('is a model that is %s', async (_, damage, code) => {
    const torn = damage(new Uint8Array(readFileSync(at('elsewhere/model.safetensors'))));
    writeFileSync(at('torn.safetensors'), torn);
    await expect(latentsOf('torn.safetensors')).rejects.toMatchObject({ code, path: 'torn.safetensors' });
    await expect(latentsOf(torn)).rejects.toMatchObject({ code });
  });
});
