import { EngineError } from '../../../../errors.js';
import type { Penalty } from '../../../layers/definition/penalty.js';
import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap, NonZeroWindows } from './featureMap.js';
import { MemoryLayout } from './memoryLayout.js';
import { writeOperation } from './operations.js';
import { ParameterLayout, ZERO_OFFSET } from './parameterLayout.js';
import type { WeightOrder } from './weightOrder.js';

/** Of the weights that are put into another order for a kernel; planning takes some hundred bytes for each. */
const MOST_LISTED = 2 ** 23;

/**
 * What planning fills: memory, parameters, and what is done once: after each update, before a thread's first shard, after a
 * shard's last image.
 */
export class Workspace {
  readonly tile: number;
  readonly threads: number;
  readonly batchImages: number | undefined;
  readonly memory = new MemoryLayout();
  readonly parameters = new ParameterLayout();
  readonly packing: KernelCall[] = [];
  readonly preparations: KernelCall[] = [];
  /** Feature maps of which it is known for each image where they are those of an empty one. */
  readonly nonZeroWindows = new Map<FeatureMap, NonZeroWindows>();
  /** Feature maps whose transformed patches lie somewhere until the way back, for each thread; see `convolution/winogradTiles.ts`. */
  readonly patches = new Map<FeatureMap, readonly number[]>();
  readonly finishes: KernelCall[] = [];
  /** What layers add to the loss, in their order. */
  readonly penalties: Penalty[] = [];
  /** Values that gradients of merged weights take behind the parameters' own. */
  readonly #mergedGradients: number[] = [];
  readonly #lossBytes: number;
  #listed = 0;
  #scratchBytes = 0;
  #scratch: readonly number[] = [];
  #weights = 0;
  #gradients = 0;

  /**
   * @param tile images that a program takes at once
   * @param lossBytes of the sums of a shard's losses
   * @param batchImages how many keep their feature maps through a whole batch, which all threads then share
   * @default each thread has feature maps of its own, for one tile
   */
  constructor(tile: number, threads: number, lossBytes: number, batchImages?: number) {
    this.tile = tile;
    this.threads = threads;
    this.#lossBytes = lossBytes;
    this.batchImages = batchImages;
  }

  /** Memory of each thread's that one kernel call after the other makes use of. @returns where, to be asked for after `settle` */
  scratch(bytes: number): (thread: number) => number {
    this.#scratchBytes = Math.max(this.#scratchBytes, bytes);
    return (thread) => this.#scratch[thread]!;
  }

  /** Memory of zeros for each thread. */
  perThread(bytes: number): readonly number[] {
    return Array.from({ length: this.threads }, () => this.memory.reserve(bytes));
  }

  /**
   * Memory of zeros for each image that has feature maps at a time.
   * @param bytes of an image @param before room ahead of the first
   * @returns for each thread the address of the first image
   */
  perImage(bytes: number, before = 0): readonly number[] {
    if (this.batchImages === undefined)
      return this.perThread(before + this.tile * bytes).map((address) => address + before);
    const address = this.memory.reserve(before + this.batchImages * bytes) + before;
    return Array.from({ length: this.threads }, () => address);
  }

  /** Addresses of weights and gradients; to be called when all parameters are known, before steps are written. */
  settle(shards: number): void {
    this.#scratch = this.perThread(this.#scratchBytes);
    this.#weights = this.memory.reserve(this.parameters.lengthWithStatistics * 4);
    this.#gradients = this.memory.reserve(shards * this.gradientBytes);
  }

  get weights(): number {
    return this.#weights;
  }

  get gradients(): number {
    return this.#gradients;
  }

  get gradientBytes(): number {
    return (this.parameters.length + this.#mergedGradients.reduce((sum, values) => sum + values, 0)) * 4;
  }

  /** A sum of its own, behind the shard's losses. @returns how many bytes behind where they begin */
  addPenalty(penalty: Penalty): number {
    this.penalties.push(penalty);
    return this.sumBytes - 8;
  }

  /** Of all of a shard's sums. */
  get sumBytes(): number {
    return this.#lossBytes + this.penalties.length * 8;
  }

  weightAddress(offset: number): number {
    return this.#weights + offset * 4;
  }

  /** Room beside the gradients of the parameters. @returns where, given all parameters are known */
  reserveMergedGradient(values: number): () => number {
    const index = this.#mergedGradients.push(Math.ceil(values / 4) * 4) - 1;
    return () =>
      this.parameters.length + this.#mergedGradients.slice(0, index).reduce((sum, length) => sum + length, 0);
  }

  /**
   * Counts places in lists. A small file can ask for any number of them: 64-fold upsampling before a kernel of 64 × 64.
   * @throws EngineError `ENGINE_UNAVAILABLE`
   */
  list(places: number): void {
    this.#listed += places;
    if (this.#listed <= MOST_LISTED) return;
    throw new EngineError({
      code: 'ENGINE_UNAVAILABLE',
      problem: `the network has more than ${MOST_LISTED} weights to be put into another order for simd`,
      advice: "Take smaller kernels or fewer filters, or the engine 'tfjs'.",
    });
  }

  /**
   * Weights as a kernel reads them: written again after each update.
   * @returns their address
   * @throws EngineError `ENGINE_UNAVAILABLE` where they are too many
   */
  pack(
    layers: string,
    order: WeightOrder,
    sources: (kernelRow: number, value: number, output: number) => readonly number[],
  ): number {
    const lists: (readonly number[])[] = [];
    order((kernelRow, value, output) => {
      const list = sources(kernelRow, value, output);
      this.list(1 + list.length);
      lists.push(list);
    });
    return this.packLists(layers, lists);
  }

  /** The same for a dense layer whose channels are multiples of 8. @param offset where its weights are kept, in blocks */
  packTransposed(layers: string, offset: number, inputs: number, outputs: number): number {
    const to = this.memory.reserve(inputs * outputs * 4);
    this.packing.push({
      layers,
      pass: 'update',
      kernel: 'transposeBlocks',
      lanes: 'channels',
      bytes: inputs * outputs * 4,
      multiplyAdds: 0,
      write: () =>
        writeOperation(this.memory, 'transposeBlocks', { from: this.weightAddress(offset), to, inputs, outputs }),
    });
    return to;
  }

  /** Those of a 3×3 convolution as Winograd's filtering multiplies them; see `assembly/convPool/winogradWeights.ts`. */
  packWinograd(layers: string, offset: number, outputs: number, channels: number): number {
    const groups = Math.ceil(channels / 8);
    const bytes = 16 * outputs * groups * 32;
    const to = this.memory.reserve(bytes);
    this.packing.push({
      layers,
      pass: 'update',
      kernel: 'winogradWeights',
      lanes: 'input channels',
      bytes,
      multiplyAdds: 0,
      write: () =>
        writeOperation(this.memory, 'winogradWeights', {
          from: this.weightAddress(offset),
          ...{ to, outputs, channels, groups },
        }),
    });
    return to;
  }

  /** Those of a 3×3 convolution as tiles are multiplied with them; see `assembly/winograd/winogradTileWeights.ts`. */
  packWinogradTiles(
    layers: string,
    {
      inputs,
      outputVectors,
      sources,
    }: {
      readonly inputs: number;
      readonly outputVectors: number;
      readonly sources: (kernelRow: number, value: number, output: number) => readonly number[];
    },
  ): number {
    const offsets = new Int32Array(outputVectors * inputs * 36);
    this.list(offsets.length);
    let at = 0;
    for (let vector = 0; vector < outputVectors; vector++)
      for (let channel = 0; channel < inputs; channel++)
        for (let tap = 0; tap < 9; tap++)
          for (let lane = 0; lane < 4; lane++) {
            const [offset = ZERO_OFFSET] = sources(
              Math.floor(tap / 3),
              (tap % 3) * inputs + channel,
              vector * 4 + lane,
            );
            offsets[at++] = offset * 4;
          }
    const bytes = 36 * inputs * outputVectors * 16;
    const to = this.memory.reserve(bytes);
    this.packing.push({
      layers,
      pass: 'update',
      kernel: 'winogradTileWeights',
      lanes: 'output channels',
      bytes,
      multiplyAdds: 0,
      write: () =>
        writeOperation(this.memory, 'winogradTileWeights', {
          from: this.#weights,
          to,
          offsets: this.memory.constant(offsets),
          ...{ inputs, outputVectors },
        }),
    });
    return to;
  }

  /** @param lists for each value the offsets of the parameters that are summed */
  packLists(layers: string, lists: readonly (readonly number[])[]): number {
    const to = this.memory.reserve(lists.length * 4);
    this.packing.push({
      layers,
      pass: 'update',
      kernel: 'gather',
      lanes: 'one by one',
      bytes: lists.length * 4,
      multiplyAdds: 0,
      write: () =>
        writeOperation(this.memory, 'gather', { from: this.#weights, to, ...gatherLists(this.memory, lists) }),
    });
    return to;
  }
}

/** The lists of a gather; a single offset for each value where that is enough. */
export function gatherLists(memory: MemoryLayout, lists: readonly (readonly number[])[]) {
  if (lists.every((list) => list.length <= 1))
    return { count: lists.length, offsets: memory.constant(lists.map(([offset = ZERO_OFFSET]) => offset * 4)) };
  const starts = [0];
  for (const list of lists) starts.push(starts[starts.length - 1]! + list.length);
  return {
    count: lists.length,
    offsets: memory.constant(lists.flat().map((offset) => offset * 4)),
    starts: memory.constant(starts),
  };
}
