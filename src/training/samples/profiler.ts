import type { Batch } from '../../data/batch.js';
import type { EventBody } from '../../events/schema.js';
import type { PartialEngine } from '../../model/engine.js';

type ProfileBody = Extract<EventBody, { type: 'profile' }>;

/** Updates before the first profile, when kernels run at their full speed, and from one to the next: some milliseconds each. */
const STEPS_BETWEEN = 250;

/** Profiles an engine that can tell: soon after the beginning, then when an epoch is over, though not more often than that. */
export class Profiler {
  readonly #engine: PartialEngine;
  #batch: Batch | undefined;
  #steps = 0;
  #hasProfiled = false;

  constructor(engine: PartialEngine) {
    this.#engine = engine;
  }

  /** Counts an update. @returns true when it is time for the first profile */
  count(batch: Batch): boolean {
    this.#batch = batch;
    this.#steps++;
    return this.#steps === STEPS_BETWEEN && !this.#hasProfiled && this.#engine.profile !== undefined;
  }

  /** Whether the end of an epoch is time for one. */
  get isDue(): boolean {
    return (
      this.#engine.profile !== undefined &&
      this.#batch !== undefined &&
      (!this.#hasProfiled || this.#steps >= STEPS_BETWEEN)
    );
  }

  /** On the last batch that was counted. */
  profile(): ProfileBody {
    this.#hasProfiled = true;
    this.#steps = 0;
    const { layers, updateMicroseconds } = this.#engine.profile!(this.#batch!);
    return { type: 'profile', layers: [...layers], updateMicroseconds };
  }
}
