import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import {
  filmEnd,
  filmStart,
  playFilm,
  selectDigit,
  stepFilm,
  togglePlaying,
} from '../../../src/tui/actions/filmCursor.js';
import { initialViewState, type ViewState } from '../../../src/tui/viewState.js';
import { recordedRun } from '../../fixtures/events.js';

/** Samples at 0, 50, 100. */
const state = [...recordedRun({ epochs: 1, stepsPerEpoch: 100, end: undefined })].reduce(reduce, initialState);
const at = (cursor: number | undefined): ViewState => ({ ...initialViewState, cursor });

test('goes from sample to sample, and past the newest follows the run again', () => {
  expect(stepFilm(state, at(undefined), -1).cursor).toBe(50);
  expect(stepFilm(state, at(50), -1).cursor).toBe(0);
  expect(stepFilm(state, at(0), -1).cursor).toBe(0);
  expect(stepFilm(state, at(50), 1).cursor).toBe(100);
  expect(stepFilm(state, at(100), 1).cursor).toBeUndefined();
});

test('goes on from the sample that is shown where the cursor stands between two', () => {
  expect(stepFilm(state, at(77), 1).cursor).toBe(100);
  expect(stepFilm(state, at(77), -1).cursor).toBe(0);
});

test('jumps to the beginning and back to the run', () => {
  expect(filmStart(state, at(undefined)).cursor).toBe(0);
  expect(filmEnd(at(50)).cursor).toBeUndefined();
});

test('plays from the beginning to the newest sample, then follows the run', () => {
  const shown: (number | undefined)[] = [];
  let look = togglePlaying(state, at(undefined));
  while (look.playing && shown.length < 10) {
    shown.push(look.cursor);
    look = playFilm(state, look);
  }
  expect(shown).toEqual([0, 50, 100]);
  expect(look).toEqual(initialViewState);
});

test('plays on from where the cursor stands, and stops where it is', () => {
  const playing = togglePlaying(state, at(50));
  expect(playing).toMatchObject({ cursor: 50, playing: true });
  expect(togglePlaying(state, playing)).toMatchObject({ cursor: 50, playing: false });
  expect(playFilm(state, at(50))).toEqual(at(50));
});

test('stepping stops the film', () => {
  expect(stepFilm(state, togglePlaying(state, at(0)), 1).playing).toBe(false);
});

test('chooses one digit after the other, round and round', () => {
  const chosen = (digit: number, by: number): number => selectDigit(state, { ...initialViewState, digit }, by).digit;
  expect([chosen(0, 1), chosen(9, 1), chosen(0, -1), chosen(3, 12)]).toEqual([1, 0, 9, 5]);
});

test('without a sample nothing moves', () => {
  expect(stepFilm(initialState, at(undefined), 1).cursor).toBeUndefined();
  expect(togglePlaying(initialState, at(undefined)).playing).toBe(false);
  expect(selectDigit(initialState, at(undefined), 1)).toEqual(at(undefined));
});
