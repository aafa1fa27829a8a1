// How the vectors between a network's layers are ordered here, where Keras would have another order.
import type { Network, NetworkLayer } from '../architecture.js';
import { type FlatOrder, orderOf } from '../keras/flatOrder.js';

/** Of the vector that a layer takes, and of the one that it gives. */
export interface LayerOrders {
  readonly input: FlatOrder | undefined;
  readonly output: FlatOrder | undefined;
}

/** By the names of the layers. */
export function flatOrders({ encoder, decoder }: Network): ReadonlyMap<string, LayerOrders> {
  const layers = [...encoder, ...decoder];
  const orders = new Map<string, LayerOrders>();
  let order: FlatOrder | undefined;
  for (const [at, layer] of layers.entries()) {
    const input = order;
    order = outputOrder(layers, at, input);
    orders.set(layer.name, { input, output: order });
  }
  return orders;
}

function outputOrder(layers: readonly NetworkLayer[], at: number, input: FlatOrder | undefined): FlatOrder | undefined {
  const { layer, inputShape, outputShape } = layers[at]!;
  if (outputShape.length > 1) return undefined;
  if (inputShape.length > 1) return layer.type === 'flatten' ? orderOf(inputShape) : undefined;
  return layer.type === 'dense' ? orderAhead(layers.slice(at + 1)) : input;
}

/** The order of a vector that becomes an image again before another layer ties its values together. */
function orderAhead(layers: readonly NetworkLayer[]): FlatOrder | undefined {
  const end = layers.find(({ layer: { type }, outputShape }) => outputShape.length > 1 || type === 'dense');
  return end !== undefined && end.outputShape.length > 1 ? orderOf(end.outputShape) : undefined;
}
