// The order of a flat vector's values. Keras flattens (row, column, channel), PyTorch and we (channel, row, column): a vector that
// was flattened here has the values of Keras's in another order, and so do the rows and columns of the dense layers beside it.
import type { LayerShape } from '../layers/definition/layerShape.js';

/** Of a vector that was an image, or becomes one. Without channels to speak of both orders are the same: `undefined`. */
export interface FlatOrder {
  readonly pixels: number;
  readonly channels: number;
}

/** The order after an image of this shape is flattened. */
export function orderOf([height = 1, width = 1, channels = 1]: LayerShape): FlatOrder | undefined {
  const pixels = height * width;
  return pixels === 1 || channels === 1 ? undefined : { pixels, channels };
}

export function isSameOrder(one: FlatOrder | undefined, other: FlatOrder | undefined): boolean {
  return one?.pixels === other?.pixels && one?.channels === other?.channels;
}

/** For each of our values its place in Keras's vector. */
export function placesInKeras(length: number, order: FlatOrder | undefined): Uint32Array {
  const places = Uint32Array.from({ length }, (_, place) => place);
  if (order === undefined) return places;
  const { pixels, channels } = order;
  return places.map((place) => (place % pixels) * channels + Math.floor(place / pixels));
}
