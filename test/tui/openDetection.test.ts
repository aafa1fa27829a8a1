import { afterEach, expect, test } from 'vitest';
import { type Detection, newDetection, withImages } from '../../src/dashboard/detection/detection.js';
import type { SampleImage } from '../../src/dashboard/film/filmFrame.js';
import { type DetectionScreen, openDetection } from '../../src/tui/openDetection.js';
import { fakeTerminal } from './fakeTerminal.js';

const SHAPE = [28, 28, 1] as const;
const THRESHOLD = 0.02;
/** A bar; what the network has made of it is half as bright. */
const input = Uint8Array.from({ length: 784 }, (_, at) => (at % 28 > 10 && at % 28 < 17 ? 255 : 0));
const anomaly = (index: number): SampleImage => ({
  ...{ index, loss: 0.05 + index / 1e5, input, reconstruction: input.map((value) => value / 2) },
  ...{ label: undefined, target: undefined, latent: undefined },
});

/** 300 images, of which each 50th is an anomaly. */
function watched(images = 300): Detection {
  let detection = newDetection({ model: 'runs/sevens', shape: SHAPE, threshold: THRESHOLD, fitted: '99 % of 60' });
  for (let index = 0; index < images; index++) {
    const isAnomaly = index % 50 === 49;
    const losses = Float32Array.of(isAnomaly ? 0.05 : 0.005 + (index % 7) / 1000);
    detection = withImages(detection, losses, isAnomaly ? [anomaly(index)] : []);
  }
  return detection;
}

let opened: DetectionScreen | undefined;
afterEach(() => opened?.close());

async function open(columns: number, rows: number, environment = {}, detection = watched()) {
  const terminal = fakeTerminal(columns, rows);
  const asked: string[] = [];
  opened = await openDetection(detection, {
    terminal,
    environment: { TERM: 'xterm-256color', LANG: 'C.UTF-8', ...environment },
    onQuit: () => asked.push('quit'),
    onInterrupt: () => asked.push('interrupt'),
  });
  return { terminal, asked, screen: opened };
}

test.each([
  { columns: 120, rows: 40, kinds: ['in', 'out', 'error'], chart: true, pictures: 6 },
  { columns: 80, rows: 24, kinds: ['in', 'out', 'error'], chart: true, pictures: 6 },
  { columns: 60, rows: 17, kinds: ['in', 'out'], chart: true, pictures: 6 },
  { columns: 40, rows: 12, kinds: ['in', 'out'], chart: false, pictures: 3 },
  { columns: 24, rows: 8, kinds: [], chart: true, pictures: 0 },
])('a terminal of $columns × $rows shows what has room', async ({ columns, rows, kinds, chart, pictures }) => {
  const { terminal } = await open(columns, rows);
  const screen = await terminal.screen();
  const text = screen.join('\n');
  expect(screen).toHaveLength(rows);
  expect(screen[0]).toContain('6 of 300');
  expect(screen.at(-1)).toBe(' q quit');
  expect(text.includes('─ error ─')).toBe(chart);
  expect(['in', 'out', 'error'].filter((kind) => screen.some((line) => line.startsWith(` ${kind} `)))).toEqual(kinds);
  // The newest first.
  const indices = [299, 249, 199, 149, 99, 49].slice(0, pictures);
  const captions = screen.at(-2)!.match(/\S+/g) ?? [];
  const errors = indices.map((index) => (0.05 + index / 1e5).toFixed(5));
  if (pictures > 0) expect(captions.filter((word) => word.includes('.'))).toEqual(errors);
  expect(screen.every((line) => line.length <= columns)).toBe(true);
});

test('the threshold, and what is above it, stand in the chart without colour, too', async () => {
  const { terminal } = await open(80, 24, { NO_COLOR: '1', LANG: 'C' });
  const text = (await terminal.screen()).join('\n');
  expect(text).toContain('- threshold 0.02000 - 99 % of 60');
  expect(text).toContain('|--');
  expect(text.match(/!/g)).toHaveLength(6);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal's own codes
  expect(terminal.writes.join('')).not.toMatch(/\u001b\[(3|4|9)\d/);
});

test('follows the stream and the size of the terminal, and gives it back', async () => {
  const { terminal, asked, screen } = await open(80, 24, {}, watched(0));
  expect((await terminal.screen()).join('\n')).toContain('none so far');
  screen.show(watched(60));
  await expect.poll(async () => (await terminal.screen())[0]).toContain('1 of 60');
  terminal.resize(40, 12);
  await expect.poll(async () => (await terminal.screen()).at(-1)).toBe(' q quit');
  terminal.type('q');
  terminal.type('\u0003');
  terminal.hangUp();
  expect(asked).toEqual(['quit', 'interrupt', 'interrupt']);
  screen.close();
  screen.close();
  expect([await terminal.onAlternateScreen(), terminal.raw, terminal.closed]).toEqual([false, false, true]);
});
