// The task: lines, an asynchronous call for each, eight at a time, and a count of what came out.
import { readPeak } from '../memory/peakMemory.js';

export const CONCURRENCY = 8;
/** Of the skewed calls one in so many is slow, and takes so long. */
const SLOW_EVERY = 200;
const SLOW_MS = 10;

export function* lines(count) {
  for (let at = 0; at < count; at++) yield `line ${at} of ${count}`;
}

/** Calls as they are to a service: all alike, or a few slow ones among many fast ones. */
export const calls = {
  even: (line) => new Promise((resolve) => setImmediate(resolve, line.length)),
  skewed: (line) =>
    Number(line.split(' ')[1]) % SLOW_EVERY === 0
      ? new Promise((resolve) => setTimeout(resolve, SLOW_MS, line.length))
      : calls.even(line),
};

/**
 * Does the task and prints what it took, as one JSON object.
 * @param {(lines: Iterable<string>, call: (line: string) => Promise<number>, options: { ordered: boolean, use: (length: number) => void }) => Promise<void> | undefined} run
 * `undefined` where the library has no such thing
 */
export async function measure(run) {
  const [count, latency, order] = process.argv.slice(2);
  let done = 0;
  const use = () => {
    done += 1;
  };
  const start = performance.now();
  const running = run(lines(Number(count)), calls[latency], { ordered: order === 'ordered', use });
  if (running === undefined) return console.log(JSON.stringify({ absent: 'has no bounded map of this kind' }));
  await running;
  const milliseconds = performance.now() - start;
  if (done !== Number(count)) throw new Error(`${done} of ${count} came out`);
  console.log(JSON.stringify({ milliseconds, peakBytes: readPeak() }));
}

/** What is installed for the bench alone. */
export async function peer(name) {
  const folder = process.env.MILLRACE_STREAMS;
  if (folder === undefined) return undefined;
  const { createRequire } = await import('node:module');
  try {
    return await import(createRequire(`${folder}/package.json`).resolve(name));
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
