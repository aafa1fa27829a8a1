// Threads that end in the middle of a run, in real processes.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BIN, eventsOf, tinyJob } from '../cli/millrace.js';
import { isWhole, wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { AFTERWARDS, COOKED, closeShells, shellOn } from '../tui/pseudoTerminal.js';
import { begun, endAll, startFaulty, whenTold } from './machine.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--epochs', '10000000', '--threads', '2'];
const now = join(folder, 'now');
beforeEach(() => rmSync(now, { force: true }));
afterEach(closeShells);
afterEach(endAll);

const OUT_OF_MEMORY = whenTold('training', 'for (const kept = []; ; ) kept.push(new Array(100_000).fill({}));');
const TERMINATED = whenTold('main', 'threads[0].terminate();');
/** Whether someone hears of its end, or its part of a task is waited for, is chance; ten seconds of patience become half a second. */
const KERNEL_LOST = whenTold(
  'training',
  `import(${JSON.stringify(new URL('../../dist/model/simd/jobMemory.js', import.meta.url).href)}).then(({ JobMemory }) => {
    new JobMemory(threads[0].given.memory.buffer).write({ sliceMicroseconds: 25_000 });
    threads[0].terminate();
  });`,
);

/** Runs until the events flow, then lets the fault happen. */
async function runInto(preload: string, output: string) {
  const events = join(folder, output, 'events.ndjson');
  const { finished } = startFaulty(folder, { preload }, ...job, '--output', output, '--events', `${output}.ndjson`);
  await begun(events);
  writeFileSync(now, '');
  const { code, stderr } = await finished;
  return {
    code,
    stderr,
    kept: readFileSync(events, 'utf8'),
    copy: readFileSync(join(folder, `${output}.ndjson`), 'utf8'),
  };
}

const faults = [
  {
    name: 'out of memory',
    preload: OUT_OF_MEMORY,
    sentence: /the training ran out of memory\. Train with smaller batches/,
  },
  {
    name: 'ended by force',
    preload: TERMINATED,
    sentence: /the training stopped unexpectedly: the worker thread ended with code 1\./,
  },
];

test.runIf(isWhole).each(faults)(
  'a training thread that is $name ends the run with one sentence and whole lines',
  async ({ name, preload, sentence }) => {
    const { code, stderr, kept, copy } = await runInto(preload, name);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(sentence) });
    expect(stderr).not.toMatch(/\n\s+at /);
    for (const text of [kept, copy]) {
      expect(text.endsWith('\n')).toBe(true);
      expect(eventsOf(text).map(({ seq }) => seq)).toEqual(eventsOf(text).map((_, index) => index));
    }
  },
);

test('a kernel thread that is lost ends the run with its name, an end event and whole lines', async () => {
  const { code, stderr, kept, copy } = await runInto(KERNEL_LOST, 'kernel');
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(eventsOf(kept).at(-1)).toMatchObject({ type: 'end', status: 'failed', error: { code: 'WORKER_LOST' } });
  expect(copy).toBe(kept);
  expect(existsSync(join(folder, 'kernel', 'run.lock'))).toBe(false);
});

wholeTest('a training thread that is lost under the dashboard gives the terminal back', async () => {
  const environment = `NODE_OPTIONS=--import=file://${join(folder, 'preload.mjs')}`;
  writeFileSync(join(folder, 'preload.mjs'), TERMINATED);
  const command = ['env', environment, process.execPath, BIN, ...job, '--no-output']
    .map((word) => `'${word}'`)
    .join(' ');
  const { ended, shows, text, alternate } = shellOn(folder, `${command}${AFTERWARDS}`);
  await shows('● running');
  writeFileSync(now, '');
  await ended;
  expect(await text()).toMatch(/the training stopped unexpectedly.*\n(.*\n)*status 1\n/);
  expect(alternate()).toBe(false);
  expect(await text()).toContain(COOKED);
});
