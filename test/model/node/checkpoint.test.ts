import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { type CheckpointEngine, loadCheckpoint, saveCheckpoint } from '../../../src/model/node/checkpoint.js';
import { loadWeights } from '../../../src/model/node/weightsFile.js';
import { preset } from '../../../src/model/presets/presets.js';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '../../../src/model/safetensors/encoding.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const network = checkArchitecture(preset('upsample', [28, 28, 1]));
const config = { seed: 7, batchSize: 20, architecture: 'upsample' };
const engine: CheckpointEngine = {
  network: network,
  learningRate: 0.002,
  weights: () => initialWeights(network, 1),
  optimizerState: () => ({
    step: 3000,
    slots: { firstMoments: initialWeights(network, 2), secondMoments: initialWeights(network, 3) },
  }),
};
let files = 0;

function newPath(): string {
  return join(folder, `${files++}.safetensors`);
}

async function saved(): Promise<string> {
  const path = newPath();
  await saveCheckpoint(path, engine, { config, position: { epoch: 2 } });
  return path;
}

/** A checkpoint with something changed in its file. */
async function changed(change: (file: Safetensors) => Partial<Safetensors>): Promise<string> {
  const path = newPath();
  const file = decodeSafetensors(readFileSync(await saved()));
  writeFileSync(path, encodeSafetensors({ ...file, ...change(file) }));
  return path;
}

test('gives back what was saved', async () => {
  const { network, weights, optimizer, state } = await loadCheckpoint(await saved());
  expect(network).toEqual(network);
  expect([...weights]).toEqual([...engine.weights()]);
  expect(optimizer).toEqual(engine.optimizerState());
  expect(state).toEqual({ version: 1, step: 3000, epoch: 2, learningRate: 0.002, seed: 7, config });
});

test('tells the size of its file', async () => {
  const path = newPath();
  const bytes = await saveCheckpoint(path, engine, { config, position: { epoch: 1 } });
  expect(bytes).toBe(readFileSync(path).length);
});

test('serves as a weights file', async () => {
  expect(await loadWeights(await saved(), network)).toEqual(engine.weights());
});

test('has the moments beside the weights, under the names that outsiders know', async () => {
  const { tensors } = decodeSafetensors(readFileSync(await saved()));
  const { firstMoments, secondMoments } = engine.optimizerState().slots;
  expect(tensors.size).toBe(3 * engine.weights().size);
  expect(tensors.get('adam.m.decoder.1.weight')).toEqual(firstMoments!.get('decoder.1.weight'));
  expect(tensors.get('adam.v.decoder.1.weight')).toEqual(secondMoments!.get('decoder.1.weight'));
});

test.each([[[]], [['momentumBuffers']], [['squareAverages', 'momentumBuffers']]])(
  'keeps the slots %j of another optimizer by their names',
  async (slots) => {
    const path = newPath();
    const state = { step: 7, slots: Object.fromEntries(slots.map((slot, at) => [slot, initialWeights(network, at)])) };
    await saveCheckpoint(path, { ...engine, optimizerState: () => state }, { config, position: { epoch: 2 } });
    expect((await loadCheckpoint(path)).optimizer).toEqual(state);
    expect(await loadWeights(path, network)).toEqual(engine.weights());
    const { tensors } = decodeSafetensors(readFileSync(path));
    for (const slot of slots) expect(tensors.has(`optimizer.${slot}.decoder.1.weight`)).toBe(true);
  },
);

test('may say more than this version knows', async () => {
  const path = await changed(({ metadata }) => {
    const state = { ...(JSON.parse(metadata.get('checkpoint') ?? '') as object), later: [1, 2] };
    return {
      metadata: new Map([
        ['architecture', metadata.get('architecture') ?? ''],
        ['checkpoint', JSON.stringify(state)],
      ]),
    };
  });
  expect((await loadCheckpoint(path)).state.step).toBe(3000);
});

test('whose values have changed is refused', async () => {
  const path = await changed(({ tensors }) => {
    const bias = tensors.get('encoder.0.bias')!;
    return {
      tensors: new Map([...tensors, ['encoder.0.bias', { ...bias, data: bias.data.map((value) => value + 1) }]]),
    };
  });
  await expect(loadCheckpoint(path)).rejects.toMatchObject({ code: 'WEIGHTS_DIGEST', path });
});

describe('is refused', () => {
  const metadataWith =
    (name: string, text: string) =>
    ({ metadata }: Safetensors) => ({
      metadata: new Map([...metadata, [name, text]]),
    });
  const stateWith =
    (change: object) =>
    ({ metadata }: Safetensors) =>
      metadataWith(
        'checkpoint',
        JSON.stringify({ ...(JSON.parse(metadata.get('checkpoint') ?? '') as object), ...change }),
      )({
        metadata,
        tensors: new Map(),
      });

  test.each<[string, (file: Safetensors) => Partial<Safetensors>, string, RegExp]>([
    ['without metadata', () => ({ metadata: new Map() }), 'WEIGHTS_MISMATCH', /a checkpoint, which has architecture/],
    [
      'with weights alone',
      ({ metadata }) => ({ metadata: new Map([['architecture', metadata.get('architecture') ?? '']]) }),
      'WEIGHTS_MISMATCH',
      /which has checkpoint in its metadata/,
    ],
    [
      'with a moment missing',
      ({ tensors }) => ({ tensors: new Map([...tensors].filter(([name]) => name !== 'adam.v.encoder.0.bias')) }),
      'WEIGHTS_MISMATCH',
      /expected "adam\.v\.encoder\.0\.bias" F32 \[16\], found none/,
    ],
    [
      'with a network of other shapes',
      metadataWith('architecture', JSON.stringify(preset('transpose', [28, 28, 1]))),
      'WEIGHTS_MISMATCH',
      /decoder\.0\.weight/,
    ],
    ['with a network that cannot be', metadataWith('architecture', '{"name":"x"}'), 'ARCHITECTURE_VALUE', /input: /],
    [
      'with a broken state',
      metadataWith('checkpoint', '{"step":1'),
      'WEIGHTS_HEADER',
      /checkpoint in the metadata, character 10/,
    ],
    [
      'with a state that says a thing twice',
      metadataWith('checkpoint', '{"step":1,"step":2}'),
      'WEIGHTS_HEADER',
      /"step" for the second time/,
    ],
    [
      'of a later version',
      stateWith({ version: 2 }),
      'WEIGHTS_HEADER',
      /version: expected a state of version 1, found version 2\. A newer Millrace/,
    ],
    ['with a negative step', stateWith({ step: -1 }), 'WEIGHTS_HEADER', /metadata: step: /],
    ['with a state that is a list', metadataWith('checkpoint', '[]'), 'WEIGHTS_HEADER', /the whole of it/],
  ])('%s', async (_, change, code, message) => {
    const path = await changed(change);
    await expect(loadCheckpoint(path)).rejects.toMatchObject({ code, path, message: expect.stringMatching(message) });
  });
});
