import { EngineError, OptionError } from '../../../errors.js';
import { availableCores } from '../../../files/availableCores.js';
import type { Engine } from '../../engine.js';
import { type AssemblyOptions, assembleEngine } from '../assembleEngine.js';
import { compileKernels, simdUnsupported } from './compileKernels.js';
import { KernelThreads } from './kernelThreads.js';

/** More would mostly wait for each other: a batch of 20 images takes half a millisecond on one. */
export const MAX_THREADS = 4;

export interface SimdEngineOptions extends AssemblyOptions {
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
  return assembleEngine(options, {
    module: compileKernels(relaxed),
    threads: count,
    patienceMs,
    description: {
      reason: relaxed ? 'relaxed WebAssembly SIMD, as asked for' : 'the fastest that runs here',
      ...(relaxed ? { relaxed } : {}),
    },
    startThreads: KernelThreads.start,
  });
}

/** @throws EngineError `ENGINE_UNAVAILABLE` where SIMD or shared memory are missing */
export function requireSimd(relaxed: boolean): void {
  const reason = simdUnsupported(relaxed);
  if (reason !== undefined) throw unavailable(reason);
}

function unavailable(problem: string): EngineError {
  return new EngineError({
    code: 'ENGINE_UNAVAILABLE',
    problem,
    advice: "Take engine 'tfjs', or another version of Node.",
  });
}
