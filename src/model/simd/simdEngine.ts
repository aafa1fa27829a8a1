import { EngineError, OptionError } from '../../errors.js';
import type { Network } from '../architecture.js';
import { copyTensors } from '../copyTensors.js';
import type {
  BatchLoss,
  Engine,
  EngineDescription,
  EngineProfile,
  ImageMeasures,
  Images,
  NamedTensors,
  OptimizerState,
  TrainingBatch,
} from '../engine.js';
import { countItems, requireItems } from '../itemCount.js';
import { requireDecodable } from '../latentSkip.js';
import { isTrained } from '../layers/definition/layerDefinition.js';
import type { LayerShape } from '../layers/definition/layerShape.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { evaluatePenalties, type MeasuredPenalty, penaltyWeight } from '../layers/definition/penalty.js';
import { type ChosenLoss, isMeanSquaredError } from '../losses/lossOptions.js';
import { clipFactor } from '../optimizers/clipFactor.js';
import type { ChosenOptimizer } from '../optimizers/optimizerOptions.js';
import { copyOptimizerState, slotsOf } from '../optimizers/optimizerState.js';
import type { Kernels, SharedMemory } from './instantiate.js';
import { JobMemory, KINDS, TASKS } from './jobMemory.js';
import type { RunningThreads } from './kernelHost.js';
import { readParameters, writeParameters } from './parameterMemory.js';
import { type InferenceName, type NetworkPlan, SQUARE_SUMS } from './plan/planNetwork.js';
import { profileLayers } from './profileLayers.js';
import type { UpdateClock } from './updateClock.js';

/** What `createSimdEngine` has made ready. */
interface Parts {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly learningRate: number;
  readonly loss: ChosenLoss;
  readonly optimizer: ChosenOptimizer;
  readonly description: EngineDescription;
  readonly plan: NetworkPlan;
  readonly memory: SharedMemory;
  readonly kernels: Kernels;
  /** Runs from where the kernels say that an update begins. */
  readonly updates: UpdateClock;
  readonly workers: RunningThreads;
}

/** An engine whose threads have started, as `createSimdEngine` gives it. */
export class SimdEngine implements Engine {
  readonly description: EngineDescription;
  readonly network: Network;
  readonly #specs;
  readonly #trained;
  readonly #loss: ChosenLoss;
  readonly #optimizer: ChosenOptimizer;
  /** Names of what the optimizer remembers. */
  readonly #slots: readonly string[];
  readonly #plan: NetworkPlan;
  readonly #kernels: Kernels;
  readonly #updates: UpdateClock;
  readonly #workers: RunningThreads;
  readonly #job: JobMemory;
  readonly #buffer: SharedArrayBuffer;
  readonly #bytes: Uint8Array;
  readonly #integers: Int32Array;
  readonly #floats: Float32Array;
  readonly #losses: Float64Array;
  readonly #squares: Float64Array;
  #learningRate = 0;
  #step = 0;
  #sequence = 0;
  #state: 'ready' | 'lost' | 'disposed' = 'ready';

  constructor(parts: Parts) {
    const { network, weights, learningRate, loss, optimizer, description, plan, memory, kernels, updates, workers } =
      parts;
    this.description = description;
    this.network = network;
    this.#specs = [...network.encoder, ...network.decoder].flatMap((layer) => layer.weights);
    this.#trained = this.#specs.filter(isTrained);
    this.#loss = loss;
    this.#optimizer = optimizer;
    this.#slots = optimizer.optimizer.slots(optimizer.settings);
    this.#plan = plan;
    this.#kernels = kernels;
    this.#updates = updates;
    this.#workers = workers;
    this.#buffer = memory.buffer;
    this.#job = new JobMemory(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
    this.#integers = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.#losses = new Float64Array(memory.buffer, plan.losses, (plan.lossBytes / 8) * plan.shards);
    this.#squares = new Float64Array(memory.buffer, plan.squares, SQUARE_SUMS);
    this.learningRate = learningRate;
    this.setWeights(weights);
  }

  get step(): number {
    return this.#step;
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(value: number) {
    if (!(value > 0 && value < Infinity)) throw new OptionError('learningRate', value, 'a finite number above 0');
    this.#learningRate = value;
  }

  get updateMs(): number {
    return this.#updates.milliseconds;
  }

  trainStep(batch: TrainingBatch): number {
    this.#requireAlive();
    const step = this.#step + 1;
    this.#job.write({ gradientScale: 1 / batch.pixels.length, itemScale: 1 / batch.length, step: this.#step });
    this.#job.beginUpdate(this.#optimizer, step, this.#learningRate);
    const reconstruction = this.#lossOf('train', batch);
    const loss = this.#penalties(batch.length).reduce(
      (sum, { penalty, mean }) => sum + penaltyWeight(penalty, this.#step) * mean,
      reconstruction,
    );
    this.#step = step;
    return loss;
  }

  evaluate(batch: TrainingBatch): BatchLoss {
    this.#requireAlive();
    const { length: items, pixels } = batch;
    const reconstruction = this.#lossOf('evaluate', batch);
    const { penalty, metrics } = evaluatePenalties(this.#penalties(items));
    const loss = reconstruction + penalty;
    if (isMeanSquaredError(this.#loss) && metrics === undefined) return { loss, items };
    return { loss, items, meanSquaredError: this.#squaredErrors() / pixels.length, ...(metrics && { metrics }) };
  }

  encode(images: Images): Float32Array {
    return this.#infer('encode', images, this.network.architecture.input, this.network.latentShape);
  }

  decode(latents: Float32Array): Float32Array {
    this.#requireAlive();
    requireDecodable(this.network);
    return this.#infer('decode', latents, this.network.latentShape, this.network.architecture.input);
  }

  reconstruct(images: Images): Float32Array {
    const { input } = this.network.architecture;
    return this.#infer('reconstruct', images, input, input);
  }

  reconstructBytes(images: Images): Uint8Array {
    this.#requireAlive();
    const count = countItems(images, this.network.architecture.input);
    return this.#inferInto(new Uint8Array(images.length), 'reconstructBytes', images, count);
  }

  get measuredLoss(): ChosenLoss {
    return this.#loss;
  }

  measure({ pixels, target = pixels, length }: TrainingBatch, { similarity = false } = {}): ImageMeasures {
    this.#requireAlive();
    const { input } = this.network.architecture;
    requireItems(pixels, input, length);
    requireItems(target, input, length);
    const { jobImages, programs } = this.#plan;
    const measures = {
      losses: new Float32Array(length),
      meanSquaredErrors: new Float32Array(length),
      ...(similarity && { similarities: new Float32Array(length) }),
    };
    for (let from = 0; from < length; from += jobImages) {
      const images = Math.min(jobImages, length - from);
      this.#writeImages(pixels, target, from, images);
      this.#job.write({ programs: programs[similarity ? 'measureSimilarity' : 'measure'], images, keepsMaps: 0 });
      this.#run(TASKS.run);
      this.#readMeasures(measures, from, images);
    }
    return measures;
  }

  weights(names?: readonly string[]): NamedTensors {
    this.#requireAlive();
    const specs = names === undefined ? this.#specs : this.#specs.filter(({ name }) => names.includes(name));
    const { places, statisticPlaces } = this.#plan;
    return readParameters(this.#values, [...places, ...statisticPlaces], specs);
  }

  setWeights(weights: NamedTensors): void {
    this.#requireAlive();
    const checked = copyTensors(this.#specs, weights);
    const { places, statisticPlaces } = this.#plan;
    writeParameters(this.#values, [...places, ...statisticPlaces], checked);
    this.#run(TASKS.pack);
  }

  optimizerState(): OptimizerState {
    this.#requireAlive();
    const { slots, places } = this.#plan;
    const read = (slot: string) =>
      readParameters(this.#parameters(slots[this.#slots.indexOf(slot)]!), places, this.#trained);
    return { step: this.#step, slots: slotsOf(this.#slots, read) };
  }

  setOptimizerState(state: OptimizerState): void {
    this.#requireAlive();
    const { step, slots } = copyOptimizerState(this.#slots, this.#trained, state);
    for (const [index, slot] of this.#slots.entries())
      writeParameters(this.#parameters(this.#plan.slots[index]!), this.#plan.places, slots[slot]!);
    this.#step = step;
  }

  profile({ pixels, target = pixels, length }: TrainingBatch): EngineProfile {
    this.#requireAlive();
    const { input } = this.network.architecture;
    requireItems(pixels, input, length);
    requireItems(target, input, length);
    const images = Math.min(length, this.#plan.jobImages);
    this.#job.write({ gradientScale: 1 / pixels.length, itemScale: 1 / length });
    this.#writeImages(pixels, target, 0, images);
    // As many as a thread finds in a shard of such a batch.
    const tile = Math.min(this.#plan.tile, Math.ceil(images / this.#plan.shards));
    const layers = profileLayers(this.#plan, this.#kernels, this.#integers, { images, tile });
    return { layers, updateMicroseconds: Math.round(this.#updates.microsecondsEach * 100) / 100 };
  }

  dispose(): void {
    if (this.#state === 'disposed') return;
    this.#state = 'disposed';
    this.#job.end();
    this.#workers.close();
  }

  /** Parameters, and the statistics behind them. */
  get #values(): Float32Array {
    return new Float32Array(this.#buffer, this.#plan.weights, this.#plan.weightBytes / 4);
  }

  #parameters(address: number): Float32Array {
    return new Float32Array(this.#buffer, address, this.#plan.parameterBytes / 4);
  }

  /** Through as many jobs as it takes; the last one updates the weights. */
  #lossOf(program: 'train' | 'evaluate', { pixels, target = pixels, length }: TrainingBatch): number {
    const { input } = this.network.architecture;
    requireItems(pixels, input, length);
    requireItems(target, input, length);
    const { batchImages } = this.#plan;
    const keepsMaps = program === 'train' && batchImages !== undefined;
    const jobImages = keepsMaps ? batchImages : this.#plan.jobImages;
    if (keepsMaps) this.#requireRoom(length, batchImages);
    this.#losses.fill(0);
    for (let from = 0; from < length; from += jobImages) {
      const images = Math.min(jobImages, length - from);
      this.#writeImages(pixels, target, from, images);
      this.#job.write({
        programs: this.#plan.programs[program],
        images,
        firstItem: from,
        keepsMaps: Number(keepsMaps),
      });
      const isLast = from + images === length;
      const learns = (from === 0 ? TASKS.clear : 0) + (isLast ? this.#update : 0);
      this.#run(TASKS.run + (program === 'train' ? learns : 0));
    }
    if (program === 'train') this.#clip();
    return this.#lossSum() / pixels.length;
  }

  /** Over all values: of a sum, of all its losses by their weights. */
  #lossSum(): number {
    return this.#loss.terms.reduce((sum, { weight }, term) => sum + weight * this.#sumOfShards(2 * term), 0);
  }

  /** What the job's layers add to the loss. */
  #penalties(items: number): readonly MeasuredPenalty[] {
    const losses = 2 * this.#loss.terms.length;
    return this.#plan.penalties.map((penalty, at) => ({ penalty, mean: this.#sumOfShards(losses + at) / items }));
  }

  /** Over all values. */
  #squaredErrors(): number {
    return this.#sumOfShards(this.#squaredErrorAt);
  }

  /** Which of the sums: every loss that is another one has it beside it. */
  get #squaredErrorAt(): number {
    return this.#loss.terms[0]!.name === 'mse' ? 0 : 1;
  }

  /** @param which of a shard's sums */
  #sumOfShards(which: number): number {
    const sums = this.#plan.lossBytes / 8;
    return this.#losses.reduce((sum, value, at) => (at % sums === which ? sum + value : sum), 0);
  }

  /** What comes after all gradients of a batch: with clipping their norm has to be known before the update. */
  get #update(): number {
    return this.#optimizer.clipNorm === undefined ? TASKS.update + TASKS.pack : TASKS.sumSquares;
  }

  /** The update that waited for the norm of its gradients. */
  #clip(): void {
    const { clipNorm } = this.#optimizer;
    if (clipNorm === undefined) return;
    const squares = this.#squares.reduce((sum, part) => sum + part, 0);
    this.#job.write({ gradientFactor: clipFactor(squares, clipNorm) });
    this.#run(TASKS.update + TASKS.pack);
  }

  #infer(program: Exclude<InferenceName, 'reconstructBytes'>, items: Images, from: LayerShape, to: LayerShape) {
    this.#requireAlive();
    const count = countItems(items, from, program === 'decode' ? 'latents' : 'images');
    return this.#inferInto(new Float32Array(count * shapeSize(to)), program, items, count);
  }

  #inferInto<Result extends Images>(result: Result, program: InferenceName, items: Images, count: number): Result {
    const { jobImages, input, output, programs } = this.#plan;
    const [fromSize, toSize] = [items.length / count, result.length / count];
    const memory = result instanceof Uint8Array ? this.#bytes : this.#floats;
    const begin = output / memory.BYTES_PER_ELEMENT;
    for (let first = 0; first < count; first += jobImages) {
      const images = Math.min(jobImages, count - first);
      const inputKind = this.#copyIn(input, items.subarray(first * fromSize, (first + images) * fromSize));
      this.#job.write({ programs: programs[program], images, inputKind, keepsMaps: 0 });
      this.#run(TASKS.run);
      result.set(memory.subarray(begin, begin + images * toSize), first * toSize);
    }
    return result;
  }

  /** Of the last job's images, into the places from `from` on. */
  #readMeasures({ losses, meanSquaredErrors, similarities }: ImageMeasures, from: number, images: number): void {
    const { address, step, dissimilarity } = this.#plan.measures;
    const { terms } = this.#loss;
    const values = shapeSize(this.network.architecture.input);
    const sums = new Float64Array(this.#buffer, address, images * step);
    for (let image = 0, at = 0; image < images; image++, at += step) {
      let loss = 0;
      for (let term = 0; term < terms.length; term++) loss += terms[term]!.weight * sums[at + 2 * term]!;
      losses[from + image] = loss / values;
      meanSquaredErrors[from + image] = sums[at + this.#squaredErrorAt]! / values;
      if (similarities !== undefined) similarities[from + image] = 1 - sums[at + dissimilarity]! / values;
    }
  }

  /** @throws EngineError `ENGINE_BATCH` where a batch is larger than its feature maps have room */
  #requireRoom(images: number, most: number): void {
    if (images <= most) return;
    throw new EngineError({
      code: 'ENGINE_BATCH',
      problem: 'a batch normalization needs all images of a batch in memory at once',
      expected: `a batch of at most ${most} images of this network`,
      actual: `${images} images`,
      advice: `Use batches of ${most} images or fewer, or the engine 'tfjs'.`,
    });
  }

  /** Those that the next job takes, and what they are compared with. */
  #writeImages(pixels: Images, target: Images, from: number, images: number): void {
    const size = shapeSize(this.network.architecture.input);
    const [begin, end] = [from * size, (from + images) * size];
    const inputKind = this.#copyIn(this.#plan.input, pixels.subarray(begin, end));
    const targetKind = target === pixels ? KINDS.input : this.#copyIn(this.#plan.target, target.subarray(begin, end));
    this.#job.write({ inputKind, targetKind });
  }

  #copyIn(address: number, values: Images): number {
    if (values instanceof Uint8Array) this.#bytes.set(values, address);
    else this.#floats.set(values, address / 4);
    return values instanceof Uint8Array ? KINDS.bytes : KINDS.floats;
  }

  /** One job on all threads. */
  #run(tasks: number): void {
    this.#job.write({ tasks, nextShard: 0 });
    this.#sequence++;
    this.#job.announce(this.#sequence);
    if (!this.#workers.isLost && this.#kernels.work(0)) {
      if (tasks & TASKS.update) this.#updates.end();
      return;
    }
    this.#state = 'lost';
    this.#job.end();
    this.#requireAlive();
  }

  #requireAlive(): void {
    if (this.#state === 'disposed')
      throw new EngineError({
        code: 'ENGINE_DISPOSED',
        problem: 'this engine has been disposed of',
        advice: 'Create another one.',
      });
    if (this.#state === 'lost')
      throw new EngineError({
        code: 'WORKER_LOST',
        problem: 'a thread of the engine has ended or answers no more, and its part of the work with it',
        advice: 'Create another engine, from the last checkpoint where there is one.',
      });
  }
}
