import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backgroundIn } from '../../../src/tui/screen/background.js';
import { frameDifference } from '../../../src/tui/screen/frame.js';
import { BYTES_PER_SECOND, frameClock, MOST_BYTES_AHEAD } from '../../../src/tui/screen/frameClock.js';

const patch = (row: number, column: number, text: string) => ({ row, column, columns: text.length, text });

test('the first frame clears the screen, the same frame again writes nothing', () => {
  const frame = [patch(0, 2, 'loss'), patch(1, 0, 'epoch')];
  expect(frameDifference(undefined, frame)).toBe('\u001b[0m\u001b[2J\u001b[1;3Hloss\u001b[2;1Hepoch');
  expect(frameDifference(frame, [...frame])).toBe('');
});

test('of a patch that has changed, only the cells that differ are written again', () => {
  const before = [patch(0, 2, 'loss'), patch(0, 8, '0.1')];
  expect(frameDifference(before, [patch(0, 2, 'loss'), patch(0, 8, '0.2')])).toBe('\u001b[1;11H2');
});

test('a row whose patches have moved is erased first', () => {
  expect(frameDifference([patch(0, 0, 'abc')], [patch(0, 1, 'abc')])).toBe('\u001b[1;1H\u001b[K\u001b[1;2Habc');
  expect(frameDifference([patch(0, 0, 'abc')], [])).toBe('\u001b[1;1H\u001b[K');
});

function clockAfter(...frames: number[]): [interval: number, share: number | undefined] {
  const clock = frameClock();
  for (const milliseconds of frames) clock.drawn(milliseconds, 100, 100);
  return [clock.interval(), clock.share()];
}

test('draws ten times a second, less often where a frame is dear', () => {
  expect(clockAfter(2, 2, 2)).toEqual([100, 0.02]);
  expect(clockAfter(10, 10, 10)).toEqual([500, 0.02]);
  expect(clockAfter(1e6, 1e6, 1e6)[0]).toBe(1000);
});

test('never writes more bytes a second than its budget, however long the frames are', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1e6), { minLength: 1 }), (frames) => {
      const clock = frameClock();
      let [time, sinceLast] = [0, 0];
      for (const bytes of frames) {
        clock.drawn(1, bytes, sinceLast);
        sinceLast = clock.interval();
        time += sinceLast;
      }
      const written = frames.reduce((sum, bytes) => sum + bytes, 0);
      expect(written).toBeLessThanOrEqual((time / 1000) * BYTES_PER_SECOND + MOST_BYTES_AHEAD + 1e-6);
    }),
  );
});

test('after a frame of large pictures small ones follow at once', () => {
  const clock = frameClock();
  clock.drawn(1, 45_000, 500);
  expect(clock.interval()).toBe(100);
  clock.drawn(1, 3000, 100);
  expect(clock.interval()).toBe(100);
});

test('a cold first frame does not slow the others down', () => {
  expect(clockAfter(200)).toEqual([100, undefined]);
  expect(clockAfter(200, 2, 2, 1)).toEqual([100, 0.02]);
});

test('three cheap frames end the slowness of dear ones', () => {
  expect(clockAfter(50, 50, 50, 50, 50, 50, 50, 1, 1)[0]).toBe(1000);
  expect(clockAfter(50, 50, 50, 50, 50, 50, 1, 1, 1)[0]).toBe(100);
});

test.each([
  ['\u001b]11;rgb:ffff/ffff/ffff\u0007', 'light'],
  ['\u001b]11;rgb:fd/f6/e3\u001b\\', 'light'],
  ['\u001b]11;rgb:1e1e/1e1e/1e1e\u001b\\', 'dark'],
  ['q', undefined],
])('the answer %j means %s', (answer, background) => {
  expect(backgroundIn(answer)).toBe(background);
});
