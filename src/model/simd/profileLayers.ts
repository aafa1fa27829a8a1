// Where the time of an update's passes goes: each kernel call by itself, on the engine's own thread.
import type { LayerTimes } from '../engine.js';
import type { Kernels } from './instantiate.js';
import type { KernelCall } from './plan/kernelCall.js';
import type { NetworkPlan } from './plan/planNetwork.js';

/** Rounds go on until there have been so many, or for so long; there is one at least. */
const MOST_ROUNDS = 100;
const BUDGET_MS = 3;
/** How the engine's own thread is numbered. */
const THREAD = 0;

/**
 * Runs the training's kernels on images that are loaded already, and says what each layer or group of layers takes.
 *
 * What it leaves behind, the next job overwrites: feature maps, and gradients of the first shard, which it adds to.
 * @param images how many there are @param tile how many a kernel takes at once
 */
export function profileLayers(
  plan: NetworkPlan,
  kernels: Kernels,
  memory: Int32Array,
  { images, tile }: { readonly images: number; readonly tile: number },
): readonly LayerTimes[] {
  const operations = trainingOperations(plan, memory);
  const times: number[][] = operations.map(() => []);
  kernels.takeShard(plan.gradients, plan.losses);
  const deadline = performance.now() + BUDGET_MS;
  let first = 0;
  for (let round = 0; round === 0 || (round < MOST_ROUNDS && performance.now() < deadline); round++) {
    for (const [index, operation] of operations.entries()) {
      const begun = performance.now();
      kernels.operate(operation, 0, tile, first);
      times[index]!.push(performance.now() - begun);
    }
    first = first + 2 * tile <= images ? first + tile : 0;
  }
  return sumByLayers(
    plan.passes,
    times.map((rounds) => (median(rounds) * 1000) / tile),
  );
}

/** The addresses in the program that trains, one for each step of the passes; 1 and 2 are marks (`planNetwork.ts`). */
export function trainingOperations({ programs }: NetworkPlan, memory: Int32Array): readonly number[] {
  const listed = (address: number) => [...memory.subarray(address / 4, memory.indexOf(0, address / 4))];
  const segments = listed(memory[programs.train / 4 + THREAD]!);
  // Each segment is two lists, of which the second is for each image.
  return segments.filter((_, at) => at % 2 === 1).flatMap((passes) => listed(passes).filter((word) => word > 2));
}

/** In the order of the way forward. */
function sumByLayers(passes: readonly KernelCall[], microseconds: readonly number[]): readonly LayerTimes[] {
  const sums = new Map<string, { forward: number; backward: number }>();
  for (const [index, { layers, pass }] of passes.entries()) {
    const sum = sums.get(layers) ?? { forward: 0, backward: 0 };
    sum[pass === 'forward' ? 'forward' : 'backward'] += microseconds[index]!;
    sums.set(layers, sum);
  }
  return [...sums].map(([layers, { forward, backward }]) => ({
    layers,
    forwardMicroseconds: hundredths(forward),
    backwardMicroseconds: hundredths(backward),
  }));
}

/** One that was interrupted tells nothing. */
function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1]!;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
