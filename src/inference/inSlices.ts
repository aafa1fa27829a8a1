// Long work in turns with everything else of the thread: the event loop is never kept for much longer than a turn.
import { yieldToEventLoop } from '../yieldToEventLoop.js';

/** As long as a turn is to take: half of what a screen of 60 frames a second waits for. */
const TURN_MS = 8;
/** One image of a large network takes a turn by itself. */
const FIRST_ITEMS = 1;
/** By how much a turn may be longer than the last one: the first ones are slow, while kernels are compiled. */
const GROWTH = 4;

/**
 * Works on items slice by slice, each as large as a turn allows.
 * @param size values that come out of one item
 * @param work gives those of the items `first` … `last − 1`
 * @throws the signal's reason on abort, between two slices
 */
export async function inSlices(
  items: number,
  size: number,
  work: (first: number, last: number) => Float32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const result = new Float32Array(items * size);
  let slice = FIRST_ITEMS;
  for (let first = 0; first < items; ) {
    signal?.throwIfAborted();
    const last = Math.min(items, first + slice);
    const begun = performance.now();
    result.set(work(first, last), first * size);
    const factor = TURN_MS / (performance.now() - begun);
    slice = Math.max(1, Math.floor((last - first) * Math.min(GROWTH, factor)));
    first = last;
    await yieldToEventLoop();
  }
  return result;
}
