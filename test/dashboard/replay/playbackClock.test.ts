import { expect, test } from 'vitest';
import {
  commanded,
  type Extent,
  isMoving,
  type Playback,
  passed,
  playbackAt,
} from '../../../src/dashboard/replay/playbackClock.js';

const FASTEST = Number.POSITIVE_INFINITY;
const recorded: Extent = { duration: 100_000, horizon: 100_000, over: true };
const growing: Extent = { ...recorded, over: false };

const after = (start: Playback, extent: Extent, ...actions: Parameters<typeof commanded>[1][]): Playback =>
  actions.reduce((playback, action) => commanded(playback, action, extent), start);

test('at a speed, time passes as many times as fast and stops at the end of what is known', () => {
  const playback = passed(playbackAt(4), 1000, recorded);
  expect(playback.time).toBe(4000);
  expect(passed(playback, 1e9, recorded).time).toBe(100_000);
  expect(passed(passed(playback, 1e9, recorded), 50, { ...growing, duration: 100_150, horizon: 100_150 }).time).toBe(
    100_150,
  );
});

test('at the fastest, the newest is shown, whatever comes', () => {
  expect(passed(playbackAt(FASTEST), 10, growing)).toEqual({ playing: true, speed: FASTEST, time: FASTEST });
});

test('a finished recording that is shown to its end stands; one that may grow is followed', () => {
  expect(isMoving(playbackAt(FASTEST), recorded)).toBe(false);
  expect(isMoving(playbackAt(FASTEST), growing)).toBe(true);
  expect(isMoving(after(playbackAt(FASTEST), growing, 'pause'), growing)).toBe(false);
});

test('pause holds the picture, also of a run that goes on', () => {
  const held = after(playbackAt(FASTEST), growing, 'pause');
  expect(passed(held, 1000, { ...growing, duration: 200_000, horizon: 200_000 }).time).toBe(100_000);
});

test('play at the end begins again, at a speed that takes at most a minute', () => {
  expect(after(playbackAt(FASTEST), recorded, 'play')).toEqual({ playing: true, speed: 2, time: 0 });
  const hours = { duration: 7_200_000, horizon: 7_200_000, over: true };
  expect(after(playbackAt(FASTEST), hours, 'play').speed).toBe(128);
});

test('play after a pause goes on where it was, and follows a run that has nothing newer', () => {
  expect(after(playbackAt(FASTEST), growing, 'pause', 'play').time).toBe(FASTEST);
  const middle = after({ playing: true, speed: 8, time: 30_000 }, recorded, 'pause', 'play');
  expect(middle).toEqual({ playing: true, speed: 8, time: 30_000 });
});

test('back and forward go by a twentieth of the recording, and not beyond its ends', () => {
  const middle: Playback = { playing: true, speed: 1, time: 50_000 };
  expect(after(middle, recorded, 'forward').time).toBe(55_000);
  expect(after(middle, recorded, 'back').time).toBe(45_000);
  expect(after({ ...middle, time: 2000 }, recorded, 'back').time).toBe(0);
  expect(after({ ...middle, time: 99_000 }, recorded, 'forward').time).toBe(100_000);
  expect(after(middle, recorded, 'back').playing).toBe(true);
});

test('at the fastest, going back holds the picture, and going forward to the end follows again', () => {
  const back = after(playbackAt(FASTEST), growing, 'back');
  expect(back).toEqual({ playing: false, speed: FASTEST, time: 95_000 });
  expect(after(back, growing, 'forward')).toEqual({ playing: true, speed: FASTEST, time: FASTEST });
});

test('faster and slower go through the speeds, from the fastest to the next slower one and back', () => {
  const middle: Playback = { playing: true, speed: 1, time: 50_000 };
  expect(after(middle, recorded, 'faster', 'faster').speed).toBe(4);
  expect(after(middle, recorded, 'slower', 'slower', 'slower').speed).toBe(0.25);
  expect(after({ ...middle, speed: 3 }, recorded, 'slower').speed).toBe(2);
  expect(after(playbackAt(FASTEST), growing, 'slower')).toEqual({ playing: true, speed: 1024, time: 100_000 });
  expect(after({ ...middle, speed: 1024 }, recorded, 'faster').time).toBe(FASTEST);
});

test('start and end go there', () => {
  expect(after({ playing: true, speed: 2, time: 50_000 }, recorded, 'start').time).toBe(0);
  expect(after({ playing: true, speed: 2, time: 50_000 }, recorded, 'end').time).toBe(100_000);
});
