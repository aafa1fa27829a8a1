import { type ImageShape, imageSize } from '../data/batch.js';
import { EngineError } from '../errors.js';
import type { Network } from '../model/architecture.js';
import type { Engine, Images, NamedTensors, OptimizerState, TrainingBatch } from '../model/engine.js';
import { type OptionNames, requireKnownOptions } from '../options.js';

export interface FakeEngineOptions {
  /** Shape of an image. @default [2, 2, 1] */
  readonly shape?: ImageShape;
  /** What `trainStep` answers, by step from 1. @default (step) => 1 / step */
  readonly loss?: (step: number) => number;
}

const OPTIONS: OptionNames<FakeEngineOptions> = { shape: true, loss: true };

/** An engine that remembers what it was given. */
export interface FakeEngine extends Engine {
  /** What `trainStep` was given. */
  readonly trained: readonly TrainingBatch[];
  /** What `evaluate` was given. */
  readonly evaluated: readonly TrainingBatch[];
  readonly disposed: boolean;
}

/**
 * An engine without a network: latents and reconstructions are the images themselves (0..1), `evaluate` compares pixels
 * with target, and its one weight, `encoder.0.weight`, is the number of updates. It refuses what a real engine refuses.
 *
 * @example
 * import { pipeline, train } from 'millrace';
 * import { batchesOf, fakeEngine } from 'millrace/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * const engine = fakeEngine({ loss: (step) => step });
 * await lastValueFrom(pipeline(batchesOf(6, 2), train(engine)));
 * console.log(engine.step, engine.trained.length); // 3 3
 */
export function fakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  requireKnownOptions(options, OPTIONS);
  const { shape = [2, 2, 1], loss = (step) => 1 / step } = options;
  const trained: TrainingBatch[] = [];
  const evaluated: TrainingBatch[] = [];
  let weight = 0;
  let step = 0;
  let disposed = false;

  const check = (images: Images, length = Math.ceil(images.length / imageSize(shape))): void => {
    if (disposed) {
      const problem = 'the engine is disposed';
      throw new EngineError({ code: 'ENGINE_DISPOSED', problem, advice: 'Create another one.' });
    }
    const values = length * imageSize(shape);
    if (images.length === values) return;
    throw new EngineError({
      code: 'ENGINE_BATCH',
      expected: `${values} values`,
      actual: `${images.length}`,
      advice: `Give whole images of shape [${shape.join(', ')}].`,
    });
  };
  const checkBatch = ({ pixels, target = pixels, length }: TrainingBatch): void => {
    check(pixels, length);
    check(target, length);
  };
  const copy = (images: Images): Float32Array => {
    check(images);
    return floats(images);
  };
  const scalar = (value: number): NamedTensors =>
    new Map([['encoder.0.weight', { shape: [1], data: Float32Array.of(value) }]]);

  return {
    description: { name: 'tfjs', backend: 'cpu', threads: 1, reason: 'a fake for tests' },
    network: networkOf(shape),
    learningRate: 0.001,
    trained,
    evaluated,
    get step() {
      return step;
    },
    get disposed() {
      return disposed;
    },
    trainStep(batch) {
      checkBatch(batch);
      trained.push(batch);
      step += 1;
      weight += 1;
      return loss(step);
    },
    evaluate(batch) {
      checkBatch(batch);
      evaluated.push(batch);
      return { loss: meanSquaredError(batch), items: batch.length };
    },
    encode: copy,
    decode: copy,
    reconstruct: copy,
    weights: () => scalar(weight),
    setWeights(weights) {
      weight = weights.get('encoder.0.weight')?.data[0] ?? 0;
    },
    optimizerState: () => ({ step, firstMoments: scalar(0), secondMoments: scalar(0) }),
    setOptimizerState(state: OptimizerState) {
      step = state.step;
    },
    dispose() {
      disposed = true;
    },
  };
}

function networkOf(shape: ImageShape): Network {
  const weights = [{ name: 'encoder.0.weight', shape: [1] }];
  const layer = { type: 'reshape', targetShape: shape } as const;
  return {
    architecture: { name: 'fake', input: shape, encoder: [layer], decoder: [] },
    encoder: [{ name: 'encoder.0', layer, inputShape: shape, outputShape: shape, weights }],
    decoder: [],
    latentShape: shape,
    parameters: 1,
  };
}

function floats(images: Images): Float32Array {
  return images instanceof Float32Array ? images.slice() : Float32Array.from(images, (byte) => byte / 255);
}

function meanSquaredError({ pixels, target = pixels }: TrainingBatch): number {
  const [seen, wanted] = [floats(pixels), floats(target)];
  return seen.reduce((sum, value, at) => sum + (value - wanted[at]!) ** 2, 0) / seen.length;
}
