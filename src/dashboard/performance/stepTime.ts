// How long a step takes, smoothed: the time left shall follow the run without jumping with every reading.

export interface Pace {
  /** Where the last reading was taken. */
  readonly step: number;
  readonly elapsedMs: number;
  /** Time and steps so far, the old ones faded out. */
  readonly fadedMs: number;
  readonly fadedSteps: number;
}

/** After so long a reading counts 1/e: two minutes after the speed has changed, the time left is right again. */
const FADES_MS = 30_000;
/** Readings closer together would only cost time. */
const LEAST_MS = 200;
/** About the first second, which has faded a little: less says nothing of the rest of the run. */
const LEAST_MS_FOR_ESTIMATE = 950;

/** At the beginning of a process: what lies before says nothing of its speed. */
export function paceFrom(step: number, elapsedMs: number): Pace {
  return { step, elapsedMs, fadedMs: 0, fadedSteps: 0 };
}

export function paceAt(pace: Pace, step: number, elapsedMs: number): Pace {
  const [steps, milliseconds] = [step - pace.step, elapsedMs - pace.elapsedMs];
  if (steps < 0 || milliseconds < 0) return paceFrom(step, elapsedMs);
  if (steps === 0 || milliseconds < LEAST_MS) return pace;
  const fade = Math.exp(-milliseconds / FADES_MS);
  return {
    step,
    elapsedMs,
    fadedMs: pace.fadedMs * fade + milliseconds,
    fadedSteps: pace.fadedSteps * fade + steps,
  };
}

/** Nothing in the first second. */
export function millisecondsAStep({ fadedMs, fadedSteps }: Pace): number | undefined {
  return fadedMs >= LEAST_MS_FOR_ESTIMATE ? fadedMs / fadedSteps : undefined;
}
