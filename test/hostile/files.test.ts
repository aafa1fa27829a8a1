// Every kind of file that others may have written: read, or refused with one clear sentence.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import { readIdx } from '../../src/data/idx/node/readIdx.js';
import { withFile } from '../../src/data/node/files/openInput.js';
import { verifyData } from '../../src/data/node/openData.js';
import { ArchitectureError, DataError, EngineError, WeightsError } from '../../src/errors.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { initialWeights } from '../../src/model/initialWeights.js';
import { loadCheckpoint, saveCheckpoint } from '../../src/model/node/checkpoint.js';
import { readArchitecture } from '../../src/model/node/readArchitecture.js';
import { loadWeights } from '../../src/model/node/weightsFile.js';
import { preset } from '../../src/model/presets/presets.js';
import { describePlan } from '../../src/model/simd/plan/describePlan.js';
import { cases } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';
import { damaged, damages, withOneChange } from './damage.js';
import { expectGoodOrRefused } from './refusal.js';

const folder = temporaryFolder();
const path = join(folder, 'input');
const network = checkArchitecture(TINY_NETWORK);

const idxFile = fc.constantFrom(
  encodeIdx([3, 4, 4], new Uint8Array(48).fill(7)),
  encodeIdx([2, 3, 3, 3], new Uint8Array(54)),
  encodeIdx([2, 2], Float64Array.of(1, 2, 3, 4)),
);
const containers = {
  raw: (bytes: Uint8Array) => bytes,
  gzip: gzipSync,
  'gzip of gzip': (bytes: Uint8Array) => gzipSync(gzipSync(bytes)),
  'gzip in two members': (bytes: Uint8Array) =>
    Buffer.concat([gzipSync(bytes.subarray(0, 5)), gzipSync(bytes.subarray(5))]),
} as const;
/** As many as fast-check takes by itself. */
const some = { numRuns: cases(100) };
const names = Object.keys(containers) as (keyof typeof containers)[];

test.each(names)('an IDX file, %s, damaged inside or outside', async (name) => {
  await fc.assert(
    fc.asyncProperty(idxFile, damages, fc.boolean(), async (good, what, outside) => {
      const wrap = containers[name];
      writeFileSync(path, outside ? damaged(wrap(good), what) : wrap(damaged(good, what)));
      let isValid: boolean | undefined;
      for await (const { valid } of verifyData(path)) isValid = valid;
      await expectGoodOrRefused(async () => {
        await withFile(path, undefined, readIdx);
        expect(isValid).toBe(true);
      }, DataError);
    }),
    some,
  );
});

async function checkpoint(): Promise<Buffer> {
  const [weights, moments] = [1, 2].map((seed) => initialWeights(network, seed));
  const engine = {
    network,
    learningRate: 0.001,
    weights: () => weights!,
    optimizerState: () => ({ step: 12, slots: { firstMoments: moments!, secondMoments: moments! } }),
  };
  await saveCheckpoint(path, engine, { config: { seed: 1 }, position: { epoch: 1 } });
  return readFileSync(path);
}

/** The header of a safetensors file replaced, its length made right. */
function withHeader(file: Buffer, header: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([prefix, json, file.subarray(8 + Number(file.readBigUInt64LE(0)))]);
}

test('a checkpoint with anything damaged', async () => {
  const good = await checkpoint();
  await fc.assert(
    fc.asyncProperty(damages, async (what) => {
      writeFileSync(path, damaged(good, what));
      await expectGoodOrRefused(() => loadCheckpoint(path), WeightsError, ArchitectureError);
      await expectGoodOrRefused(() => loadWeights(path, network), WeightsError);
    }),
    some,
  );
});

test('a checkpoint whose header says anything', async () => {
  const good = await checkpoint();
  const header = JSON.parse(good.toString('utf8', 8, 8 + Number(good.readBigUInt64LE(0)))) as object;
  await fc.assert(
    fc.asyncProperty(withOneChange(header), async (changed) => {
      writeFileSync(path, withHeader(good, changed));
      await expectGoodOrRefused(() => loadCheckpoint(path), WeightsError, ArchitectureError);
    }),
    some,
  );
});

test.each(['architecture', 'checkpoint'])('a checkpoint whose metadata says anything of its %s', async (name) => {
  const good = await checkpoint();
  const header = JSON.parse(good.toString('utf8', 8, 8 + Number(good.readBigUInt64LE(0)))) as {
    __metadata__: Record<string, string>;
  };
  const state: unknown = JSON.parse(header.__metadata__[name]!);
  await fc.assert(
    fc.asyncProperty(withOneChange(state), async (changed) => {
      const metadata = { ...header.__metadata__, [name]: JSON.stringify(changed) };
      writeFileSync(path, withHeader(good, { ...header, __metadata__: metadata }));
      await expectGoodOrRefused(() => loadCheckpoint(path), WeightsError, ArchitectureError);
    }),
    some,
  );
});

test('an architecture that says anything, up to the plan that doctor shows of it', async () => {
  const good = fc.constantFrom(TINY_NETWORK, preset('upsample', [28, 28, 1]), preset('unet', [28, 28, 1]));
  await fc.assert(
    fc.asyncProperty(good.chain(withOneChange), async (changed) => {
      writeFileSync(path, JSON.stringify(changed));
      await expectGoodOrRefused(async () => describePlan(await readArchitecture(path)), ArchitectureError, EngineError);
    }),
    { numRuns: cases(300) },
  );
});

test('an architecture with its text damaged', async () => {
  const good = Buffer.from(JSON.stringify(preset('transpose', [28, 28, 1]), undefined, 2));
  await fc.assert(
    fc.asyncProperty(damages, async (what) => {
      writeFileSync(path, damaged(good, what));
      await expectGoodOrRefused(() => readArchitecture(path), ArchitectureError);
    }),
    some,
  );
});

test.each([
  ['a layer of 10^9 filters', [{ type: 'conv2d', filters: 1e9, kernelSize: 3 }]],
  ['a layer with a window of 10^9', [{ type: 'conv2d', filters: 1, kernelSize: 1e9 }]],
  ['a layer of 10^308 units', [{ type: 'dense', units: 1e308 }]],
  ['a layer named like a method', [{ type: 'constructor' }]],
  ['a layer whose type is a prototype', [JSON.parse('{"__proto__":{"type":"flatten"}}')]],
  ['a list of layers whose length is not a number', { length: { toString: null } }],
])('an architecture with %s costs nothing', async (_, encoder) => {
  writeFileSync(path, JSON.stringify({ ...TINY_NETWORK, encoder }));
  await expect(readArchitecture(path)).rejects.toBeInstanceOf(ArchitectureError);
});
