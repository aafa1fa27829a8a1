import { expect, test } from 'vitest';
import { Player } from '../../../src/dashboard/replay/player.js';
import { Track } from '../../../src/dashboard/replay/replayedRun.js';
import { recordedRun } from '../../fixtures/events.js';
import { bytesOf, memoryRecording, pipedRecording } from './recordings.js';

// 20 ms a step: 12 s and 6 s.
const long = bytesOf(recordedRun({ epochs: 2, stepsPerEpoch: 300 }));
const short = bytesOf(recordedRun({ epochs: 1, stepsPerEpoch: 300 }));

function playerOf(recordings: readonly Buffer[], speed = Number.POSITIVE_INFINITY) {
  let now = 0;
  const tracks = recordings.map((bytes) => new Track(memoryRecording(bytes)));
  const player = new Player(tracks, { speed, now: () => now });
  const settle = async (milliseconds = 0): Promise<void> => {
    now += milliseconds;
    while (await player.turn());
  };
  const steps = (): number[] => tracks.map(({ position }) => position.state.step);
  return { player, settle, steps };
}

test('at the fastest shows everything, and says that it stands', async () => {
  const { player, settle, steps } = playerOf([long]);
  await settle();
  expect(steps()).toEqual([600]);
  expect(player.replay).toEqual({ playing: false, speed: Number.POSITIVE_INFINITY, position: 1 });
  expect(player.done).toBe(true);
});

test('at a speed shows what had happened by then', async () => {
  const { player, settle, steps } = playerOf([long], 10);
  await settle();
  expect(steps()).toEqual([0]);
  await settle(500);
  expect(steps()).toEqual([250]);
  expect(player.replay).toMatchObject({ playing: true, speed: 10 });
  expect(player.replay.position).toBeCloseTo(5 / 12);
  expect(player.done).toBe(false);
  await settle(10_000);
  expect(steps()).toEqual([600]);
  expect(player.done).toBe(true);
});

test('several runs go by one clock, each from its own beginning', async () => {
  const { settle, steps } = playerOf([long, short], 1);
  await settle();
  await settle(4000);
  expect(steps()).toEqual([200, 200]);
  await settle(4000);
  expect(steps()).toEqual([400, 300]);
});

test('goes back, stands there, and forward again', async () => {
  const { player, settle, steps } = playerOf([long]);
  await settle();
  for (let press = 0; press < 10; press++) player.command('back');
  await settle();
  expect(steps()).toEqual([300]);
  await settle(5000);
  expect(steps()).toEqual([300]);
  player.command('forward');
  await settle();
  expect(steps()).toEqual([330]);
  player.command('end');
  await settle();
  expect(steps()).toEqual([600]);
  player.command('start');
  await settle();
  expect(steps()).toEqual([0]);
});

test('a step is one loss event, back and forward, however many are pressed at once', async () => {
  const { player, settle, steps } = playerOf([long]);
  await settle();
  player.command('stepBack');
  await settle();
  expect(steps()).toEqual([599]);
  player.command('stepBack');
  player.command('stepBack');
  player.command('stepForward');
  player.command('stepBack');
  await settle();
  expect(steps()).toEqual([597]);
  player.command('stepForward');
  await settle();
  expect(steps()).toEqual([598]);
  expect(player.replay.playing).toBe(false);
});

test('no step leads beyond the ends', async () => {
  const { player, settle, steps } = playerOf([long]);
  await settle();
  player.command('start');
  player.command('stepBack');
  await settle();
  expect(steps()).toEqual([0]);
  player.command('end');
  player.command('stepForward');
  await settle();
  expect(steps()).toEqual([600]);
});

test('of several runs, a step goes to the one that has the next loss by the clock', async () => {
  const { player, settle, steps } = playerOf([long, short]);
  await settle();
  player.command('stepBack');
  await settle();
  expect(steps()).toEqual([599, 300]);
  player.command('stepForward');
  await settle();
  expect(steps()).toEqual([600, 300]);
});

test('playing on after a step continues from there', async () => {
  const { player, settle, steps } = playerOf([long], 1);
  await settle();
  await settle(2000);
  player.command('stepForward');
  await settle(3000);
  expect(steps()).toEqual([101]);
  player.command('play');
  await settle();
  await settle(1000);
  expect(steps()).toEqual([151]);
});

test('of a pipe, steps go through the moments that were kept', async () => {
  const track = new Track(pipedRecording(bytesOf(recordedRun({ epochs: 2, stepsPerEpoch: 900 }))));
  const player = new Player([track], { speed: Number.POSITIVE_INFINITY });
  while (await player.turn());
  player.command('stepBack');
  while (await player.turn());
  const { losses } = track.position;
  expect(losses).toBeLessThan(1800);
  player.command('stepForward');
  while (await player.turn());
  expect(track.position.losses).toBe(1800);
});

test('a rest ends when something is asked for', async () => {
  const { player, settle, steps } = playerOf([long]);
  await settle();
  const resting = player.rest(new AbortController().signal);
  player.command('start');
  await resting;
  await settle();
  expect(steps()).toEqual([0]);
});
