import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { BACKENDS, type Backend, type Engine } from '../../../../src/model/engine.js';
import { createEngine } from '../../../../src/model/node/createEngine.js';
import { small } from '../tensorTests.js';

const create = (backend?: Backend) => createEngine({ network: small, engine: 'tfjs', backend });
const failure = await create('tensorflow').then(
  () => undefined,
  (error: unknown) => error,
);

test.skipIf(failure === undefined)('tensorflow is refused where it does not load, and says how to get it', () => {
  expect(failure).toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    message: expect.stringMatching(/tensorflow: tfjs-node .*best that loads\. node scripts[/]buildTfjsNode\.js makes/),
  });
});

test('the best that loads is taken where none is asked for, and says why', async () => {
  const { description } = await create();
  expect(description.backend).toBe(failure === undefined ? 'tensorflow' : 'wasm');
  expect(description.reason).toMatch(failure === undefined ? /^the best that loads$/ : /; tensorflow: tfjs-node is/);
});

test('the one asked for is taken, and says so', async () => {
  expect((await create('cpu')).description).toEqual({ name: 'tfjs', backend: 'cpu', threads: 1, reason: 'asked for' });
});

test('an engine that does not exist is refused', async () => {
  const options = { network: small, engine: 'gpu' as 'tfjs' };
  await expect(createEngine(options)).rejects.toMatchObject({ code: 'OPTION', option: 'engine' });
});

const here = BACKENDS.filter((backend) => failure === undefined || backend !== 'tensorflow');

test('engines of several backends work side by side, and while one is being created', async () => {
  const alone = new Map<Backend, readonly number[]>();
  for (const backend of here) alone.set(backend, losses(await create(backend), 6));
  const engines = await Promise.all(here.map((backend) => create(backend)));
  const together = engines.map((engine) => losses(engine, 3));
  const further = create('wasm');
  for (const [index, engine] of engines.entries()) {
    together[index] = [...together[index]!, ...losses(engine, 3)];
    await Promise.resolve();
  }
  expect(new Map(here.map((backend, index) => [backend, together[index]]))).toEqual(alone);
  expect(losses(await further, 6)).toEqual(alone.get('wasm'));
});

test('wasm says that its memory is full, where its allocator answers 0', async () => {
  await create('wasm');
  const backend = tf.findBackend('wasm') as BackendWasm;
  expect(() => backend.makeOutput([2 ** 30 - 1], 'float32')).toThrow(
    expect.objectContaining({ code: 'ENGINE_UNSUPPORTED', message: expect.stringContaining('4 GiB') }),
  );
});

test('a step that runs out of memory half-way changes nothing, and keeps nothing', async () => {
  const engine = await create('wasm');
  const [expected] = losses(await create('wasm'), 1);
  const backend = tf.findBackend('wasm') as BackendWasm;
  const { makeOutput } = backend;
  const before = tf.memory().numTensors;
  for (const outputs of [2, 20, 40]) {
    let left = outputs;
    const spy = vi.spyOn(backend, 'makeOutput').mockImplementation((...output) => {
      if (left-- > 0) return makeOutput.apply(backend, output);
      throw Object.assign(new Error('Aborted()'), { name: 'RuntimeError' });
    });
    expect(() => losses(engine, 1)).toThrow(expect.objectContaining({ code: 'ENGINE_UNSUPPORTED' }));
    spy.mockRestore();
  }
  engine.reconstruct(new Uint8Array(16));
  expect(tf.memory().numTensors).toBe(before);
  expect(engine.step).toBe(0);
  expect(losses(engine, 1)).toEqual([expected]);
});

function losses(engine: Engine, steps: number): readonly number[] {
  const pixels = Float32Array.from({ length: 32 }, (_, index) => (index % 7) / 7);
  return Array.from({ length: steps }, () => engine.trainStep({ pixels, length: 2 }));
}
