import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { WeightsError } from '../../../src/errors.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { NamedTensors, Tensor } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { loadWeights, saveWeights } from '../../../src/model/node/weightsFile.js';
import { preset } from '../../../src/model/presets/presets.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import { peerGolden } from '../../fixtures/golden.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

const folder = temporaryFolder();
const network = checkArchitecture(preset('transpose', [28, 28, 1]));
const weights = initialWeights(network, 1);
let files = 0;

function newPath(): string {
  return join(folder, `${files++}.safetensors`);
}

function fileOf(tensors: NamedTensors): string {
  const path = newPath();
  writeFileSync(path, encodeSafetensors({ tensors, metadata: new Map() }));
  return path;
}

function without(name: string): Map<string, Tensor> {
  return new Map([...weights].filter(([other]) => other !== name));
}

describe('weights that were saved', () => {
  test('are loaded again, in the order of the layers', async () => {
    const path = newPath();
    await saveWeights(path, weights, network.architecture);
    expect([...(await loadWeights(path, network))]).toEqual([...weights]);
  });

  test('are loaded whatever their order in the file', async () => {
    expect([...(await loadWeights(fileOf(new Map([...weights].reverse())), network))]).toEqual([...weights]);
  });

  test('are loaded from a file that has their moments too', async () => {
    const moments = [...weights].flatMap(([name, tensor]) =>
      ['adam.m.', 'adam.v.'].map((prefix) => [`${prefix}${name}`, tensor] as const),
    );
    expect(await loadWeights(fileOf(new Map([...weights, ...moments])), network)).toEqual(weights);
  });

  test('are loaded from a file in which PyTorch has counted batches', async () => {
    const normalized = checkArchitecture({
      ...TINY_NETWORK,
      encoder: [...TINY_NETWORK.encoder, { type: 'batchNormalization' }],
    });
    const path = newPath();
    const count = { shape: [], data: Float32Array.of(3) };
    const name = `encoder.${TINY_NETWORK.encoder.length}`;
    const initial = initialWeights(normalized, 1);
    await saveWeights(path, new Map([...initial, [`${name}.num_batches_tracked`, count]]), normalized.architecture);
    expect(await loadWeights(path, normalized)).toEqual(initial);
    await saveWeights(path, new Map([...initial, ['encoder.0.num_batches_tracked', count]]), normalized.architecture);
    await expect(loadWeights(path, normalized)).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });

  test("are loaded from the file that PyTorch's network was saved to", async () => {
    const { network, weightsAfter10 } = peerGolden('dense');
    const path = fileURLToPath(new URL('../../fixtures/peers/dense.safetensors', import.meta.url));
    expect([...(await loadWeights(path, network))]).toEqual([...weightsAfter10]);
  });

  test('stand beside the architecture and other metadata, and their size is told', async () => {
    const path = newPath();
    const bytes = await saveWeights(path, weights, network.architecture, { note: 'so far' });
    const file = readFileSync(path);
    const { metadata } = decodeSafetensors(file, path);
    expect(bytes).toBe(file.length);
    expect(JSON.parse(metadata.get('architecture') ?? '')).toEqual(network.architecture);
    expect(metadata.get('note')).toBe('so far');
  });

  test('are not there when they could not be', async () => {
    const path = join(folder, 'missing', 'w.safetensors');
    await expect(saveWeights(path, weights, network.architecture)).rejects.toMatchObject({
      name: 'WeightsError',
      code: 'WEIGHTS_UNWRITABLE',
    });
  });
});

describe('weights of another network', () => {
  const bias = 'encoder.0.bias';
  test.each<[string, NamedTensors, RegExp]>([
    ['that lack one', without(bias), /expected "encoder\.0\.bias" F32 \[16\], found none of them\. /],
    [
      'that have one more',
      new Map([...weights, ['extra', weights.get(bias)!]]),
      /expected nothing more .*, found "extra" F32 \[16\]\. /,
    ],
    [
      'with another shape',
      new Map([...weights, [bias, { shape: [4, 4], data: new Float32Array(16) }]]),
      /expected "encoder\.0\.bias" F32 \[16\], found "encoder\.0\.bias" F32 \[4, 4\]\. /,
    ],
    [
      'with other names, and too few',
      new Map([...without('encoder.2.bias')].map(([name, tensor]) => [name.replace('encoder.0', 'conv1'), tensor])),
      /expected "encoder\.0\.weight" .*; "encoder\.0\.bias" .* found "conv1\.bias" .*; "conv1\.weight"/,
    ],
    [
      'with control characters in a name',
      new Map([...weights, ['\u001b[2J', weights.get(bias)!]]),
      /found "\\u001b\[2J"/,
    ],
  ])('are refused with a list: %s', async (_, tensors, message) => {
    const path = fileOf(tensors);
    await expect(loadWeights(path, network)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      path,
      message: expect.stringMatching(message),
    });
  });

  test('are refused with their dtype', async () => {
    const path = newPath();
    const bytes = Buffer.from(encodeSafetensors({ tensors: weights, metadata: new Map() }));
    bytes.write('I', bytes.indexOf('"F32"') + 1);
    writeFileSync(path, bytes);
    await expect(loadWeights(path, network)).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringMatching(/found "decoder\.0\.bias" I32 \[16\]/),
    });
  });

  test('are refused with a message of bounded length', async () => {
    const many = Array.from(
      { length: 5000 },
      (_, i) => [`${'n'.repeat(999)}${i}`, { shape: [], data: Float32Array.of(i) }] as const,
    );
    const refusal = await loadWeights(fileOf(new Map(many)), network).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'WEIGHTS_MISMATCH', message: expect.stringContaining('and 4994 more') });
    expect((refusal as Error).message.length).toBeLessThan(1500);
  });
});

describe('what is no weights file', () => {
  test.each<[string, (path: string) => void, string]>([
    ['a missing file', () => undefined, 'WEIGHTS_NOT_FOUND'],
    ['a folder', (path) => mkdirSync(path), 'WEIGHTS_UNREADABLE'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'WEIGHTS_UNREADABLE'],
    ['an empty file', (path) => writeFileSync(path, ''), 'WEIGHTS_TRUNCATED'],
    ['a text', (path) => writeFileSync(path, 'these are not weights'), 'WEIGHTS_HEADER'],
  ])('is refused: %s', async (_, prepare, code) => {
    const path = newPath();
    prepare(path);
    await expect(loadWeights(path, network)).rejects.toMatchObject({ name: 'WeightsError', code, path });
  });

  test('is refused wherever a good file is cut', async () => {
    const whole = readFileSync(fileOf(weights));
    const path = newPath();
    for (const length of [0, 1, 7, 8, 9, 100, whole.length - 4, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      await expect(loadWeights(path, network)).rejects.toThrow(WeightsError);
    }
  });

  test('is refused at once when a small file promises much', async () => {
    const json = JSON.stringify({ 'encoder.0.weight': { dtype: 'F32', shape: [2 ** 40], data_offsets: [0, 2 ** 42] } });
    const path = newPath();
    const prefix = Buffer.alloc(8);
    prefix.writeBigUInt64LE(BigInt(json.length));
    writeFileSync(path, Buffer.concat([prefix, Buffer.from(json)]));
    await expect(loadWeights(path, network)).rejects.toMatchObject({ code: 'WEIGHTS_TRUNCATED' });
  });
});
