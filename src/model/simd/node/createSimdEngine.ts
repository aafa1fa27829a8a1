import { EngineError, OptionError } from '../../../errors.js';
import { availableCores } from '../../../files/availableCores.js';
import type { Network } from '../../architecture.js';
import type { Engine, EngineDescription, NamedTensors } from '../../engine.js';
import type { ChosenLoss } from '../../losses/lossOptions.js';
import type { ChosenOptimizer } from '../../optimizers/optimizerOptions.js';
import { instantiate, MAXIMUM_PAGES, PAGE_BYTES, sharedMemory } from '../instantiate.js';
import { JobMemory } from '../jobMemory.js';
import { planSummary } from '../plan/describePlan.js';
import { planNetwork } from '../plan/planNetwork.js';
import { SimdEngine } from '../simdEngine.js';
import { UpdateClock } from '../updateClock.js';
import { compileKernels, simdUnsupported } from './compileKernels.js';
import { KernelThreads } from './kernelThreads.js';

/** More would mostly wait for each other: a batch of 20 images takes half a millisecond on one. */
export const MAX_THREADS = 4;

export interface SimdEngineOptions {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly learningRate: number;
  readonly loss: ChosenLoss;
  readonly optimizer: ChosenOptimizer;
  /** What layers that disturb values in training depend on. */
  readonly seed: number;
  /** Results do not depend on it. More than 4 are 4. @default the cores there are, or a container's share of them */
  readonly threads?: number | undefined;
  /** Fused multiply-adds, whose bits differ between machines. @default false */
  readonly relaxed?: boolean | undefined;
  /** Milliseconds without a sign of life after which a thread counts as lost that no one heard of. @default 10000 */
  readonly patienceMs?: number | undefined;
}

/**
 * Kernels in WebAssembly SIMD, planned for one network, on threads that share memory.
 *
 * @throws EngineError `ENGINE_UNAVAILABLE` where SIMD or shared memory are missing, or the network is too large
 */
export async function createSimdEngine({
  threads = availableCores(),
  relaxed = false,
  patienceMs = 10_000,
  ...options
}: SimdEngineOptions): Promise<Engine> {
  if (!(Number.isInteger(threads) && threads > 0)) throw new OptionError('threads', threads, 'a whole number above 0');
  requireSimd(relaxed);
  const count = Math.min(threads, MAX_THREADS);
  const { loss, optimizer, seed } = options;
  const slots = optimizer.optimizer.slots(optimizer.settings);
  const hasNorm = optimizer.clipNorm !== undefined;
  const plan = planNetwork(options.network, { threads: count, slots: slots.length, loss, hasNorm });
  const pages = Math.ceil(plan.memory.bytes / PAGE_BYTES);
  if (pages > MAXIMUM_PAGES) throw tooLarge(options.network, pages);
  const module = compileKernels(relaxed);
  const memory = sharedMemory(pages);
  const description: EngineDescription = {
    name: 'simd',
    backend: 'wasm-simd',
    threads: count,
    reason: relaxed ? 'relaxed WebAssembly SIMD, as asked for' : 'the fastest that runs here',
    plan: planSummary(plan),
    ...(relaxed ? { relaxed } : {}),
  };
  plan.memory.writeTo(new Int32Array(memory.buffer));
  const job = new JobMemory(memory.buffer);
  job.begin(plan, { threads: count, patienceMs, optimizer, loss, seed });
  const workers = await KernelThreads.start(module, memory, count);
  try {
    const updates = new UpdateClock();
    const kernels = instantiate(module, memory, () => updates.begin());
    return new SimdEngine({ ...options, description, plan, memory, kernels, updates, workers });
  } catch (error) {
    job.end();
    workers.close();
    throw error;
  }
}

/** @throws EngineError `ENGINE_UNAVAILABLE` where SIMD or shared memory are missing */
export function requireSimd(relaxed: boolean): void {
  const reason = simdUnsupported(relaxed);
  if (reason !== undefined) throw unavailable(reason);
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

function unavailable(problem: string): EngineError {
  return new EngineError({
    code: 'ENGINE_UNAVAILABLE',
    problem,
    advice: "Take engine 'tfjs', or another version of Node.",
  });
}
