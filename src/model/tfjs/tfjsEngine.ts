import { EngineError, OptionError } from '../../errors.js';
import { adamUpdate, freshOptimizer } from '../adam.js';
import type { LayerShape, Network, NetworkLayer, WeightSpec } from '../architecture.js';
import { copyTensors } from '../copyTensors.js';
import type {
  Backend,
  Engine,
  EngineDescription,
  Images,
  NamedTensors,
  OptimizerState,
  TrainingBatch,
} from '../engine.js';
import { countItems, type ItemKind, requireItems } from '../itemCount.js';
import { shapeSize } from '../layers/layerShape.js';
import { infer, lossAndGradients } from './network.js';
import { meanSquaredError, toFloats } from './toFloats.js';

/** What an engine is made from. */
interface Parts {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly learningRate: number;
}

/** A backend that runs here. */
export interface LoadedBackend {
  readonly backend: Backend;
  readonly threads: number;
  /** Why this one: a phrase for a person. */
  readonly reason: string;
}

/** Values of the largest layer that inference holds at once: 16 MiB. */
const INFERENCE_VALUES = 2 ** 22;

/**
 * TensorFlow.js computes losses and gradients; weights and Adam's moments stay here as plain arrays. So no tensor outlives
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
  #optimizer: OptimizerState;
  #updateMs = 0;
  #disposed = false;

  constructor({ network, weights, learningRate }: Parts, loaded: LoadedBackend) {
    this.description = { name: 'tfjs', ...loaded };
    this.#backend = loaded.backend;
    this.network = network;
    this.#layers = [...network.encoder, ...network.decoder];
    this.#specs = this.#layers.flatMap((layer) => layer.weights);
    this.learningRate = learningRate;
    this.#weights = copyTensors(this.#specs, weights);
    this.#optimizer = freshOptimizer(this.#weights);
  }

  get step(): number {
    return this.#optimizer.step;
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
    const images = { pixels, target, shape };
    const { loss, gradients } = lossAndGradients(this.#backend, this.#layers, this.#weights, images);
    const begun = performance.now();
    this.#optimizer = adamUpdate(this.#weights, gradients, this.#optimizer, this.#learningRate);
    this.#updateMs += performance.now() - begun;
    return loss;
  }

  evaluate({ pixels, target = pixels, length }: TrainingBatch): { readonly loss: number; readonly items: number } {
    this.#requireAlive();
    const shape = this.network.architecture.input;
    requireItems(pixels, shape, length);
    requireItems(target, shape, length);
    return { loss: meanSquaredError(this.reconstruct(pixels), toFloats(target)), items: length };
  }

  encode(images: Images): Float32Array {
    return this.#infer(this.network.encoder, images, this.network.architecture.input);
  }

  decode(latents: Float32Array): Float32Array {
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
    return this.#copyOfState(this.#optimizer);
  }

  setOptimizerState(state: OptimizerState): void {
    this.#requireAlive();
    this.#optimizer = this.#copyOfState(state);
  }

  dispose(): void {
    this.#disposed = true;
    this.#weights = new Map();
    this.#optimizer = { step: this.step, firstMoments: new Map(), secondMoments: new Map() };
  }

  #copyOfState({ step, firstMoments, secondMoments }: OptimizerState): OptimizerState {
    if (!(Number.isInteger(step) && step >= 0)) throw new OptionError('step', step, 'a whole number, 0 or more');
    return {
      step,
      firstMoments: copyTensors(this.#specs, firstMoments),
      secondMoments: copyTensors(this.#specs, secondMoments),
    };
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
