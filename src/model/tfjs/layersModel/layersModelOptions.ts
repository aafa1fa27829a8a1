// What a user says of a model of their own in TensorFlow.js. Its own types stay out of this package's: they compile with `skipLibCheck` alone.
import { OptionError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions, wrongChoice } from '../../../options.js';
import { BACKENDS, type Backend } from '../../engine.js';
import { LOSSES, type LossName } from '../../losses/losses.js';
import { OPTIMIZERS, type OptimizerName } from '../../optimizers/optimizers.js';

/** Of a classifier: Keras's `sparse_categorical_crossentropy`, of probabilities (softmax) and class numbers. */
export const CROSS_ENTROPY = 'crossEntropy';

/** A model of `@tensorflow/tfjs-layers` (`LayersModel`), by what tells one. */
export interface OwnLayersModel {
  readonly name: string;
  readonly inputs: readonly object[];
  readonly outputs: readonly object[];
  apply(inputs: never): unknown;
}

/** An optimizer of `tf.train`. */
export interface OwnOptimizer {
  applyGradients(gradients: never): void;
}

/** A loss as those of `tf.losses`, of two tensors (target, output); the mean of the tensor that it gives is taken. */
export type LayersLoss = (target: never, output: never) => object;

export interface LayersModelOptions {
  /**
   * `mse`, `mae`, `huber`, `bce` (outputs 0..1), `crossEntropy` of labels (outputs are probabilities, of `softmax`), or a function
   * such as `tf.losses.meanSquaredError`.
   * @default 'mse'; 'crossEntropy' where labels are learnt
   */
  readonly loss?: LossName | typeof CROSS_ENTROPY | LayersLoss;
  /**
   * One of Millrace's by name, with its defaults, or one of `tf.train`, which stays yours: `tf.train.adam(0.001)`.
   * @default 'adam'
   */
  readonly optimizer?: OptimizerName | OwnOptimizer;
  /**
   * What the output is compared with: the images (or a batch's `target`), or the `labels`: class numbers, `int32`, `[items]`.
   * @default 'images'; 'labels' with the loss crossEntropy
   */
  readonly target?: 'images' | 'labels';
  /** Step size of the first update. @default the optimizer's, or 0.001 */
  readonly learningRate?: number;
  /** TensorFlow.js's backend, loaded with the training kernels that it lacks. @default the one in use, else the best that loads */
  readonly backend?: Backend;
  /** What the engine is called; a resume compares it. @default 'layersModel' */
  readonly name?: string;
}

const OPTIONS: OptionNames<LayersModelOptions> = {
  loss: true,
  optimizer: true,
  target: true,
  learningRate: true,
  backend: true,
  name: true,
};

/** The options that always have a value. */
export type ChosenLayersModel = LayersModelOptions &
  Required<Pick<LayersModelOptions, 'loss' | 'optimizer' | 'target' | 'name'>>;

const TARGETS = ['images', 'labels'] as const;

/** @throws OptionError for an option that does not exist, has no such value, or contradicts another */
export function chooseLayersModel(options: LayersModelOptions): ChosenLayersModel {
  requireKnownOptions(options, OPTIONS);
  const { optimizer = 'adam', backend, name = 'layersModel' } = options;
  const target = options.target ?? (options.loss === CROSS_ENTROPY ? 'labels' : 'images');
  if (!TARGETS.includes(target)) throw wrongChoice('target', target, TARGETS);
  const loss = options.loss ?? (target === 'labels' ? CROSS_ENTROPY : 'mse');
  if (typeof loss !== 'function') requireFittingName(loss, target);
  const isOwn = typeof Object(optimizer).applyGradients === 'function';
  if (!isOwn && !OPTIMIZERS.includes(optimizer as OptimizerName))
    throw wrongChoice('optimizer', optimizer, [...OPTIMIZERS, 'one of tf.train']);
  if (backend !== undefined && !BACKENDS.includes(backend)) throw wrongChoice('backend', backend, BACKENDS);
  return { ...options, loss, optimizer, target, name };
}

function requireFittingName(loss: string, target: 'images' | 'labels'): void {
  const names = target === 'labels' ? [CROSS_ENTROPY] : [...LOSSES];
  if (names.includes(loss)) return;
  if (![...LOSSES, CROSS_ENTROPY].includes(loss)) throw wrongChoice('loss', loss, [...LOSSES, CROSS_ENTROPY]);
  const advice = 'Give a function (target, output) => loss for any other.';
  throw new OptionError('loss', loss, `${names.join(', ')} or a function with the target ${target}`, advice);
}
