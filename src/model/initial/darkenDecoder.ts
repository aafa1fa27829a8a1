import type { Network, NetworkLayer } from '../architecture.js';
import type { NamedTensors } from '../engine.js';
import { type Connections, weightAt } from '../layers/definition/connections.js';
import { type LayerShape, shapeSize } from '../layers/definition/layerShape.js';
import { connectionsOf } from '../layers/layers.js';

/**
 * Turns the signs of weights so that more of any channel, or unit, that a layer of the decoder takes makes the output darker.
 *
 * What a channel does is the sum of its weights to all outputs, each times what that one does further on: exact but for activations,
 * which rise everywhere. Its weights change sign together, so their distribution stays.
 */
export function darkenDecoder({ decoder }: Network, tensors: NamedTensors): void {
  const [last] = decoder.slice(-1);
  if (last === undefined) return;
  let effects: Float64Array = new Float64Array(last.outputShape.at(-1)!).fill(1);
  for (const layer of decoder.toReversed()) {
    const connections = connectionsOf(layer.layer, layer.inputShape);
    effects =
      connections === undefined
        ? carriedBack(effects, layer)
        : darken(tensors.get(layer.weights[0]!.name)!.data, connections, effects);
  }
}

/** @returns what each input does to the output, 0 or less */
function darken(weight: Float32Array, connections: Connections, effects: Float64Array): Float64Array {
  const { inputs, outputs, taps } = connections;
  return Float64Array.from({ length: inputs }, (_, input) => {
    const places = Array.from({ length: outputs * taps }, (_, place) =>
      weightAt(connections, Math.floor(place / taps), input, place % taps),
    );
    const effect = places.reduce((sum, at, place) => sum + weight[at]! * effects[Math.floor(place / taps)]!, 0);
    if (effect > 0) for (const at of places) weight[at] = -weight[at]!;
    return -Math.abs(effect);
  });
}

/** Through a layer without weights: a channel stays what it is, also where there are fewer places; flat values are in the order (channel, row, column). */
function carriedBack(effects: Float64Array, { inputShape, outputShape }: NetworkLayer): Float64Array {
  const channels = inputShape.at(-1)!;
  if (outputShape.at(-1) === channels || shapeSize(inputShape) !== shapeSize(outputShape)) return effects;
  const [taken, given] = [valuesOfChannel(inputShape), valuesOfChannel(outputShape)];
  const ofChannel = new Float64Array(channels);
  for (let value = 0; value < shapeSize(inputShape); value++)
    ofChannel[Math.floor(value / taken)]! += effects[Math.floor(value / given)]! / taken;
  return ofChannel;
}

function valuesOfChannel(shape: LayerShape): number {
  return shape.length === 1 ? 1 : shapeSize(shape) / shape.at(-1)!;
}
