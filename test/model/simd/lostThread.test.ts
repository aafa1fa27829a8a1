import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Worker, WorkerOptions } from 'node:worker_threads';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { chooseLoss } from '../../../src/model/losses/lossOptions.js';
import { createEngine, type EngineOptions } from '../../../src/model/node/createEngine.js';
import { chooseOptimizer } from '../../../src/model/optimizers/optimizerOptions.js';
import { createSimdEngine } from '../../../src/model/simd/node/createSimdEngine.js';
import { UpdateClock } from '../../../src/model/simd/updateClock.js';
import { wholeTest } from '../../fixtures/laws.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

/** The threads that engines have started, and how a thread is to be started from now on. */
const threads = vi.hoisted(() => ({ started: [] as Worker[], begin: (options: WorkerOptions) => options }));
vi.mock('node:worker_threads', async (importOriginal) => {
  const actual = await importOriginal<typeof import('node:worker_threads')>();
  class RecordedWorker extends actual.Worker {
    constructor(file: URL, options: WorkerOptions) {
      super(file, threads.begin(options));
      threads.started.push(this);
    }
  }
  return { ...actual, Worker: RecordedWorker };
});

beforeEach(() => {
  threads.started = [];
  threads.begin = (options) => options;
});

const tiny = checkArchitecture(TINY_NETWORK);
const create = (options: Partial<EngineOptions> = {}) => createEngine({ network: tiny, threads: 4, ...options });
const pixels = new Uint8Array(5 * 16).fill(100);
const lost = expect.objectContaining({ code: 'WORKER_LOST' });

/** Its thread is ended in the middle of a task, and no one has time to hear of it. */
const UNHEARD = `
  threads[0].terminate();
  try {
    while (true) engine.trainStep({ pixels: new Uint8Array(16), length: 1 });
  } catch (error) {
    process.exitCode = error.code === 'WORKER_LOST' ? 0 : 1;
  }`;

describe('the threads of an engine', () => {
  test('end when it is disposed of', async () => {
    const engine = await create();
    engine.trainStep({ pixels, length: 5 });
    expect(threads.started.length).toBe(3);
    engine.dispose();
    await expectEnded();
  });

  test.each([
    ['weights are of another network', { weights: new Map() }],
    ['a learning rate is none', { learningRate: -1 }],
  ])('end when it cannot be created since %s', async (_, options) => {
    await expect(create(options)).rejects.toThrow();
    await expectEnded();
  });

  wholeTest('keep no process alive', async () => {
    const both = await Promise.all([runProcess(''), runProcess('engine.dispose();')]);
    expect(both).toEqual([0, 0]);
  });
});

describe('a thread that has ended', () => {
  test('is told by the next call and by all after it', async () => {
    const engine = await create();
    const [weights, state] = [engine.weights(), engine.optimizerState()];
    await threads.started[1]!.terminate();
    for (const call of allCalls(engine, weights, state)) expect(call).toThrow(lost);
    engine.dispose();
    for (const call of allCalls(engine, weights, state))
      expect(call).toThrow(expect.objectContaining({ code: 'ENGINE_DISPOSED' }));
    await expectEnded();
  });

  test('is told at once where its kernels failed', { timeout: 5000 }, async () => {
    // With such a number it reads where no memory is.
    threads.begin = (options) => ({ ...options, workerData: { ...options.workerData, thread: 2 ** 27 } });
    const engine = await create({ threads: 2 });
    // At once: it has ten seconds for a thread that shows no sign of life, and this test has five.
    expect(() => engine.trainStep({ pixels, length: 5 })).toThrow(lost);
    await expectEnded();
  });

  test('is told where it never began', async () => {
    threads.begin = (options) => ({ ...options, workerData: { ...options.workerData, module: 'no module' } });
    await expect(create()).rejects.toThrow();
    await expectEnded();
  });

  test('does not concern another engine', async () => {
    const alone = losses(await create(), 6);
    const [one, other] = [await create(), await create()];
    const together = [1, 2, 3].flatMap(() => [...losses(one, 1), ...losses(other, 1)]);
    expect(together).toEqual(alone.slice(0, 3).flatMap((loss) => [loss, loss]));
    await threads.started[3]!.terminate();
    expect(() => losses(one, 1)).toThrow(lost);
    expect(losses(other, 3)).toEqual(alone.slice(3));
  });

  test('is told within a while where no one could hear of its end', async () => {
    expect(await runProcess(UNHEARD, 400)).toBe(0);
  });
});

test('a thread that shows no sign of life for part of the patience is waited for', async () => {
  const chosen = { seed: 1, learningRate: 0.001, loss: chooseLoss({}), optimizer: chooseOptimizer({}) };
  const options = { network: tiny, weights: initialWeights(tiny, 1), threads: 2, ...chosen };
  const engine = await createSimdEngine({ ...options, patienceMs: 2000 });
  const asleep = new Int32Array(new SharedArrayBuffer(4));
  vi.spyOn(UpdateClock.prototype, 'begin').mockImplementationOnce(() => void Atomics.wait(asleep, 0, 0, 400));
  losses(engine, 3);
  engine.dispose();
});

function losses(engine: Engine, steps: number): readonly number[] {
  return Array.from({ length: steps }, () => engine.trainStep({ pixels, length: 5 }));
}

function allCalls(
  engine: Engine,
  weights: ReturnType<Engine['weights']>,
  state: ReturnType<Engine['optimizerState']>,
): readonly (() => unknown)[] {
  return [
    () => engine.trainStep({ pixels, length: 5 }),
    () => engine.evaluate({ pixels, length: 5 }),
    () => engine.encode(pixels),
    () => engine.decode(new Float32Array(2)),
    () => engine.profile!({ pixels, length: 5 }),
    () => engine.reconstruct(pixels),
    () => engine.weights(),
    () => engine.setWeights(weights),
    () => engine.optimizerState(),
    () => engine.setOptimizerState(state),
  ];
}

/** All threads that have been started. A worker that has ended has the number −1. */
async function expectEnded(): Promise<void> {
  await vi.waitFor(
    () => expect(threads.started.map(({ threadId }) => threadId)).toEqual(threads.started.map(() => -1)),
    {
      timeout: 2000,
    },
  );
}

/** How a process ends, by itself, that makes an engine and then does something with it or its threads. */
async function runProcess(then: string, patienceMs?: number): Promise<number | null> {
  const module = (name: string) => JSON.stringify(new URL(`../../../dist/model/${name}.js`, import.meta.url).href);
  const code = `
    import { syncBuiltinESMExports } from 'node:module';
    import workerThreads from 'node:worker_threads';
    const threads = [];
    workerThreads.Worker = class extends workerThreads.Worker {
      constructor(...args) {
        super(...args);
        threads.push(this);
      }
    };
    syncBuiltinESMExports();
    const { checkArchitecture } = await import(${module('checkArchitecture')});
    const { initialWeights } = await import(${module('initialWeights')});
    const { chooseLoss } = await import(${module('losses/lossOptions')});
    const { chooseOptimizer } = await import(${module('optimizers/optimizerOptions')});
    const { createSimdEngine } = await import(${module('simd/node/createSimdEngine')});
    const network = checkArchitecture(${JSON.stringify(TINY_NETWORK)});
    const weights = initialWeights(network, 1);
    const optimizer = chooseOptimizer({});
    const options = { network, weights, learningRate: 0.001, loss: chooseLoss({}), optimizer };
    const engine = await createSimdEngine({ ...options, threads: 2, patienceMs: ${patienceMs} });
    engine.trainStep({ pixels: new Uint8Array(16), length: 1 });
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit', timeout: 20_000 });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status;
}
