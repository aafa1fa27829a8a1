/** Dimensions as people write them, `60000×28×28`, cut after eight: a file may have 255. */
export function formatShape(shape: readonly number[]): string {
  return shape.length > 8 ? `${shape.slice(0, 8).join('×')}×…` : shape.join('×');
}
