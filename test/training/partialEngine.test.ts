// What an engine cannot do is neither told nor asked for.
import { lastValueFrom, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { fromIterable } from '../../src/data/fromIterable.js';
import type { MillraceEvent, SampleEvent } from '../../src/events/schema.js';
import { batchesOf } from '../../src/exports/testing.js';
import { defineEngine, type EngineDefinition } from '../../src/model/defineEngine.js';
import { opaqueNetwork } from '../../src/model/opaqueNetwork.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { train } from '../../src/training/train.js';
import type { TrainOptions } from '../../src/training/trainOptions.js';
import { datasetOf } from '../fixtures/datasetOf.js';

async function trained(abilities: Partial<EngineDefinition>, options: TrainOptions = {}): Promise<MillraceEvent[]> {
  const factory = defineEngine({ name: 'own', trainStep: () => 0.5, ...abilities });
  const engine = await factory(opaqueNetwork('none', [2, 2, 1]), { seed: 1 });
  const events = pipeline(fromIterable(batchesOf(4, 2)), train(engine, { testData: datasetOf(4), ...options }));
  return lastValueFrom(events.pipe(toArray()));
}

const types = (events: readonly MillraceEvent[]): string => events.map(({ type }) => type).join(' ');
const black = (images: { readonly length: number }): Float32Array => new Float32Array(images.length);

test('a step alone gives losses and epochs', async () => {
  const events = await trained({});
  expect(types(events)).toBe('loss loss epoch');
  expect(events.at(-1)).not.toHaveProperty('testLoss');
});

test('evaluate gives test losses', async () => {
  expect((await trained({ evaluate: () => 0.25 })).at(-1)).toMatchObject({ type: 'epoch', testLoss: 0.25 });
});

test('the command evaluate warns where the engine cannot', async () => {
  const commands = createCommandQueue();
  commands.send({ action: 'evaluate' });
  expect(await trained({}, { commands })).toContainEqual(expect.objectContaining({ type: 'warning', code: 'COMMAND' }));
});

test('reconstruct gives samples without latents', async () => {
  const [sample] = (await trained({ reconstruct: black })) as SampleEvent[];
  expect(sample).toMatchObject({ type: 'sample', split: 'test', items: expect.any(Array) });
  expect(sample).not.toHaveProperty('latentShape');
});

test('encode and decode give samples with a list of latents', async () => {
  const encode = (images: { readonly length: number }) => new Float32Array(images.length / 2);
  const [sample] = (await trained({
    encode,
    decode: (latents) => new Float32Array(latents.length * 2),
  })) as SampleEvent[];
  expect(sample).toMatchObject({ type: 'sample', latentShape: [2] });
  expect(sample?.items).toHaveLength(4);
});
