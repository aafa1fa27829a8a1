import type { Batch } from '../data/batch.js';
import type { Flow } from '../streams/flow.js';

/** Batches that wait for the training; each keeps its place in the flow, so that the source is not pulled beyond the bound. */
export class BatchQueue {
  readonly #flow: Flow;
  #held: { readonly batch: Batch; readonly release: () => void }[] = [];

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  /** The next batch, which stays in the queue. */
  get next(): Batch | undefined {
    return this.#held[0]?.batch;
  }

  push(batch: Batch): void {
    this.#held.push({ batch, release: this.#flow.acquire() });
  }

  /** Takes the next batch out, works on it and gives its place back. */
  use(work: (batch: Batch) => void): void {
    const { batch, release } = this.#held.shift()!;
    work(batch);
    release();
  }

  /** Drops the batches that are left and gives their places back. */
  clear(): void {
    for (const { release } of this.#held.splice(0)) release();
  }
}
