import type { Batch, ImageShape } from '../data/batch.js';
import { requireBatch } from '../data/requireBatch.js';
import { ModelError, OptionError } from '../errors.js';
import type { Architecture, Network } from '../model/architecture.js';
import type { Engine, EngineDescription, ImageMeasures, Images } from '../model/engine.js';
import { countItems } from '../model/itemCount.js';
import { requireDecodable } from '../model/latentSkip.js';
import { formatShape, type LayerShape, shapeSize } from '../model/layers/definition/layerShape.js';
import { type ChosenLoss, chooseLoss, type LossOptions } from '../model/losses/lossOptions.js';
import { type OptionNames, requireKnownOptions } from '../options.js';
import { values } from '../streams/consumers/values.js';
import { pipeline } from '../streams/pipeline.js';
import type { SourceLike } from '../streams/sources/toSource.js';
import { decoderDigest } from './decoderDigest.js';
import { EvaluationTally, scoresOf } from './evaluationTally.js';
import { imageLosses } from './imageLosses.js';
import { imageMeasures } from './imageMeasures.js';
import type { ImageScore, ModelEvaluation } from './imageScore.js';
import { toBytes } from './pictureBatch.js';
import { Slices } from './slices.js';

/** What a model takes of an engine: any `Engine` has it. */
export type InferenceEngine = Pick<
  Engine,
  | 'description'
  | 'network'
  | 'encode'
  | 'decode'
  | 'reconstruct'
  | 'reconstructBytes'
  | 'measure'
  | 'measuredLoss'
  | 'weights'
  | 'dispose'
>;

/** The side of a window of SSIM: scikit-image, too, knows none of smaller images. */
const WINDOW = 11;

export interface ModelOptions extends LossOptions {
  /** Names the model in errors. @default the name of its network */
  readonly name?: string | undefined;
  /** False for what came without its encoder, as a shared file does. @default true */
  readonly hasEncoder?: boolean | undefined;
}

const OPTIONS: OptionNames<ModelOptions> = { loss: true, huberDelta: true, name: true, hasEncoder: true };

export interface SlicedOptions {
  /** Its abort ends the work within some milliseconds; the promise rejects with its reason. @default never */
  readonly signal?: AbortSignal | undefined;
}

const SLICED_OPTIONS: OptionNames<SlicedOptions> = { signal: true };

export interface ModelEvaluationOptions extends SlicedOptions {
  /** How many of the worst images to give, with their reconstructions; they are held in memory. @default 0 */
  readonly worst?: number | undefined;
  /** Is given the scores of each batch; the next one waits for it. @default they are summed up, and nothing else */
  readonly onScores?: ((scores: readonly ImageScore[]) => void | Promise<void>) | undefined;
}

const EVALUATION_OPTIONS: OptionNames<ModelEvaluationOptions> = { signal: true, worst: true, onScores: true };

/**
 * A trained network at work. `openModel` makes one of a file; a network that has just been trained becomes one here.
 *
 * Images are bytes 0..255 or floats 0..1 in NHWC order, as many whole ones as there are; latents are float32, `latentShape` an image.
 * Each method has a form that ends in `Async`: the same values, computed in slices of some milliseconds, so that the thread has its
 * turns in between. Every method throws EngineError `ENGINE_BATCH` when the number of values does not fit, and `ENGINE_DISPOSED` after
 * `dispose`.
 *
 * @example
 * const network = checkArchitecture(preset('transpose', [28, 28, 1]));
 * const model = new Model(await createEngine({ network }));
 * const images = new Uint8Array(2 * 784);
 * console.log(model.latentShape, model.encode(images).length); // [ 7, 7, 4 ] 392
 * console.log((await model.reconstructAsync(images)).length, model.score(images).length); // 1568 2
 * model.dispose();
 */
export class Model {
  /** What it is called in errors: its file, where it has one. */
  readonly name: string;
  readonly #engine: InferenceEngine;
  readonly #loss: ChosenLoss;
  readonly #hasEncoder: boolean;
  readonly #slices = { encode: new Slices(), decode: new Slices(), reconstruct: new Slices(), measure: new Slices() };
  #digest: Promise<string> | undefined;

  /**
   * @param engine the model's from now on: `dispose` releases it
   * @param options its loss is the one it was trained with, which `score` computes
   * @throws OptionError for a loss that does not exist
   */
  constructor(engine: InferenceEngine, options: ModelOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    const { name = engine.network.architecture.name, hasEncoder = true, loss, huberDelta } = options;
    this.name = name;
    this.#engine = engine;
    this.#loss = chooseLoss({ loss, huberDelta });
    this.#hasEncoder = hasEncoder;
  }

  get architecture(): Architecture {
    return this.#engine.network.architecture;
  }

  /** The architecture with all of its shapes. */
  get network(): Network {
    return this.#engine.network;
  }

  /** `[height, width, channels]` of an image. */
  get inputShape(): Architecture['input'] {
    return this.architecture.input;
  }

  /** Of an image's latents: `[height, width, channels]`, or `[units]`. */
  get latentShape(): LayerShape {
    return this.#engine.network.latentShape;
  }

  /** The loss that `score` computes. */
  get loss(): ChosenLoss['name'] {
    return this.#loss.name;
  }

  /** False for what came without its encoder, as a shared file does: it decodes, and nothing else. */
  get hasEncoder(): boolean {
    return this.#hasEncoder;
  }

  /** What it is computed with. */
  get engine(): EngineDescription {
    return this.#engine.description;
  }

  /**
   * The latents of images, one image after the other.
   * @throws ModelError `MODEL_NO_ENCODER`
   */
  encode(images: Images): Float32Array {
    this.#requireEncoder();
    return this.#engine.encode(images);
  }

  /**
   * Says before anything is read or written whether it can decode.
   * @throws EngineError `ENGINE_UNSUPPORTED` where skip connections lead past the latent: latents alone make no image
   */
  requireDecodable(): void {
    requireDecodable(this.#engine.network);
  }

  /**
   * Images (0..1) from latents.
   * @throws EngineError as `requireDecodable` does
   */
  decode(latents: Float32Array): Float32Array {
    return this.#engine.decode(latents);
  }

  /**
   * What the network makes of images, 0..1: `decode(encode(images))`.
   * @throws ModelError `MODEL_NO_ENCODER`
   */
  reconstruct(images: Images): Float32Array {
    this.#requireEncoder();
    return this.#engine.reconstruct(images);
  }

  /** What `reconstruct` gives as bytes 0..255, rounded. @throws ModelError `MODEL_NO_ENCODER` */
  reconstructBytes(images: Images): Uint8Array {
    this.#requireEncoder();
    return this.#engine.reconstructBytes?.(images) ?? toBytes(this.#engine.reconstruct(images));
  }

  /**
   * The loss of each image that the network was trained with, the mean over the image's values.
   * @param target what the reconstruction is compared with. @default images
   * @throws ModelError `MODEL_NO_ENCODER`
   */
  score(images: Images, target: Images = images): Float32Array {
    return this.#measure(images, target, this.#requireTargets(images, target)).losses;
  }

  /** The loss of each image of a reconstruction that is there already. */
  lossesOf(reconstruction: Float32Array, target: Images): Float32Array {
    this.#requireTargets(reconstruction, target);
    return imageLosses(reconstruction, target, this.inputShape, this.#loss);
  }

  /** `encode` that leaves the thread its turns. */
  async encodeAsync(images: Images, options: SlicedOptions = {}): Promise<Float32Array> {
    return this.#sliced('encode', images, this.#imageSize, shapeSize(this.latentShape), options);
  }

  /** `decode` that leaves the thread its turns. */
  async decodeAsync(latents: Float32Array, options: SlicedOptions = {}): Promise<Float32Array> {
    return this.#sliced('decode', latents, shapeSize(this.latentShape), this.#imageSize, options);
  }

  /** `reconstruct` that leaves the thread its turns. */
  async reconstructAsync(images: Images, options: SlicedOptions = {}): Promise<Float32Array> {
    return this.#sliced('reconstruct', images, this.#imageSize, this.#imageSize, options);
  }

  /** `score` that leaves the thread its turns. */
  async scoreAsync(images: Images, target: Images = images, options: SlicedOptions = {}): Promise<Float32Array> {
    requireKnownOptions(options, SLICED_OPTIONS);
    return (await this.#measureAsync(images, target, options)).losses;
  }

  /**
   * How good reconstructions are, of any number of images in constant memory: loss, PSNR and SSIM, by label where there are labels.
   * What a batch's reconstruction is compared with is its `target`, where it has one.
   *
   * @param batches what `pipeline` takes as a source, e.g. `dataset.batches()`
   * @throws OptionError where `worst` is no whole number of at least 0; ModelError `MODEL_INPUT` for images of another shape,
   * `MODEL_NO_ENCODER`; what the source throws; the signal's reason on abort
   *
   * @example
   * const model = await openModel(`${place}/baseline`);
   * const { test } = await openData();
   * const { items, loss, worst } = await model.evaluate(test.batches(), { worst: 3 });
   * console.log(items, loss.mean < 1, worst.length); // 20 true 3
   */
  async evaluate(batches: SourceLike<Batch>, options: ModelEvaluationOptions = {}): Promise<ModelEvaluation> {
    requireKnownOptions(options, EVALUATION_OPTIONS);
    const { signal, worst = 0, onScores } = options;
    if (!(Number.isSafeInteger(worst) && worst >= 0))
      throw new OptionError('worst', worst, 'a whole number, 0 or more');
    this.#requireEncoder();
    const tally = new EvaluationTally(worst, (image) => this.reconstruct(image));
    const [height, width] = this.inputShape;
    const similarity = Math.min(height, width) >= WINDOW;
    for await (const batch of values(pipeline(batches))) {
      this.requireImages(batch);
      const { pixels, target = pixels } = batch;
      const scores = scoresOf(batch, await this.#measureAsync(pixels, target, { signal, similarity }));
      tally.add(batch, scores);
      await onScores?.(scores);
      signal?.throwIfAborted();
    }
    return tally.result();
  }

  /** @throws ModelError `MODEL_INPUT` where a batch is of other images; an error with the code `BATCH` for what is none */
  requireImages(batch: Batch): void {
    requireBatch(batch);
    const [, ...shape] = batch.shape;
    this.requireShape(shape);
  }

  /**
   * @param of where the images come from, for the error
   * @throws ModelError `MODEL_INPUT` with both shapes where images have another one than this network's
   */
  requireShape(shape: ImageShape, of = 'the images'): void {
    if (shape.join() === this.inputShape.join()) return;
    const [height, width, channels] = this.inputShape;
    throw new ModelError({
      code: 'MODEL_INPUT',
      path: this.name,
      expected: `images of ${formatShape(this.inputShape)}, as this network takes them`,
      actual: `${formatShape(shape)} (${of})`,
      advice: `Photos are brought to its size by --resize ${height}x${width} --channels ${channels}; save other images in it, or take another model.`,
    });
  }

  /** Tells its decoder from others; latents carry it. Lower-case hexadecimal. */
  decoderDigest(): Promise<string> {
    this.#digest ??= decoderDigest(this.network, this.#engine.weights());
    return this.#digest;
  }

  /** All of its weights, by name; copied. What came without its encoder has zeros there. */
  weights(): ReturnType<Engine['weights']> {
    return this.#engine.weights();
  }

  /** The weights of its decoder, by name; copied. */
  decoderWeights(): ReturnType<Engine['weights']> {
    return this.#engine.weights(this.network.decoder.flatMap(({ weights }) => weights.map(({ name }) => name)));
  }

  /** Releases everything. `dispose` may be called more than once. */
  dispose(): void {
    this.#engine.dispose();
  }

  get #imageSize(): number {
    return shapeSize(this.inputShape);
  }

  async #sliced<Values extends Images>(
    work: 'encode' | 'decode' | 'reconstruct',
    values: Values,
    from: number,
    to: number,
    options: SlicedOptions,
  ): Promise<Float32Array> {
    requireKnownOptions(options, SLICED_OPTIONS);
    const run = (slice: Images): Float32Array => this[work](slice as Float32Array);
    // What is no whole number of items the engine complains of.
    if (values.length % from !== 0) return run(values);
    const items = values.length / from;
    const result = new Float32Array(items * to);
    const slice = (first: number, last: number): void =>
      result.set(run(values.subarray(first * from, last * from)), first * to);
    await this.#slices[work].run(items, slice, options.signal);
    return result;
  }

  /** In the engine where it has that loss, otherwise from the reconstruction. */
  #measure(pixels: Images, target: Images, length: number, options: { readonly similarity?: boolean } = {}) {
    this.#requireEncoder();
    const engine = this.#engine;
    if (length > 0 && engine.measure !== undefined && isSameLoss(engine.measuredLoss, this.#loss))
      return engine.measure({ pixels, target, length }, options);
    return imageMeasures(engine.reconstruct(pixels), target, this.inputShape, this.#loss, options);
  }

  async #measureAsync(
    images: Images,
    target: Images,
    { signal, similarity = false }: SlicedOptions & { readonly similarity?: boolean },
  ): Promise<ImageMeasures> {
    const size = this.#imageSize;
    const items = this.#requireTargets(images, target);
    const all = {
      losses: new Float32Array(items),
      meanSquaredErrors: new Float32Array(items),
      ...(similarity && { similarities: new Float32Array(items) }),
    };
    const slice = (first: number, last: number): void => {
      const [begin, end] = [first * size, last * size];
      const pixels = images.subarray(begin, end);
      const compared = target === images ? pixels : target.subarray(begin, end);
      const measures = this.#measure(pixels, compared, last - first, { similarity });
      all.losses.set(measures.losses, first);
      all.meanSquaredErrors.set(measures.meanSquaredErrors, first);
      if (measures.similarities !== undefined) all.similarities?.set(measures.similarities, first);
    };
    await this.#slices.measure.run(items, slice, signal);
    return all;
  }

  /** @returns how many images there are */
  #requireTargets(images: Images, target: Images): number {
    const items = countItems(images, this.inputShape);
    if (countItems(target, this.inputShape) === items) return items;
    throw unequal(this.name, `${items} targets, as many as there are images`, target.length / this.#imageSize);
  }

  #requireEncoder(): void {
    if (this.#hasEncoder) return;
    throw new ModelError({
      code: 'MODEL_NO_ENCODER',
      path: this.name,
      expected: `a model that can encode images of ${formatShape(this.inputShape)}`,
      actual: 'a decoder alone, as shared files have it',
      advice: 'Decode with it, or give the model that it was made with.',
    });
  }
}

function unequal(path: string, expected: string, actual: number): ModelError {
  const advice = 'Give one target for each image, in the same order.';
  return new ModelError({ code: 'MODEL_INPUT', path, expected, actual: String(actual), advice });
}

function isSameLoss(one: InferenceEngine['measuredLoss'], other: ChosenLoss): boolean {
  return one?.name === other.name && one.settings.huberDelta === other.settings.huberDelta;
}
