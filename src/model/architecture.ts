// A network as data: the JSON value, and what a check makes of it.

export type Activation = 'linear' | 'relu' | 'tanh' | 'sigmoid';
export type Padding = 'valid' | 'same';

/** `[height, width, channels]`, or `[units]` after flatten and dense. */
export type LayerShape = readonly number[];

export interface Conv2d {
  readonly type: 'conv2d';
  readonly filters: number;
  readonly kernelSize: number;
  /** 1 or 2. @default 1 */
  readonly strides?: number | undefined;
  /** @default 'valid' */
  readonly padding?: Padding | undefined;
  /** @default 'linear' */
  readonly activation?: Activation | undefined;
}

export interface Conv2dTranspose {
  readonly type: 'conv2dTranspose';
  readonly filters: number;
  readonly kernelSize: number;
  /** @default 1 */
  readonly strides?: number | undefined;
  /** @default 'valid' */
  readonly padding?: Padding | undefined;
  /** @default 'linear' */
  readonly activation?: Activation | undefined;
}

export interface Pooling2d {
  readonly type: 'maxPooling2d' | 'averagePooling2d';
  /** Window and stride; what is left over at the border is dropped. */
  readonly poolSize: number;
}

export interface UpSampling2d {
  readonly type: 'upSampling2d';
  /** Factor, nearest neighbour. */
  readonly size: number;
}

export interface Flatten {
  readonly type: 'flatten';
}

export interface Dense {
  readonly type: 'dense';
  readonly units: number;
  /** @default 'linear' */
  readonly activation?: Activation | undefined;
}

export interface Reshape {
  readonly type: 'reshape';
  readonly targetShape: readonly number[];
}

export interface BatchNormalization {
  readonly type: 'batchNormalization';
  /** How much of the running statistics each batch replaces, as in PyTorch; Keras's momentum is 1 less this. @default 0.1 */
  readonly momentum?: number | undefined;
  /** Added to the variance. @default 1e-5 */
  readonly epsilon?: number | undefined;
  /** @default 'linear' */
  readonly activation?: Activation | undefined;
}

export type Layer =
  | BatchNormalization
  | Conv2d
  | Conv2dTranspose
  | Pooling2d
  | UpSampling2d
  | Flatten
  | Dense
  | Reshape;

/** An autoencoder: what `--architecture FILE.json` holds. */
export interface Architecture {
  readonly name: string;
  readonly input: readonly [height: number, width: number, channels: number];
  readonly encoder: readonly Layer[];
  readonly decoder: readonly Layer[];
}

/** One weight of a layer, as safetensors and PyTorch see it. */
export interface WeightSpec {
  /** e.g. `encoder.0.weight`. */
  readonly name: string;
  /** PyTorch's layout. */
  readonly shape: readonly number[];
  /** What runs along with the training: kept with the weights, but not trained. */
  readonly isStatistic?: true;
}

/** Whether an optimizer changes it. */
export function isTrained({ isStatistic }: WeightSpec): boolean {
  return isStatistic !== true;
}

/** A layer in its place. */
export interface NetworkLayer {
  /** e.g. `decoder.1`. */
  readonly name: string;
  readonly layer: Layer;
  readonly inputShape: LayerShape;
  readonly outputShape: LayerShape;
  /** Weight and bias, or nothing. */
  readonly weights: readonly WeightSpec[];
}

/** An architecture that passed the check: every shape known, output equal to input. */
export interface Network {
  readonly architecture: Architecture;
  readonly encoder: readonly NetworkLayer[];
  readonly decoder: readonly NetworkLayer[];
  /** The encoder's output. */
  readonly latentShape: LayerShape;
  readonly parameters: number;
}

/** Every weight and bias of a network, in the order of its layers. */
export function weightSpecs({ encoder, decoder }: Network): readonly WeightSpec[] {
  return [...encoder, ...decoder].flatMap(({ weights }) => weights);
}
