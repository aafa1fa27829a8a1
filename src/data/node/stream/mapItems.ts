import { ItemCutter } from './itemChunker.js';

/** A payload of items, each as a function changes it. What is left at the end of an item that is not whole is dropped. */
export async function* mapItems(
  payload: AsyncIterable<Uint8Array>,
  itemBytes: number,
  change: (item: Uint8Array) => Uint8Array,
): AsyncGenerator<Uint8Array, void> {
  const cutter = new ItemCutter(itemBytes);
  for await (const chunk of payload) for (const item of cutter.push(chunk)) yield change(item);
}
