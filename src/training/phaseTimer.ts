import type { StatsEvent } from '../events/schema.js';
import type { Engine } from '../model/engine.js';
import type { WaitObserver } from '../streams/fromSource.js';

/**
 * `step`: an update; `readers`: delivering events; `other`: samples, evaluation and all else; `idle`: nothing, until the next
 * batch comes.
 */
export type TrainingPhase = 'step' | 'readers' | 'other' | 'idle';

/**
 * Where the time of a training goes: all of it, from here on, is in one of the phases.
 *
 * The training says what it does, and a source's reader what it waits for while the training does nothing; without a reader, that is data.
 * Updates and gradients are told apart by the engine's own clock, where it has one; otherwise all counts as gradients.
 *
 * @example
 * const phases = new PhaseTimer(engine);
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine, { phases })));
 * console.log(Object.keys(phases.snapshot()).includes('waitingMs')); // true
 */
export class PhaseTimer implements WaitObserver {
  readonly #engine: Pick<Engine, 'updateMs'>;
  readonly #now: () => number;
  readonly #updateMsBefore: number;
  readonly #spent = { source: 0, step: 0, readers: 0, other: 0 };
  #phase: TrainingPhase = 'idle';
  #idleFor: 'source' | 'readers' = 'source';
  #since: number;

  /** @param now milliseconds, monotonic */
  constructor(engine: Pick<Engine, 'updateMs'>, now: () => number = () => performance.now()) {
    this.#engine = engine;
    this.#now = now;
    this.#updateMsBefore = engine.updateMs ?? 0;
    this.#since = now();
  }

  /** Begins a phase. @returns the phase before, to go back to */
  enter(phase: TrainingPhase): TrainingPhase {
    this.#account();
    const before = this.#phase;
    this.#phase = phase;
    return before;
  }

  waitFor(what: 'source' | 'readers'): void {
    if (what === this.#idleFor) return;
    this.#account();
    this.#idleFor = what;
  }

  snapshot(): NonNullable<StatsEvent['phases']> {
    this.#account();
    const { source, step, readers, other } = this.#spent;
    const updateMs = (this.#engine.updateMs ?? 0) - this.#updateMsBefore;
    return {
      dataMs: tenths(source),
      forwardBackwardMs: tenths(step - updateMs),
      updateMs: tenths(updateMs),
      waitingMs: tenths(readers),
      otherMs: tenths(other),
    };
  }

  #account(): void {
    const now = this.#now();
    this.#spent[this.#phase === 'idle' ? this.#idleFor : this.#phase] += now - this.#since;
    this.#since = now;
  }
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
