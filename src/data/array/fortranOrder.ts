/**
 * Values whose first index changes fastest, in the order in which the last one does: item by item.
 * @param size bytes of a value
 */
export function itemByItem(values: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const [items = 1, ...dimensions] = shape;
  const places = placesInItem(dimensions);
  const sorted = new Uint8Array(values.length);
  for (const [at, place] of places.entries())
    for (let item = 0; item < items; item++)
      for (let byte = 0; byte < size; byte++)
        sorted[(item * places.length + at) * size + byte] = values[(place * items + item) * size + byte]!;
  return sorted;
}

/** Where the values of an item are among its values in Fortran's order, in C's order. */
function placesInItem(dimensions: readonly number[]): number[] {
  let places = [0];
  let stride = 1;
  for (const dimension of dimensions) {
    const step = stride;
    places = places.flatMap((place) => Array.from({ length: dimension }, (_, index) => place + index * step));
    stride *= dimension;
  }
  return places;
}
