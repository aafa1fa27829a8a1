import { EngineError, OptionError } from '../../errors.js';
import type { Network, NetworkLayer } from '../architecture.js';
import { copyTensors } from '../copyTensors.js';
import type {
  Backend,
  BatchLoss,
  Engine,
  EngineDescription,
  Images,
  NamedTensors,
  OptimizerState,
  TrainingBatch,
} from '../engine.js';
import { countItems, type ItemKind, requireItems } from '../itemCount.js';
import { requireDecodable } from '../latentSkip.js';
import { isTrained, type WeightSpec } from '../layers/definition/layerDefinition.js';
import type { LayerShape } from '../layers/definition/layerShape.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { evaluatePenalties, type MeasuredPenalty } from '../layers/definition/penalty.js';
import { batchLoss, outputOf } from '../losses/batchLoss.js';
import { logitsLayer, withoutSigmoid } from '../losses/logitsLayer.js';
import { type ChosenLoss, chooseLoss, isMeanSquaredError } from '../losses/lossOptions.js';
import type { ChosenOptimizer } from '../optimizers/optimizerOptions.js';
import { copyOptimizerState, freshOptimizerState } from '../optimizers/optimizerState.js';
import { updateWeights } from '../optimizers/updateWeights.js';
import { keepRunning } from '../runningStatistics.js';
import { meanPenalty } from './meanPenalty.js';
import { infer, lossAndGradients } from './network.js';
import { toFloats } from './toFloats.js';

/** What an engine is made from. */
interface Parts {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly learningRate: number;
  readonly loss: ChosenLoss;
  readonly optimizer: ChosenOptimizer;
  /** What layers that disturb values in training depend on. */
  readonly seed: number;
}

/** A backend that runs here. */
export interface LoadedBackend {
  readonly backend: Backend;
  readonly threads: number;
  /** Why this one: a phrase for a person. */
  readonly reason: string;
}

const MEAN_SQUARED_ERROR = chooseLoss({});

/** Values of the largest layer that inference holds at once: 16 MiB. */
const INFERENCE_VALUES = 2 ** 22;

/**
 * TensorFlow.js computes losses and gradients; weights and what the optimizer remembers stay here as plain arrays. So no tensor outlives
 * a call, and engines of different backends do not meet.
 */
export class TfjsEngine implements Engine {
  readonly description: EngineDescription;
  readonly network: Network;
  readonly #backend: Backend;
  readonly #layers: readonly NetworkLayer[];
  readonly #specs: readonly WeightSpec[];
  #learningRate = 0;
  #weights: NamedTensors;
  readonly #loss: ChosenLoss;
  /** The layers as they go before the loss, which may take the last sigmoid upon itself. */
  readonly #compared: readonly NetworkLayer[];
  readonly #areLogits: boolean;
  readonly #optimizer: ChosenOptimizer;
  readonly #slots: readonly string[];
  readonly #seed: number;
  #state: OptimizerState;
  #updateMs = 0;
  #disposed = false;

  constructor({ network, weights, learningRate, loss, optimizer, seed }: Parts, loaded: LoadedBackend) {
    this.description = { name: 'tfjs', ...loaded };
    this.#backend = loaded.backend;
    this.network = network;
    this.#layers = [...network.encoder, ...network.decoder];
    this.#specs = this.#layers.flatMap((layer) => layer.weights);
    this.learningRate = learningRate;
    this.#weights = copyTensors(this.#specs, weights);
    this.#loss = loss;
    const logits = logitsLayer(loss, this.#layers);
    this.#compared = logits === undefined ? this.#layers : withoutSigmoid(this.#layers, logits);
    this.#areLogits = logits !== undefined;
    this.#optimizer = optimizer;
    this.#slots = optimizer.optimizer.slots(optimizer.settings);
    this.#seed = seed;
    this.#state = freshOptimizerState(this.#slots, this.#specs);
  }

  get step(): number {
    return this.#state.step;
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(value: number) {
    if (!(value > 0 && value < Infinity)) throw new OptionError('learningRate', value, 'a finite number above 0');
    this.#learningRate = value;
  }

  get updateMs(): number {
    return this.#updateMs;
  }

  trainStep({ pixels, target = pixels, length }: TrainingBatch): number {
    this.#requireAlive();
    const shape = this.network.architecture.input;
    requireItems(pixels, shape, length);
    requireItems(target, shape, length);
    const compare = isMeanSquaredError(this.#loss) ? undefined : { loss: this.#loss, areLogits: this.#areLogits };
    const training = { seed: this.#seed, step: this.step };
    const images = { pixels, target, shape, compare, training };
    const { loss, gradients, statistics } = lossAndGradients(this.#backend, this.#compared, this.#weights, images);
    const begun = performance.now();
    this.#state = updateWeights(this.#optimizer, this.#weights, gradients, this.#state, this.#learningRate);
    for (const layer of this.#layers) {
      const seen = statistics.get(layer.name);
      if (seen !== undefined) keepRunning(layer, this.#weights, seen);
    }
    this.#updateMs += performance.now() - begun;
    return loss;
  }

  evaluate({ pixels, target = pixels, length }: TrainingBatch): BatchLoss {
    this.#requireAlive();
    const shape = this.network.architecture.input;
    requireItems(pixels, shape, length);
    requireItems(target, shape, length);
    const output = this.#infer(this.#compared, pixels, shape);
    const batch = { output, target: toFloats(target), shape, areLogits: this.#areLogits };
    const { penalty, metrics } = evaluatePenalties(this.#penalties(pixels, length));
    const loss = batchLoss(this.#loss, batch) + penalty;
    if (isMeanSquaredError(this.#loss) && metrics === undefined) return { loss, items: length };
    const shown = { ...batch, output: outputOf(batch), areLogits: false };
    const meanSquaredError = batchLoss(MEAN_SQUARED_ERROR, shown);
    return { loss, items: length, meanSquaredError, ...(metrics && { metrics }) };
  }

  /** What comes to a layer that adds to the loss is computed once more: a network has one of these, as a rule, and few layers before it. */
  #penalties(pixels: Images, items: number): readonly MeasuredPenalty[] {
    const { input } = this.network.architecture;
    return this.#layers.flatMap(({ penalty }, at) => {
      if (penalty === undefined) return [];
      const values = at === 0 ? toFloats(pixels) : this.#infer(this.#layers.slice(0, at), pixels, input);
      return [{ penalty, mean: meanPenalty(penalty, values, items) }];
    });
  }

  encode(images: Images): Float32Array {
    return this.#infer(this.network.encoder, images, this.network.architecture.input);
  }

  decode(latents: Float32Array): Float32Array {
    this.#requireAlive();
    requireDecodable(this.network);
    return this.#infer(this.network.decoder, latents, this.network.latentShape, 'latents');
  }

  reconstruct(images: Images): Float32Array {
    return this.#infer(this.#layers, images, this.network.architecture.input);
  }

  weights(names?: readonly string[]): NamedTensors {
    this.#requireAlive();
    if (names === undefined) return copyTensors(this.#specs, this.#weights);
    const specs = this.#specs.filter(({ name }) => names.includes(name));
    return copyTensors(specs, new Map(specs.map(({ name }) => [name, this.#weights.get(name)!])));
  }

  setWeights(weights: NamedTensors): void {
    this.#requireAlive();
    this.#weights = copyTensors(this.#specs, weights);
  }

  optimizerState(): OptimizerState {
    this.#requireAlive();
    return this.#copyOfState(this.#state);
  }

  setOptimizerState(state: OptimizerState): void {
    this.#requireAlive();
    this.#state = this.#copyOfState(state);
  }

  dispose(): void {
    this.#disposed = true;
    this.#weights = new Map();
    this.#state = { step: this.step, slots: {} };
  }

  #copyOfState(state: OptimizerState): OptimizerState {
    return copyOptimizerState(this.#slots, this.#specs.filter(isTrained), state);
  }

  /** In portions, so that memory does not grow with the number of items. */
  #infer(layers: readonly NetworkLayer[], items: Images, shape: LayerShape, kind?: ItemKind): Float32Array {
    this.#requireAlive();
    const count = countItems(items, shape, kind);
    const outputSize = shapeSize(layers[layers.length - 1]!.outputShape);
    const largest = Math.max(shapeSize(shape), ...layers.map(({ outputShape }) => shapeSize(outputShape)));
    const portion = Math.max(1, Math.floor(INFERENCE_VALUES / largest));
    const output = new Float32Array(count * outputSize);
    for (let from = 0; from < count; from += portion) {
      const part = items.subarray(from * shapeSize(shape), (from + portion) * shapeSize(shape));
      output.set(infer(this.#backend, layers, this.#weights, part, shape), from * outputSize);
    }
    return output;
  }

  #requireAlive(): void {
    if (!this.#disposed) return;
    throw new EngineError({
      code: 'ENGINE_DISPOSED',
      problem: 'this engine has been disposed of',
      advice: 'Create another one.',
    });
  }
}
