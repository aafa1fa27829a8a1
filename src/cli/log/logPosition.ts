// Where the run is, of lines that say it in their own ways, or not at all.
import type { EventPosition } from '../../events/schema.js';
import type { Reading } from './reading.js';

/** Follows the lines of one run. */
export class LogPosition {
  #epoch = 1;
  #step = 0;
  /** Of the first epoch: Lightning counts from 0. */
  #firstEpoch = 1;
  /** The lines say steps, or progress. */
  #isSaid = false;
  /** Figures since the last step that was counted here. */
  #seen = new Set<string>();

  /** The place of what a line says. */
  at({ values, epoch, step, progress }: Reading): EventPosition {
    if (epoch === 0) this.#firstEpoch = 0;
    if (epoch !== undefined) this.#epoch = wholeOf(epoch - this.#firstEpoch + 1, 1);
    if (step !== undefined) this.#say(step);
    else if (progress !== undefined && values.length > 0 && progress.done <= progress.of)
      this.#say((this.#epoch - 1) * progress.of + progress.done);
    else if (!this.#isSaid) this.#count(values);
    return { epoch: this.#epoch, step: this.#step };
  }

  #say(step: number): void {
    this.#isSaid = true;
    this.#step = wholeOf(step, 0);
  }

  /** A figure that comes again is one of the next step. */
  #count(values: Reading['values']): void {
    if (values.length === 0) return;
    if (this.#step === 0 || values.some(([name]) => this.#seen.has(name))) {
      this.#step++;
      this.#seen = new Set();
    }
    for (const [name] of values) this.#seen.add(name);
  }
}

function wholeOf(value: number, least: number): number {
  return Number.isFinite(value) ? Math.min(Number.MAX_SAFE_INTEGER, Math.max(least, Math.floor(value))) : least;
}
