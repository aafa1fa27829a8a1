import type { Architecture } from '../../../model/architecture.js';
import type { Tensor } from '../../../model/engine.js';
import { type NetworkPart, SCALING } from '../networkPart.js';
import { kerasLayers } from './kerasLayers.js';

export interface LayersModelFiles {
  /** `model.json`, which names the other file `weights.bin`. */
  readonly json: string;
  readonly weights: readonly Float32Array[];
}

/**
 * A part of a network as TensorFlow.js's `loadLayersModel` reads it: Keras's layers, float32, NHWC, any number of images.
 * @param version of Millrace
 * @see io.ModelJSON of tfjs-core
 */
export function layersModel(part: NetworkPart, architecture: Architecture, version: string): LayersModelFiles {
  const input = { name: part.inputName, batch_input_shape: [null, ...part.inputShape], dtype: 'float32' };
  const layers: object[] = [{ class_name: 'InputLayer', name: part.inputName, config: input, inbound_nodes: [] }];
  const tensors: [string, Tensor][] = [];
  let last: string = part.inputName;
  const outputs = new Map([[part.inputLayer ?? last, last]]);
  for (const of of part.layers) {
    for (const [index, { className, config, weights = {}, reads }] of kerasLayers(of, part.weights).entries()) {
      // TensorFlow.js finds weights by these names.
      const name = [of.name.replace('.', '_'), ...(index === 0 ? [] : [index])].join('_');
      const read = reads === undefined ? [] : [outputs.get(reads)!];
      // TensorFlow.js releases a tensor too soon that a layer takes twice.
      if (read.includes(last)) layers.push(kerasNode('Activation', `${name}_twice`, { activation: 'linear' }, [last]));
      const taken = read.includes(last) ? [last, `${name}_twice`] : [last, ...read];
      layers.push(kerasNode(className, name, config, taken));
      for (const [kind, tensor] of Object.entries(weights)) tensors.push([`${name}/${kind}`, tensor]);
      last = name;
    }
    outputs.set(of.name, last);
  }
  const json = {
    format: 'layers-model',
    generatedBy: `Millrace ${version}`,
    convertedBy: null,
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: {
        class_name: 'Model',
        config: {
          name: part.name,
          layers,
          input_layers: [[part.inputName, 0, 0]],
          output_layers: [[last, 0, 0]],
        },
      },
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

/** A layer of a functional model. @param taken names of the layers whose outputs go in */
function kerasNode(className: string, name: string, config: object, taken: readonly string[]): object {
  return {
    class_name: className,
    name,
    config: { name, ...config },
    inbound_nodes: [taken.map((from) => [from, 0, 0, {}])],
  };
}
