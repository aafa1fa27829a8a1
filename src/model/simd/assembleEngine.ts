// A network laid out on a memory, with kernels and threads of the platform: what Node and browsers have in common.
import { EngineError } from '../../errors.js';
import type { Network } from '../architecture.js';
import type { Engine, EngineDescription, NamedTensors } from '../engine.js';
import type { ChosenLoss } from '../losses/lossOptions.js';
import type { ChosenOptimizer } from '../optimizers/optimizerOptions.js';
import { instantiate, MAXIMUM_PAGES, PAGE_BYTES, type SharedMemory, sharedMemory } from './instantiate.js';
import { JobMemory } from './jobMemory.js';
import type { RunningThreads } from './kernelHost.js';
import { planSummary } from './plan/describePlan.js';
import { planNetwork } from './plan/planNetwork.js';
import { SimdEngine } from './simdEngine.js';
import { UpdateClock } from './updateClock.js';

export interface AssemblyOptions {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly learningRate: number;
  readonly loss: ChosenLoss;
  readonly optimizer: ChosenOptimizer;
  /** What layers that disturb values in training depend on. */
  readonly seed: number;
}

/** What of the platform an engine takes. */
export interface SimdPlatform {
  /** The compiled kernels. */
  readonly module: object;
  /** Threads in all, the caller's own among them. */
  readonly threads: number;
  /** Milliseconds without a sign of life after which a thread counts as lost that no one heard of. */
  readonly patienceMs: number;
  /** What the engine says of itself. */
  readonly description: Pick<EngineDescription, 'reason' | 'relaxed'>;
  /** Starts the other threads, and waits until they are ready. */
  startThreads(module: object, memory: SharedMemory, threads: number): Promise<RunningThreads>;
}

/** @throws EngineError `ENGINE_UNAVAILABLE` where the network is too large */
export async function assembleEngine(options: AssemblyOptions, platform: SimdPlatform): Promise<Engine> {
  const { module, threads, patienceMs } = platform;
  const { loss, optimizer, seed } = options;
  const slots = optimizer.optimizer.slots(optimizer.settings);
  const hasNorm = optimizer.clipNorm !== undefined;
  const plan = planNetwork(options.network, { threads, slots: slots.length, loss, hasNorm });
  const pages = Math.ceil(plan.memory.bytes / PAGE_BYTES);
  if (pages > MAXIMUM_PAGES) throw tooLarge(options.network, pages);
  const memory = sharedMemory(pages);
  const description: EngineDescription = {
    name: 'simd',
    backend: 'wasm-simd',
    threads,
    plan: planSummary(plan),
    ...platform.description,
  };
  plan.memory.writeTo(new Int32Array(memory.buffer));
  const job = new JobMemory(memory.buffer);
  job.begin(plan, { threads, patienceMs, optimizer, loss, seed });
  const workers = await platform.startThreads(module, memory, threads);
  try {
    const updates = new UpdateClock();
    const kernels = await instantiate(module, memory, () => updates.begin());
    return new SimdEngine({ ...options, description, plan, memory, kernels, updates, workers });
  } catch (error) {
    job.end();
    workers.close();
    throw error;
  }
}

/** Memory goes by the number of pixels, and by threads. */
function tooLarge({ architecture }: Network, pages: number): EngineError {
  const share = Math.sqrt(MAXIMUM_PAGES / pages);
  const size = architecture.input.slice(0, 2).map((side) => Math.max(1, Math.floor(side * share)));
  return new EngineError({
    code: 'ENGINE_UNAVAILABLE',
    problem: `the network needs more than 4 GiB of memory for images of ${architecture.input.join('×')}`,
    advice: `Take fewer threads, fewer filters, or images of at most ${size.join('×')} (--resize ${size.join('x')}).`,
  });
}
