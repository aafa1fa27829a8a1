import type { Architecture } from '../../../model/architecture.js';
import type { Tensor } from '../../../model/engine.js';
import { type NetworkPart, SCALING } from '../networkPart.js';
import { type KerasLayer, kerasLayers } from './kerasLayers.js';

export interface LayersModelFiles {
  /** `model.json`, which names the other file `weights.bin`. */
  readonly json: string;
  readonly weights: readonly Float32Array[];
}

/**
 * A part of a network as TensorFlow.js's `loadLayersModel` reads it: a Sequential of Keras's layers, float32, NHWC, any number of images.
 * @param version of Millrace
 * @see io.ModelJSON of tfjs-core
 */
export function layersModel(part: NetworkPart, architecture: Architecture, version: string): LayersModelFiles {
  const named = part.layers.flatMap((layer) => withNames(kerasLayers(layer, part.weights), layer.name));
  // Keras has no model of no layers.
  const layers =
    named.length === 0 ? withNames([{ className: 'Activation', config: { activation: 'linear' } }], 'same') : named;
  const tensors = layers.flatMap(({ config, weights = {} }) =>
    Object.entries(weights).map(([name, tensor]): [string, Tensor] => [`${config.name}/${name}`, tensor]),
  );
  const input = { name: part.inputName, batch_input_shape: [null, ...part.inputShape], dtype: 'float32' };
  const topology = [
    { class_name: 'InputLayer', config: input },
    ...layers.map(({ className, config }) => ({ class_name: className, config })),
  ];
  const json = {
    format: 'layers-model',
    generatedBy: `Millrace ${version}`,
    convertedBy: null,
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: { class_name: 'Sequential', config: { name: part.name, layers: topology } },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: tensors.map(([name, { shape }]) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: { architecture, part: part.name, layout: 'NHWC', scaling: SCALING },
  };
  return { json: JSON.stringify(json), weights: tensors.map(([, { data }]) => data) };
}

/** Names that TensorFlow.js's weights are found by: `encoder_0`, and with a number where a layer becomes several. */
function withNames(layers: readonly KerasLayer[], name: string): readonly KerasLayer[] {
  const base = name.replace('.', '_');
  return layers.map((layer, index) => ({
    ...layer,
    config: { name: index === 0 ? base : `${base}_${index}`, ...layer.config },
  }));
}
