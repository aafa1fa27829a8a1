// What the keys of the film do: the cursor goes from sample to sample. Pure functions of what has been chosen so far.
import { frameAt, placeAt } from '../../dashboard/film/film.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { ViewState } from '../viewState.js';

/** To the next sample (`by` 1) or the one before (-1); past the newest the film follows the run again. */
export function stepFilm({ film }: DashboardState, before: ViewState, by: number): ViewState {
  const place = Math.max(0, placeAt(film, before.cursor) + by);
  return { ...before, playing: false, cursor: film.frames[place]?.step };
}

/** To the sample before training. */
export function filmStart({ film }: DashboardState, before: ViewState): ViewState {
  return { ...before, playing: false, cursor: film.frames[0]?.step };
}

/** Follows the run again. */
export function filmEnd(before: ViewState): ViewState {
  return { ...before, playing: false, cursor: undefined };
}

/** Plays from the cursor on, from the beginning where the newest is shown; or stops where it is. */
export function togglePlaying(state: DashboardState, before: ViewState): ViewState {
  if (before.playing) return { ...before, playing: false };
  if (state.film.frames.length < 2) return { ...before, refusal: 'there is only one sample so far' };
  const newest = placeAt(state.film, before.cursor) === state.film.frames.length - 1;
  return { ...(newest ? filmStart(state, before) : before), playing: true };
}

/** One sample forward while the film plays; at its end it follows the run. Without a change, the same object. */
export function playFilm(state: DashboardState, before: ViewState): ViewState {
  if (!before.playing) return before;
  const place = placeAt(state.film, before.cursor) + 1;
  if (before.cursor === undefined || place >= state.film.frames.length) return filmEnd(before);
  return { ...before, cursor: state.film.frames[place]!.step };
}

/** The next digit (`by` 1) or the one before (-1), round and round. */
export function selectDigit({ film }: DashboardState, before: ViewState, by: number): ViewState {
  const count = frameAt(film, before.cursor)?.images.length ?? 0;
  if (count === 0) return before;
  return { ...before, digit: (((before.digit + by) % count) + count) % count };
}
