import type { LayersModel } from '@tensorflow/tfjs-layers';
import { OptionError } from '../../../errors.js';
import { defineEngine } from '../../defineEngine.js';
import { BACKENDS, type Backend, type EngineFactory } from '../../engine.js';
import { isOpaque } from '../../opaqueNetwork.js';
import { chooseLayersModel, type LayersModelOptions, type OwnLayersModel } from '../layersModel/layersModelOptions.js';
import type { Models } from '../layersModel/layersModels.js';

/**
 * A model of your own, made with `@tensorflow/tfjs-layers`, as the engine of a run: `run(config, { engine: fromLayersModel(…) })`.
 *
 * Given an encoder and a decoder, samples show latents. Images go in as float32, 0..1, `[items, h, w, c]`, or flat where the model
 * takes `[items, h × w × c]`; what comes out has as many values, or is compared with the batch's labels (`target: 'labels'`). A
 * model of labels reports the `accuracy` on the test images as a `metric`, and has no samples.
 *
 * Model, and an optimizer that is no name, stay yours: engines made of them share their state, and `dispose` leaves them. Checkpoints
 * have all weights, by the layer's place, in Keras's layouts, and the optimizer's state: on the same backend a resume gives the
 * same bits. What cannot be saved (dropout without a seed) a `warning` says.
 *
 * @throws OptionError for an option or a model that is none. The factory throws ArchitectureError `ARCHITECTURE_SHAPE` where the
 * images do not fit, OptionError where the run names an architecture, EngineError `ENGINE_UNAVAILABLE` where no backend loads
 *
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { sequential, layers } from '@tensorflow/tfjs-layers';
 *
 * const model = sequential({
 *   layers: [
 *     layers.flatten({ inputShape: [28, 28, 1] }),
 *     layers.dense({ units: 8, activation: 'relu' }),
 *     layers.dense({ units: 784, activation: 'sigmoid' }),
 *   ],
 * });
 * const engine = fromLayersModel(model, { loss: 'mse', optimizer: 'adam' });
 * const end = await lastValueFrom(run({ limit: 20, epochs: 1, output: false }, { engine }));
 * console.log(end.status); // completed
 */
export function fromLayersModel(model: OwnLayersModel, options?: LayersModelOptions): EngineFactory;
export function fromLayersModel(
  encoder: OwnLayersModel,
  decoder: OwnLayersModel,
  options?: LayersModelOptions,
): EngineFactory;
export function fromLayersModel(
  first: OwnLayersModel,
  ...rest: readonly [(OwnLayersModel | LayersModelOptions)?, LayersModelOptions?]
): EngineFactory {
  const [second, third] = rest;
  const [decoder, given] = isModel(second) ? [second, third] : [undefined, second as LayersModelOptions | undefined];
  if (!isModel(first)) throw new OptionError('model', first, 'a model of @tensorflow/tfjs-layers');
  const options = chooseLayersModel(given ?? {});
  const models: Models = decoder === undefined ? [first] : [first, decoder];
  return defineEngine(async (network) => {
    if (!isOpaque(network))
      throw new OptionError('architecture', network.architecture.name, 'nothing with a model of your own');
    // TensorFlow.js is loaded by who has a model, not by who imports Millrace.
    const [tf, { loadBackend }, { layersEngine }] = await Promise.all([
      import('@tensorflow/tfjs-core'),
      import('./backends.js'),
      import('../layersModel/layersEngine.js'),
    ]);
    const current: string | undefined = tf.getBackend();
    const isForeign = options.backend === undefined && current !== undefined && current !== '' && !ours(current);
    const backend = isForeign ? current : (await loadBackend(options.backend ?? ours(current))).backend;
    return layersEngine(models, options, network.architecture.input, backend);
  });
}

function isModel(value: unknown): value is LayersModel {
  const { inputs, outputs, apply } = Object(value) as Partial<LayersModel>;
  return Array.isArray(inputs) && Array.isArray(outputs) && typeof apply === 'function';
}

/** Other backends, such as a browser's, are taken as they are. */
function ours(backend: string | undefined): Backend | undefined {
  return BACKENDS.find((name) => name === backend);
}
