// What the dashboard costs: milliseconds and bytes a frame at 120 × 40 and 240 × 67 with ten digits in truecolour, how many frames a second
// that gives where drawing may take 2 % of a core, and memory over a long
// run, on the events of a real one.
//
//   node --expose-gc bench/dashboard.js [--events FILE] [--frames N] [--replay N] [--json FILE]
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine, load } from './machine.js';
import { table } from './table.js';

process.env.NODE_ENV = 'production';
const [
  { dashboardLayout },
  { frameDifference },
  { initialState, reduceAll },
  { createTheme },
  { EventReader, isEvent },
  ui,
] = await Promise.all(
  ['tui/drawDashboard', 'tui/screen/frame', 'dashboard/state', 'tui/theme/theme', 'events/ndjson', 'tui/viewState'].map(
    (name) => import(`../dist/${name}.js`),
  ),
);

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    frames: { type: 'string', default: '2000' },
    // An hour at 20 a second.
    replay: { type: 'string', default: '72000' },
    json: { type: 'string' },
  },
});
const SIZE = { columns: 120, rows: 40 };
const SIZES = [SIZE, { columns: 240, rows: 67 }];
/** As the frame clock has them: the share of a core, and the most frames a second. */
const [SHARE, MOST_FRAMES] = [0.02, 10];
const VIEWS = ['overview', 'chart', 'film', 'network', 'stages', 'log'];
const REPLAYED_FRAMES = Number(values.replay);
const theme = createTheme({ color: 3, glyphs: 'braille' });

const folder = mkdtempSync(join(tmpdir(), 'millrace-dashboard-'));
try {
  const path = values.events ?? recorded(join(folder, 'events.ndjson'));
  const states = await statesOf(path, Number(values.frames));
  const frames = SIZES.flatMap((size) => VIEWS.map((view) => ({ view, size, ...frameCost(states, view, size) })));
  const memory = await replayMemory(path);
  const result = { machine: describeMachine(), load: load(), events: memory.events, frames, memory };
  print(result);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** 100,000 updates of the reference network on the embedded sample. */
function recorded(path) {
  const flags = ['--offline', '--no-output', '--ui', 'none', '--batch-size', '5', '--epochs', '50', '--events', path];
  execFileSync(process.execPath, [fileURLToPath(new URL('../bin/millrace.js', import.meta.url)), 'train', ...flags], {
    stdio: 'inherit',
    env: { ...process.env, MILLRACE_DATA: '', XDG_CACHE_HOME: folder },
  });
  return path;
}

async function* eventsOf(path) {
  const reader = new EventReader();
  for await (const text of createReadStream(path, 'utf8')) yield reader.push(text).filter(isEvent);
}

/** States as many frames would find them, evenly over the run. */
async function statesOf(path, count) {
  const states = [];
  let state = initialState;
  for await (const events of eventsOf(path)) {
    state = reduceAll(state, events);
    states.push(state);
  }
  const apart = Math.max(1, Math.floor(states.length / count));
  return states.filter((_, index) => index % apart === 0);
}

/** Each frame is drawn, and the difference to the one before it made, as on a terminal. */
function frameCost(states, name, size) {
  const draw = dashboardLayout();
  const view = { cost: 0.01, viewState: { ...ui.initialViewState, view: name } };
  const [milliseconds, bytes] = [[], []];
  let shown;
  for (const state of states) {
    const begun = performance.now();
    const { frame } = draw(state, size, view, theme);
    const difference = frameDifference(shown, frame);
    milliseconds.push(performance.now() - begun);
    bytes.push(Buffer.byteLength(difference));
    shown = frame;
  }
  return { frames: states.length, milliseconds: percentiles(milliseconds), bytes: percentiles(bytes.slice(1)) };
}

/** The clock goes by the lower quartile of the last frames. */
function framesASecond({ p25 }) {
  return Math.min(MOST_FRAMES, (SHARE * 1000) / p25);
}

function percentiles(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p25: at(0.25), p50: at(0.5), p95: at(0.95), most: sorted.at(-1) };
}

/** The whole file through the reducer, again and again, a frame each 1/20 s of an hour: what stays in memory. */
async function replayMemory(path) {
  const readings = [];
  const draw = dashboardLayout();
  let [frames, events] = [0, 0];
  let state = initialState;
  let shown;
  while (frames < REPLAYED_FRAMES) {
    for await (const some of eventsOf(path)) {
      state = reduceAll(state, some);
      events += some.length;
      for (let again = 0; again < 4 && frames < REPLAYED_FRAMES; again++, frames++) {
        const { frame } = draw(state, SIZE, { cost: again / 100 }, theme);
        frameDifference(shown, frame);
        shown = frame;
        if (frames % (REPLAYED_FRAMES / 12) === 0) readings.push(reading(frames, events));
      }
    }
  }
  readings.push(reading(frames, events));
  return { events, frames, readings };
}

function reading(frames, events) {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { frames, events, rssMegabytes: rss / 1e6, heapMegabytes: heapUsed / 1e6 };
}

function print({ machine, frames, memory }) {
  const text = (number, digits = 2) => number.toFixed(digits);
  console.log(`${machine.cpu}, ${machine.cpus} cpus, node ${machine.node}, load ${load()}\n`);
  console.log(
    table([
      ['view', 'size', 'frames', 'frames/s', 'ms p25', 'ms p50', 'ms p95', 'bytes p50', 'bytes p95', 'bytes most'],
      ...frames.map(({ view, size, frames: count, milliseconds, bytes }) => [
        view,
        `${size.columns}×${size.rows}`,
        String(count),
        text(framesASecond(milliseconds), 1),
        text(milliseconds.p25),
        text(milliseconds.p50),
        text(milliseconds.p95),
        text(bytes.p50, 0),
        text(bytes.p95, 0),
        text(bytes.most, 0),
      ]),
    ]),
  );
  console.log('');
  console.log(
    table([
      ['frames drawn', 'events', 'RSS MB', 'heap MB'],
      ...memory.readings.map((at) => [
        String(at.frames),
        String(at.events),
        text(at.rssMegabytes, 0),
        text(at.heapMegabytes, 1),
      ]),
    ]),
  );
}
