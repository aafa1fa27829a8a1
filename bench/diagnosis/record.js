// Runs a case in this process and gives its events.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCommandQueue, run } from '../../dist/exports/index.js';

const SAMPLE = fileURLToPath(new URL('../../data/mnist-sample/', import.meta.url));
const IMAGES = join(SAMPLE, 't10k-images-idx3-ubyte.gz');
/** As on a slow machine: the rules look once a second, and these runs would be over before the second look. */
const MS_A_STEP = 20;
const SAMPLES = 8;

/**
 * @param timed with the times as they were, where these are what it is about. @default false
 * @returns every event of the run, the first one `run`, the last one `end`
 */
export async function record({ config, parts = () => ({}), timed = false }) {
  const { data = 'sample', ...rest } = config;
  const { commands: wanted = [], ...own } = parts();
  const commands = createCommandQueue();
  for (const command of wanted) commands.send(command);
  const input = {
    data: data === 'images' ? IMAGES : SAMPLE,
    sampleEvery: Math.max(1, Math.floor(stepsOf(rest) / SAMPLES)),
    // An engine of one's own comes in place of the one that is configured.
    ...(own.engine === undefined && { threads: 1 }),
    output: false,
    ...rest,
  };
  const events = [];
  try {
    await run(input, { ...own, commands }).forEach((event) => {
      events.push(event);
    });
  } catch (error) {
    // Its last event says so.
    if (events.at(-1)?.type !== 'end') throw error;
  }
  if (timed) return events;
  return events
    .filter(({ type }) => type !== 'stats')
    .map((event) => ({ ...event, elapsedMs: event.step * MS_A_STEP }));
}

function stepsOf({ limit, epochs, batchSize = 20 }) {
  return Math.ceil(limit / batchSize) * epochs;
}
