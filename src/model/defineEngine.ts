import { OptionError } from '../errors.js';
import { type OptionNames, requireKnownParts } from '../options.js';
import { type Network, weightSpecs } from './architecture.js';
import { copyTensors } from './copyTensors.js';
import type {
  BatchLoss,
  EngineFactory,
  EngineFactoryOptions,
  Images,
  NamedTensors,
  OptimizerSlots,
  PartialEngine,
  TrainingBatch,
} from './engine.js';
import { isTrained, type WeightSpec } from './layers/definition/layerDefinition.js';
import { isOpaque, opaqueNetwork } from './opaqueNetwork.js';
import { freshOptimizerState, slotsOf } from './optimizers/optimizerState.js';
import { ADAM_SLOTS, isSlotName } from './optimizers/slotNames.js';

/** An engine of one's own, as far as it goes: only `name` and `trainStep` have to be there. */
export interface EngineDefinition {
  /** For people, and to recognise it by when a run goes on. */
  readonly name: string;
  /** What it computes with, for people. @default 'javascript' */
  readonly backend?: string;
  /** Step size of the first update where the run names none. @default 0.001 */
  readonly learningRate?: number;
  /** What its losses are called: one of Millrace's, or another name. @default 'mse' */
  readonly loss?: string;
  /** What a resume begins anew, as a phrase for people, e.g. `the random numbers of dropout`. @default nothing */
  readonly notSaved?: string | undefined;
  /** One update. Returns the loss of the batch (the mean squared error of values 0..1) before it. Synchronous. */
  trainStep(batch: TrainingBatch, learningRate: number): number;
  /**
   * The loss of a batch, alone or with more that was measured, means over its images: each becomes a `metric` event of the test
   * images after every epoch. Learns nothing. @default no test loss
   */
  evaluate?(batch: TrainingBatch): number | Pick<BatchLoss, 'loss' | 'metrics'>;
  /** What the network makes of images: 0..1, in the same layout. @default `decode(encode(images))`; without these no samples */
  reconstruct?(images: Images): Float32Array;
  /** The latents of images, as many values for each. @default samples without latents */
  encode?(images: Images): Float32Array;
  /** Images from latents. */
  decode?(latents: Float32Array): Float32Array;
  /** All weights by name; they are copied. With `setWeights` the run has checkpoints and can be resumed. @default none is kept */
  weights?(): NamedTensors;
  setWeights?(weights: NamedTensors): void;
  /**
   * What the optimizer remembers, e.g. `{ momentumBuffers }`: tensors by the names of the weights; they are copied. Slots have names
   * that are words. @default it remembers nothing
   */
  optimizerState?(): OptimizerSlots;
  /** @param step updates done until then */
  setOptimizerState?(slots: OptimizerSlots, step: number): void;
  /** Releases what it holds; called once. @default there is nothing to release */
  dispose?(): void;
}

const PARTS: OptionNames<EngineDefinition> = {
  name: true,
  backend: true,
  learningRate: true,
  loss: true,
  notSaved: true,
  trainStep: true,
  evaluate: true,
  reconstruct: true,
  encode: true,
  decode: true,
  weights: true,
  setWeights: true,
  optimizerState: true,
  setOptimizerState: true,
  dispose: true,
};

/** Makes the definition of one engine, so that each run has weights of its own. */
export type EngineAuthor = (
  network: Network,
  options: EngineFactoryOptions,
) => EngineDefinition | Promise<EngineDefinition>;

/**
 * An engine of one's own for `run(config, { engine })`, from a few functions. What is left out a run neither asks for nor shows.
 *
 * Given as an object, all engines made of it share its state; given as a function, each has its own, and sees the network that
 * the run's `architecture` names. Where one is named, `weights` have to bear its names; where none is, the engine may train
 * whatever it likes.
 *
 * @example
 * // Every pixel's brightness, learnt by heart.
 * const mean = defineEngine(() => {
 *   const means = new Float32Array(28 * 28);
 *   return {
 *     name: 'mean',
 *     learningRate: 0.1,
 *     trainStep({ pixels, length }, learningRate) {
 *       let sum = 0;
 *       pixels.forEach((value, at) => {
 *         const error = value / 255 - means[at % means.length];
 *         means[at % means.length] += (learningRate * error) / length;
 *         sum += error ** 2;
 *       });
 *       return sum / pixels.length;
 *     },
 *     weights: () => new Map([['means', { shape: [28, 28], data: means }]]),
 *     setWeights: (weights) => means.set(weights.get('means').data),
 *   };
 * });
 * const end = await lastValueFrom(run({ limit: 20, epochs: 3, output: false }, { engine: mean }));
 * console.log(end.type, end.status); // end completed
 *
 * @throws OptionError when `name` is empty or `learningRate` is not above 0. The factory throws WeightsError `WEIGHTS_MISMATCH`
 * where `weights` are not those of the network that the run names
 */
export function defineEngine(definition: EngineDefinition | EngineAuthor): EngineFactory {
  if (typeof definition !== 'function') requireSound(definition);
  return async (network, options) => {
    const own = typeof definition === 'function' ? await definition(network, options) : definition;
    requireSound(own);
    const weights = own.weights && copyOf(own.weights(), network);
    return engineOf(own, isOpaque(network) ? ownNetwork(own.name, network, weights) : network, options);
  };
}

function engineOf(
  own: EngineDefinition,
  network: Network,
  { learningRate = own.learningRate ?? 0.001 }: EngineFactoryOptions,
): PartialEngine {
  let step = 0;
  let disposed = false;
  const engine: PartialEngine = {
    description: { name: own.name, backend: own.backend ?? 'javascript', threads: 1, reason: 'an engine of your own' },
    network,
    lossName: own.loss,
    notSaved: own.notSaved,
    learningRate,
    get step() {
      return step;
    },
    trainStep(batch) {
      const loss = own.trainStep(batch, engine.learningRate);
      step += 1;
      return loss;
    },
    ...(own.evaluate && { evaluate: (batch) => ({ ...lossOf(own.evaluate!(batch)), items: batch.length }) }),
    ...(own.encode && { encode: (images) => own.encode!(images) }),
    ...(own.decode && { decode: (latents) => own.decode!(latents) }),
    ...(own.reconstruct && { reconstruct: (images) => own.reconstruct!(images) }),
    ...(own.weights &&
      own.setWeights && {
        weights: (names) => only(copyOf(own.weights!(), network), names),
        setWeights: (weights) => own.setWeights!(copyTensors(specsOf(own.weights!(), network), weights)),
        optimizerState: () => ({ step, slots: slotsOfOwn(own, network) }),
        setOptimizerState(state) {
          step = state.step;
          own.setOptimizerState?.(state.slots, state.step);
        },
      }),
    dispose() {
      if (!disposed) own.dispose?.();
      disposed = true;
    },
  };
  return engine;
}

function lossOf(evaluated: ReturnType<NonNullable<EngineDefinition['evaluate']>>): Omit<BatchLoss, 'items'> {
  return typeof evaluated === 'number' ? { loss: evaluated } : evaluated;
}

/** A network with layers has a whole checkpoint, Adam's moments included, so that any engine can go on from it. */
function slotsOfOwn(own: EngineDefinition, network: Network): OptimizerSlots {
  const fresh = () => freshOptimizerState(ADAM_SLOTS, isOpaque(network) ? [] : weightSpecs(network)).slots;
  const slots = own.optimizerState?.() ?? fresh();
  const names = Object.keys(slots);
  for (const name of names)
    if (!isSlotName(name)) throw new OptionError('optimizerState', name, 'slots with names of letters and digits');
  return slotsOf(names, (name) => copyTensors(specsOf(slots[name]!, network).filter(isTrained), slots[name]!));
}

function ownNetwork(name: string, { architecture }: Network, weights: NamedTensors = new Map()) {
  const parameters = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  return opaqueNetwork(name, architecture.input, parameters);
}

/** Refuses what is not of the network, and values that do not fill their shape. */
function copyOf(tensors: NamedTensors, network: Network): NamedTensors {
  return copyTensors(specsOf(tensors, network), tensors);
}

function specsOf(tensors: NamedTensors, network: Network): readonly WeightSpec[] {
  return isOpaque(network) ? [...tensors].map(([name, { shape }]) => ({ name, shape })) : weightSpecs(network);
}

function only(weights: NamedTensors, names: readonly string[] | undefined): NamedTensors {
  return names === undefined ? weights : new Map([...weights].filter(([name]) => names.includes(name)));
}

function requireSound(definition: EngineDefinition): void {
  requireKnownParts(definition, PARTS);
  const { name, learningRate = 0.001 } = definition;
  if (typeof name !== 'string' || name === '') throw new OptionError('name', name, 'a name of the engine');
  if (!(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY))
    throw new OptionError('learningRate', learningRate, 'a finite number above 0');
}
