import type { EpochEvent, RunEvent, StatsEvent } from '../../events/schema.js';
import type { Film } from '../film/film.js';
import type { FilmFrame } from '../film/filmFrame.js';
import type { StepValue } from '../history/stepValues.js';
import type { Trend } from '../history/trend.js';

/** What the rules look at. */
export interface Symptoms {
  readonly run: RunEvent | undefined;
  readonly trend: Trend;
  readonly learningRate: number | undefined;
  readonly epochs: readonly EpochEvent[];
  /** A test loss was measured at some time. */
  readonly tested: boolean;
  /** The samples so far, oldest first. */
  readonly samples: readonly FilmFrame[];
  /** The last readings, oldest first. */
  readonly stats: readonly StatsEvent[];
}

/** What of a state the rules look at. */
export interface Observed extends Omit<Symptoms, 'tested' | 'samples'> {
  readonly testLosses: readonly StepValue[];
  readonly film: Film;
}

export function symptomsOf({ run, trend, learningRate, epochs, testLosses, film, stats }: Observed): Symptoms {
  return { run, trend, learningRate, epochs, tested: testLosses.length > 0, samples: film.frames, stats };
}
