// The job as the kernels read it: `assembly/job.ts`, word by word.
import type { ChosenLoss } from '../losses/lossOptions.js';
import type { ChosenOptimizer } from '../optimizers/optimizerOptions.js';
import type { OptimizerName } from '../optimizers/optimizers.js';
import { decayOf } from '../optimizers/updateWeights.js';
import { KERNEL_CONSTANTS, UPDATE_NUMBERS } from './kernelConstants.js';
import type { NetworkPlan } from './plan/planNetwork.js';

/** Where it lies. */
const JOB = 64 / 4;
const WORDS = [
  'sequence',
  'arrivals',
  'ended',
  'threads',
  'nextShard',
  'shards',
  'tasks',
  'programs',
  'images',
  'inputKind',
  'targetKind',
  'gradientScale',
  'gradientFactor',
  'gradientDecay',
  'beats',
  'gradients',
  'gradientBytes',
  'parameterBytes',
  'weights',
  'firstSlot',
  'secondSlot',
  'threadImages',
  'finishes',
  'packing',
  'tile',
  'losses',
  'sleepers',
  'sliceMicroseconds',
  'optimizer',
  'weightFactor',
  'squares',
  'mask',
  'huberDelta',
  'seed',
  'step',
  'firstItem',
  'itemScale',
  'lossBytes',
  'keepsMaps',
] as const;
type Word = (typeof WORDS)[number];
const PLACES = Object.fromEntries(WORDS.map((name, index) => [name, JOB + index])) as Readonly<Record<Word, number>>;
const FLOATS: ReadonlySet<Word> = new Set([
  'gradientScale',
  'gradientFactor',
  'gradientDecay',
  'weightFactor',
  'huberDelta',
  'itemScale',
]);

/** `PATIENCE` of `assembly/barrier.ts`. */
const SLICES = 20;

/** A sum of what threads do in one job. */
export const TASKS = { run: 1, clear: 2, update: 4, pack: 8, sumSquares: 16 } as const;

/** What images are: bytes 0..255, or floats; a target may be the input itself. */
export const KINDS = { input: 0, bytes: 1, floats: 2 } as const;

export interface JobOptions {
  readonly threads: number;
  /** Milliseconds without a sign of life after which a thread counts as lost. */
  readonly patienceMs: number;
  readonly optimizer: ChosenOptimizer;
  readonly loss: ChosenLoss;
  readonly seed: number;
}

/** Numbers as in `assembly/optimizers/update.ts`. */
const OPTIMIZER_KERNELS: Record<OptimizerName, number> = { adam: 1, adamw: 1, sgd: 2, rmsprop: 3 };

export class JobMemory {
  readonly #integers: Int32Array;
  readonly #floats: Float32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#integers = new Int32Array(buffer);
    this.#floats = new Float32Array(buffer);
  }

  /** Writes what stays as it is. */
  begin(plan: NetworkPlan, { threads, patienceMs, optimizer, loss, seed }: JobOptions): void {
    const { beats, gradients, gradientBytes, parameterBytes, weights, squares, mask } = plan;
    const { finishes, packing, tile, shards, losses, lossBytes, threadImages } = plan;
    const [firstSlot = 0, secondSlot = 0] = plan.slots;
    const addresses = {
      beats,
      gradients,
      gradientBytes,
      parameterBytes,
      weights,
      firstSlot,
      secondSlot,
      squares,
      mask,
    };
    for (const { address, values } of KERNEL_CONSTANTS) this.#floats.set(values, address / 4);
    this.write({ ...addresses, finishes, packing, tile, shards, losses, lossBytes, threads, threadImages });
    this.write({ sliceMicroseconds: Math.ceil((patienceMs * 1000) / SLICES) });
    this.write({ optimizer: OPTIMIZER_KERNELS[optimizer.name], gradientFactor: 1, seed, ...loss.settings });
  }

  write(words: Partial<Record<Exclude<Word, 'sequence' | 'arrivals' | 'ended' | 'sleepers'>, number>>): void {
    for (const name in words) {
      const word = name as Exclude<Word, 'sequence' | 'arrivals' | 'ended' | 'sleepers'>;
      (FLOATS.has(word) ? this.#floats : this.#integers)[PLACES[word]] = words[word]!;
    }
  }

  /** What the next update does with gradients and weights. */
  beginUpdate({ optimizer, settings }: ChosenOptimizer, step: number, learningRate: number): void {
    this.#floats.set(optimizer.update(settings, step, learningRate).numbers, UPDATE_NUMBERS / 4);
    this.write(decayOf({ optimizer, settings }, learningRate));
  }

  /** Sets the other threads to work. */
  announce(sequence: number): void {
    Atomics.store(this.#integers, JOB, sequence);
    if (Atomics.load(this.#integers, PLACES.sleepers) !== 0) Atomics.notify(this.#integers, JOB);
  }

  /** All threads leave, wherever they wait. */
  end(): void {
    Atomics.store(this.#integers, JOB + 2, 1);
    Atomics.add(this.#integers, JOB, 1);
    Atomics.notify(this.#integers, JOB);
    Atomics.notify(this.#integers, JOB + 1);
  }
}
