// What the keys of the film do: the cursor goes from sample to sample, or from picture to picture where there are no samples. Pure
// functions of what has been chosen so far.
import { frameAt } from '../../dashboard/film/film.js';
import type { DashboardState } from '../../dashboard/state.js';
import { imageSteps } from '../../dashboard/tags/imageSteps.js';
import type { ViewState } from '../viewState.js';

/** The steps of the film. */
function filmSteps({ film, tags }: DashboardState): readonly number[] {
  return film.frames.length > 0 ? film.frames.map(({ step }) => step) : imageSteps(tags);
}

/** Place of the last step at or before the cursor, the first one for any step before it; -1 where there is none. */
function placeAmong(steps: readonly number[], cursor: number | undefined): number {
  if (cursor === undefined) return steps.length - 1;
  return Math.max(
    Math.min(0, steps.length - 1),
    steps.findLastIndex((step) => step <= cursor),
  );
}

/** To the next sample (`by` 1) or the one before (-1); past the newest the film follows the run again. */
export function stepFilm(state: DashboardState, before: ViewState, by: number): ViewState {
  const steps = filmSteps(state);
  return { ...before, playing: false, cursor: steps[Math.max(0, placeAmong(steps, before.cursor) + by)] };
}

/** To the sample before training. */
export function filmStart(state: DashboardState, before: ViewState): ViewState {
  return { ...before, playing: false, cursor: filmSteps(state)[0] };
}

/** Follows the run again. */
export function filmEnd(before: ViewState): ViewState {
  return { ...before, playing: false, cursor: undefined };
}

/** Plays from the cursor on, from the beginning where the newest is shown; or stops where it is. */
export function togglePlaying(state: DashboardState, before: ViewState): ViewState {
  if (before.playing) return { ...before, playing: false };
  const steps = filmSteps(state);
  if (steps.length < 2) return { ...before, refusal: 'there is only one sample so far' };
  const newest = placeAmong(steps, before.cursor) === steps.length - 1;
  return { ...(newest ? filmStart(state, before) : before), playing: true };
}

/** One sample forward while the film plays; at its end it follows the run. Without a change, the same object. */
export function playFilm(state: DashboardState, before: ViewState): ViewState {
  if (!before.playing) return before;
  const steps = filmSteps(state);
  const place = placeAmong(steps, before.cursor) + 1;
  if (before.cursor === undefined || place >= steps.length) return filmEnd(before);
  return { ...before, cursor: steps[place]! };
}

/** The next digit (`by` 1) or the one before (-1), round and round. */
export function selectDigit({ film }: DashboardState, before: ViewState, by: number): ViewState {
  const count = frameAt(film, before.cursor)?.images.length ?? 0;
  if (count === 0) return before;
  return { ...before, digit: (((before.digit + by) % count) + count) % count };
}
