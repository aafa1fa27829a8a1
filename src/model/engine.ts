// The narrow interface that every engine fulfils. Creating one is asynchronous, everything after it is synchronous.
// Layouts at this border: images NHWC, named tensors as PyTorch lays them out.
import type { Network } from './architecture.js';
import { latentSkip } from './latentSkip.js';
import type { ChosenLoss } from './losses/lossOptions.js';

/** A named tensor at the border of an engine: float32, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** `encoder.0.weight`, `encoder.0.bias`, …: conv2d `[out, in, kh, kw]`, conv2dTranspose `[in, out, kh, kw]`, dense `[out, in]`. */
export type NamedTensors = ReadonlyMap<string, Tensor>;

/** Images as bytes 0..255 (scaled by the engine) or floats 0..1; NHWC, whole images. */
export type Images = Uint8Array | Float32Array;

/** What an engine learns from: any `Batch` is one. */
export interface TrainingBatch {
  readonly pixels: Images;
  /** @default pixels */
  readonly target?: Images;
  /** One for each image, where the data have them: what a classifier learns. */
  readonly labels?: Uint8Array;
  /** Number of images. */
  readonly length: number;
}

/** What an optimizer remembers: tensors with the names of the weights, by the name of the slot. */
export type OptimizerSlots = Readonly<Record<string, NamedTensors>>;

/** What an optimizer has come to know. */
export interface OptimizerState {
  /** Updates done. */
  readonly step: number;
  /** Tensors by weight name, by the name of the slot: of Adam's `firstMoments` and `secondMoments`, of SGD without momentum none. */
  readonly slots: OptimizerSlots;
}

/** What a network loses on a batch. */
export interface BatchLoss {
  /** Mean over all values. */
  readonly loss: number;
  /** Number of images. */
  readonly items: number;
  /** Beside a loss that is another one, so that trainings stay comparable. */
  readonly meanSquaredError?: number;
  /** What else was measured, by name: means over the images, such as a classifier's `accuracy`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** How far reconstructions are from their targets, image by image. */
export interface ImageMeasures {
  /** The mean over the image's values of the loss that the engine was made with. */
  readonly losses: Float32Array;
  readonly meanSquaredErrors: Float32Array;
  /** SSIM, where it was asked for. */
  readonly similarities?: Float32Array;
}

/** Best first: `simd` is our own kernels in WebAssembly SIMD, `tfjs` TensorFlow.js. */
export const ENGINES = ['simd', 'tfjs'] as const;
export type EngineName = (typeof ENGINES)[number];

/** Whether an engine of that name comes with Millrace. */
export function isEngineName(name: string): name is EngineName {
  return (ENGINES as readonly string[]).includes(name);
}

/** TensorFlow.js's backends, best first. */
export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What an engine says of itself; the `run` event carries it. */
export interface EngineDescription {
  /** `simd`, `tfjs`, or the name of one of a user's own. */
  readonly name: string;
  /** `wasm-simd`, one of TensorFlow.js's, or what an engine of a user's own computes with. */
  readonly backend: string;
  readonly threads: number;
  /** Why this engine and backend: a phrase for a person. */
  readonly reason: string;
  /** simd: which kernels compute each layer, or group of layers, in their order. */
  readonly plan?: readonly string[];
  /** simd: true where multiply-adds are fused, so that bits differ between machines. */
  readonly relaxed?: boolean;
}

/** What a layer takes, or several that are computed together: for an image, on one thread. */
export interface LayerTimes {
  /** e.g. `encoder.0 + encoder.1`; also `input`, `target` and `loss`: images in, and what comes out compared. */
  readonly layers: string;
  readonly forwardMicroseconds: number;
  readonly backwardMicroseconds: number;
}

export interface EngineProfile {
  readonly layers: readonly LayerTimes[];
  /** Microseconds that the update takes, for a batch on all threads: the mean of all updates so far. */
  readonly updateMicroseconds: number;
}

/**
 * A network with its weights, its loss, its optimizer and the memory to train it.
 *
 * Every method throws `EngineError` with code `ENGINE_BATCH` when the number of values does not fit, and `ENGINE_DISPOSED`
 * after `dispose`.
 */
export interface Engine {
  readonly description: EngineDescription;
  readonly network: Network;
  /** Step size of the next update. */
  learningRate: number;
  /** Updates done so far. */
  readonly step: number;
  /** Milliseconds of all `trainStep`s so far that went into updates of the weights, where they can be told from the rest. */
  readonly updateMs?: number;
  /** Does one update. @returns the batch's loss, a mean over all values, before the update. */
  trainStep(batch: TrainingBatch): number;
  /** The batch's loss, a mean over all values; the network learns nothing. */
  evaluate(batch: TrainingBatch): BatchLoss;
  /** The encoder's output, NHWC, `items × latent size`. */
  encode(images: Images): Float32Array;
  /**
   * Images (0..1, NHWC) from latents.
   * @throws EngineError `ENGINE_UNSUPPORTED` where skip connections lead from the encoder past the latent into the decoder
   */
  decode(latents: Float32Array): Float32Array;
  /** What the network makes of images: `decode(encode(images))`, and what skip connections carry past the latent. */
  reconstruct(images: Images): Float32Array;
  /** The same as bytes 0..255, rounded. */
  reconstructBytes?(images: Images): Uint8Array;
  /**
   * Compares the reconstruction of each image with its target in the pass that computes it; what layers add to the loss is left out.
   * @param options similarity: SSIM, too, which takes about as long as a small network
   */
  measure?(batch: TrainingBatch, options?: { readonly similarity?: boolean }): ImageMeasures;
  /** The loss that `measure` computes. */
  readonly measuredLoss?: Pick<ChosenLoss, 'name' | 'settings'>;
  /** A copy of the weights: of all, or of those that are named. */
  weights(names?: readonly string[]): NamedTensors;
  /** @throws WeightsError `WEIGHTS_MISMATCH` that lists what was expected and found */
  setWeights(weights: NamedTensors): void;
  /** A copy of what the optimizer remembers. */
  optimizerState(): OptimizerState;
  /** @throws WeightsError `WEIGHTS_MISMATCH` where it is another optimizer's, or of another network */
  setOptimizerState(state: OptimizerState): void;
  /**
   * Measures, on images of this batch, what each layer takes: some milliseconds, or as long as one tile of images takes.
   * What the engine computes afterwards is the same, bit by bit, as without.
   */
  profile?(batch: TrainingBatch): EngineProfile;
  /** Releases everything. `dispose` may be called more than once. */
  dispose(): void;
}

/**
 * An engine that may lack abilities: training asks for each before it uses it, and goes without. Any `Engine` is one.
 *
 * Without `evaluate` there is no test loss, without `reconstruct` (or `encode` and `decode`) there are no samples, and what is
 * no {@link RestorableEngine} is not saved.
 */
export type PartialEngine = Pick<Engine, Indispensable> & Partial<Omit<Engine, Indispensable>> & EngineRemarks;

/** What people should know of an engine of their own. */
export interface EngineRemarks {
  /** The name of its loss. @default 'mse' */
  readonly lossName?: string | undefined;
  /** What of its state `weights` and `optimizerState` leave out, so that a resume begins it anew. @default nothing is left out */
  readonly notSaved?: string | undefined;
}

type Indispensable = 'description' | 'network' | 'learningRate' | 'step' | 'trainStep' | 'dispose';

/** An engine whose state can be taken out and put back: what checkpoints and a resume need. */
export type RestorableEngine = PartialEngine &
  Pick<Engine, 'weights' | 'setWeights' | 'optimizerState' | 'setOptimizerState'>;

export function isRestorable(engine: PartialEngine): engine is RestorableEngine {
  const { weights, setWeights, optimizerState, setOptimizerState } = engine;
  return [weights, setWeights, optimizerState, setOptimizerState].every((ability) => ability !== undefined);
}

/** Whether there is a way from images to their reconstruction. */
export function canReconstruct({ reconstruct, encode, decode }: PartialEngine): boolean {
  return reconstruct !== undefined || (encode !== undefined && decode !== undefined);
}

/** Whether latents alone make images: not where skip connections lead past them. */
export function canDecode({ decode, network }: PartialEngine): boolean {
  return decode !== undefined && latentSkip(network) === undefined;
}

/** What a run tells the engine that is made for it. */
export interface EngineFactoryOptions {
  /** What initial weights are to depend on. */
  readonly seed: number;
  /** Step size of the first update. @default the engine's own */
  readonly learningRate?: number;
}

/**
 * Makes the engine of a run.
 * @param network the one that `architecture` names; where none is named, one without layers that has the images' shape
 */
export type EngineFactory = (network: Network, options: EngineFactoryOptions) => PartialEngine | Promise<PartialEngine>;
