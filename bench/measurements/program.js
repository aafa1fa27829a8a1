// The whole program, as people start it: `millrace train` on gzip files, its events to a file.
import { createReadStream, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { run } from '../child.js';
import { SAMPLE } from '../options.js';
import { runOnTerminal } from '../terminal.js';

const MILLRACE = fileURLToPath(new URL('../../bin/millrace.js', import.meta.url));
const USAGE = new URL('../measure/usage.js', import.meta.url).href;

/** Flags that every run here has: nothing kept, no network. */
export function trainFlags(...flags) {
  return [MILLRACE, 'train', '--no-output', '--offline', ...flags.map(String)];
}

/**
 * Runs `millrace train` to its end.
 * @param {{ ui: 'none' | 'dashboard', flags: readonly string[] }} options
 * @returns what its events and its processor time tell
 */
export async function runProgram(setting, { ui, flags }) {
  const folder = mkdtempSync(join(setting.folder, 'program-'));
  const [events, usage] = [join(folder, 'events.ndjson'), join(folder, 'usage.json')];
  const args = ['--import', USAGE, ...trainFlags(...flags, '--ui', ui, '--events', events)];
  const options = { cwd: folder, env: { MILLRACE_BENCH_USAGE: usage }, timeLimit: 3_600_000 };
  const begun = performance.now();
  await (ui === 'none' ? run(process.execPath, args, options) : runOnTerminal(process.execPath, args, options));
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, ...(await readEvents(events)), ...JSON.parse(readFileSync(usage, 'utf8')) };
}

async function readEvents(path) {
  const [epochs, megabytes] = [[], []];
  let about = '';
  for await (const line of createInterface(createReadStream(path))) {
    const event = JSON.parse(line);
    if (event.type === 'run')
      about = `${event.engine.name}, threads ${event.engine.threads}, ${event.dataset.items} items`;
    if (event.type === 'epoch') epochs.push(event);
    if (event.type === 'stats') megabytes.push(event.rssBytes / 1e6);
  }
  return { about, imagesPerSecond: speedOf(epochs), trainLoss: epochs.at(-1)?.trainLoss, ...memoryOf(megabytes) };
}

/** Without the first epoch, which warms up. Epochs have equally many images. */
function speedOf(epochs) {
  const warm = epochs.slice(1);
  return warm.length / warm.reduce((sum, { imagesPerSecond }) => sum + 1 / imagesPerSecond, 0);
}

/** Growth: the last reading over the one at a quarter of the run, when everything has been loaded and compiled. */
function memoryOf(megabytes) {
  if (megabytes.length === 0) return {};
  const quarter = megabytes[Math.floor(megabytes.length / 4)];
  return {
    rssFirst: megabytes[0],
    rssMost: Math.max(...megabytes),
    rssLast: megabytes.at(-1),
    rssGrowth: megabytes.at(-1) / quarter,
  };
}

/** Milliseconds from the start of the process to its first `loss` event, on the embedded sample. */
export async function firstLoss(setting) {
  // No MNIST in the environment or in the cache: the program has to find its sample.
  const empty = join(setting.folder, 'empty');
  mkdirSync(empty, { recursive: true });
  const env = { MILLRACE_DATA: '', XDG_CACHE_HOME: empty, LOCALAPPDATA: empty, HOME: empty };
  const args = trainFlags('--epochs', 1, '--ui', 'none', '--events', '-');
  const begun = performance.now();
  let [milliseconds, text] = [undefined, ''];
  const onText = (more, child) => {
    if (milliseconds !== undefined) return;
    text += more;
    if (!text.includes('"type":"loss"')) return;
    milliseconds = performance.now() - begun;
    child.kill('SIGTERM');
  };
  await run(process.execPath, args, { env, cwd: tmpdir(), onText });
  return { milliseconds };
}

/** Flags for as many images as take some seconds, after a first epoch. */
export function throughputFlags({ options }) {
  const data = ['--data', options.data, '--threads', '2'];
  if (options.quick) return [...data, '--limit', '2000', '--epochs', '3'];
  return [...data, '--epochs', options.data === SAMPLE ? '31' : '6'];
}
