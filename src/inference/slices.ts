// Long work in turns with everything else of the thread: the event loop is never kept for much longer than a turn.
import { yieldToEventLoop } from '../yieldToEventLoop.js';

/** As long as a turn is to take: half of what a screen of 60 frames a second waits for. */
const TURN_MS = 8;
const FIRST_ITEMS = 16;
/** By how much a turn may be longer than the last one: the first ones are slow, while kernels are compiled. */
const GROWTH = 4;

/** Work of one kind, slice by slice, each as large as a turn allows; how large that is it remembers from one time to the next. */
export class Slices {
  #items = FIRST_ITEMS;

  /**
   * @param work takes the items `first` … `last − 1`
   * @throws the signal's reason on abort, between two slices
   */
  async run(items: number, work: (first: number, last: number) => void, signal?: AbortSignal): Promise<void> {
    for (let first = 0; first < items; ) {
      signal?.throwIfAborted();
      const last = Math.min(items, first + this.#items);
      const begun = performance.now();
      work(first, last);
      const factor = TURN_MS / (performance.now() - begun);
      const most = Math.max(1, Math.floor((last - first) * Math.min(GROWTH, factor)));
      // A short last slice tells of no more than itself.
      if (last - first === this.#items || most < this.#items) this.#items = most;
      first = last;
      await yieldToEventLoop();
    }
  }
}
