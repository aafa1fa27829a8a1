import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../../src/dashboard/history/lossHistory.js';
import { Track } from '../../../src/dashboard/replay/replayedRun.js';
import { beginning, isBeyond, movedOn, type Position, type Target } from '../../../src/dashboard/replay/replayState.js';
import { EventLines } from '../../../src/events/eventLines.js';
import { recordedRun } from '../../fixtures/events.js';
import { bytesOf, memoryRecording, pipedRecording } from './recordings.js';

// Long enough for a dozen snapshots: samples take about 22 kB each.
const bytes = bytesOf(recordedRun({ epochs: 2, stepsPerEpoch: 900 }));
const lines = new EventLines().push(bytes);

/** What reading from the start gives. */
function fromTheStart(target: Target): Position {
  let position = beginning;
  for (const line of lines) {
    const next = movedOn(position, line);
    if (isBeyond(next, target)) break;
    position = next;
  }
  return position;
}

/** What counts of a place: histories may share their arrays with longer ones. */
function known({ state, ...place }: Position) {
  return { ...place, state: { ...state, history: [columnsOf(state.history), state.history.lastStep] } };
}

async function readWhole(track: Track): Promise<Track> {
  while (await track.readOn(Number.POSITIVE_INFINITY));
  return track;
}

const anyTarget = fc.oneof(
  fc.record({ time: fc.double({ min: 0, max: 40_000, noNaN: true }) }),
  fc.record({ losses: fc.nat(2000) }),
);

test('any place, after any others, shows the state that reading from the start gives', async () => {
  const track = await readWhole(new Track(memoryRecording(bytes)));
  await fc.assert(
    fc.asyncProperty(fc.array(anyTarget, { minLength: 1, maxLength: 6 }), async (targets) => {
      for (const target of targets) while (await track.show(target));
      expect(known(track.position)).toEqual(known(fromTheStart(targets.at(-1)!)));
    }),
    { numRuns: 20 },
  );
});

test('while the recording is still being read, it shows as much as is known', async () => {
  const track = new Track(memoryRecording(bytes));
  await track.readOn(Number.POSITIVE_INFINITY);
  await track.show({ time: 1e9 });
  expect(track.position).toBe(track.newest);
  await readWhole(track);
  await track.show({ time: 1e9 });
  expect(track.position.losses).toBe(1800);
});

test('what cannot be read again shows the nearest moment before the target that was kept', async () => {
  const track = await readWhole(new Track(pipedRecording(bytes)));
  const target = { losses: 1000 };
  expect(await track.show(target)).toBe(false);
  const { losses } = track.position;
  expect(losses).toBeLessThanOrEqual(1000);
  expect(losses).toBeGreaterThan(600);
  const before = lines.filter(({ end }) => end <= track.position.offset).reduce(movedOn, beginning);
  expect(known(track.position)).toEqual(known(before));
});

test('a pipe is read as far as the clock is', async () => {
  const recording = pipedRecording(bytes, 1024);
  const track = new Track(recording, { paced: true });
  while (await track.readOn(2000));
  expect(known(track.newest)).toEqual(known(fromTheStart({ time: 2000 })));
  expect(recording.taken).toBeLessThan(bytes.length / 8);
});

test('run time goes on where a resumed run goes back', async () => {
  const [run, ...rest] = [...recordedRun({ epochs: 1, stepsPerEpoch: 60, end: undefined })];
  const resumed = { ...run!, elapsedMs: 400, step: 20, resumedFrom: { step: 20, checkpoint: 'x' } };
  const again = rest.filter(({ step }) => step > 20).map((event) => ({ ...event }));
  const track = await readWhole(new Track(memoryRecording(bytesOf([run!, ...rest, resumed, ...again]))));
  expect(track.newest).toMatchObject({ time: 2000, losses: 100, damaged: 0 });
  expect(track.newest.state.step).toBe(60);
});
