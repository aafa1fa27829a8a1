// What the keys of the film do: the cursor goes from sample to sample. Pure functions of what has been chosen so far.
import type { InterfaceState } from './interface.js';
import type { DashboardState } from './state.js';

/** To the next sample (`by` 1) or the one before (-1); past the newest the film follows the run again. */
export function stepFilm({ probes }: DashboardState, before: InterfaceState, by: number): InterfaceState {
  return { ...before, playing: false, cursor: by < 0 ? probes?.step : undefined };
}

/** To the sample before training. */
export function filmStart({ probes }: DashboardState, before: InterfaceState): InterfaceState {
  return { ...before, playing: false, cursor: probes?.step };
}

/** Follows the run again. */
export function filmEnd(before: InterfaceState): InterfaceState {
  return { ...before, playing: false, cursor: undefined };
}

/** Plays from the cursor on, from the beginning where the newest is shown; or stops where it is. */
export function togglePlaying(state: DashboardState, before: InterfaceState): InterfaceState {
  if (before.playing) return { ...before, playing: false };
  return { ...filmStart(state, before), playing: state.probes !== undefined };
}

/** One sample forward while the film plays; at its end it follows the run. Without a change, the same object. */
export function playFilm(_state: DashboardState, before: InterfaceState): InterfaceState {
  return before.playing ? filmEnd(before) : before;
}

/** The next digit (`by` 1) or the one before (-1), round and round. */
export function selectDigit({ probes }: DashboardState, before: InterfaceState, by: number): InterfaceState {
  const count = probes?.images.length ?? 0;
  return count === 0 ? before : { ...before, digit: (((before.digit + by) % count) + count) % count };
}
