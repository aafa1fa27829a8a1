// Asked to end while it waits for someone, in real processes: it does end, and keeps what there is.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { BIN, eventsOf, tinyJob } from '../cli/millrace.js';
import { isWhole, wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { closeShells, shellOn } from '../tui/pseudoTerminal.js';
import { begun, catchesSignals, endAll, filesIn, startFaulty } from './machine.js';

const folder = temporaryFolder();
const data = tinyJob(folder);
const endless = ['train', ...data, '--threads', '1', '--epochs', '10000000', '--ui', 'none'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Each of them in one situation; in the others all only where laws are tried whole. */
const signals = (one: (typeof SIGNALS)[number]): readonly (typeof SIGNALS)[number][] => (isWhole ? SIGNALS : [one]);
const inRun = (run: string, file = 'events.ndjson'): string => join(folder, run, file);
afterEach(endAll);
afterEach(closeShells);

describe('while stdin is silent', () => {
  const stdin = ['train', '--threads', '1', '--data', '-', '--architecture', 'tiny.json', '--ui', 'none'];
  const bytes = readFileSync(join(folder, 'tiny-idx3-ubyte'));

  test.runIf(isWhole).each(SIGNALS)('before its header, %s leaves nothing behind', async (signal) => {
    const { child, finished } = startFaulty(folder, {}, ...stdin, '--output', 'unborn', '--events', 'unborn.ndjson');
    await catchesSignals(child.pid!);
    child.kill(signal);
    expect(await finished).toMatchObject({ code: 0, stdout: '' });
    expect(existsSync(join(folder, 'unborn'))).toBe(false);
    expect(existsSync(join(folder, 'unborn.ndjson'))).toBe(false);
  });

  test.each(signals('SIGTERM'))('in the middle of the images, %s keeps the model', async (signal) => {
    const { child, finished } = startFaulty(folder, {}, ...stdin, '--output', `silent-${signal}`);
    child.stdin.write(bytes.subarray(0, 1000));
    await begun(inRun(`silent-${signal}`), 'loss', 3);
    child.kill(signal);
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
    const events = eventsOf(readFileSync(inRun(`silent-${signal}`), 'utf8'));
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'stopped', steps: 3 });
    expect(filesIn(join(folder, `silent-${signal}`))).toEqual(['events.ndjson', 'model.safetensors']);
  });
});

describe('while the reader of the events sleeps', () => {
  test.each(signals('SIGHUP'))('on stdout, %s gives it up with a name and keeps all the rest', async (signal) => {
    const { child, finished } = startFaulty(folder, {}, ...endless, '--output', `deaf-${signal}`, '--events', '-');
    child.stdout.pause();
    await still(inRun(`deaf-${signal}`));
    child.kill(signal);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    expect(await exit).toBe(1);
    child.stdout.resume();
    expect((await finished).stderr).toMatch(/^millrace: stdout: nothing has been taken for 1\.5 s since .*\n$/);
    expect(eventsOf(readFileSync(inRun(`deaf-${signal}`), 'utf8')).at(-1)).toMatchObject({
      type: 'end',
      status: 'stopped',
    });
    expect(filesIn(join(folder, `deaf-${signal}`))).toEqual(['events.ndjson', 'model.safetensors']);
  });

  wholeTest('on a fifo, one signal gives it up and two leave at once', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const holder = spawn('sh', ['-c', 'exec sleep 60 < fifo'], { cwd: folder });
    const one = startFaulty(folder, {}, ...endless, '--output', 'one', '--events', 'fifo');
    await still(inRun('one'));
    one.child.kill('SIGTERM');
    expect(await one.finished).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^millrace: fifo: nothing .*\n$/),
    });
    expect(eventsOf(readFileSync(inRun('one'), 'utf8')).at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    const two = startFaulty(folder, {}, ...endless, '--output', 'two', '--events', 'fifo');
    await still(inRun('two'));
    two.child.kill('SIGTERM');
    setTimeout(() => two.child.kill('SIGTERM'), 200);
    expect(await two.finished).toMatchObject({ code: 143 });
    holder.kill();
  });
});

test.runIf(isWhole).each(SIGNALS)(
  '%s that arrives twice within moments is one request, in good order',
  async (signal) => {
    const run = `twice-${signal}`;
    const { child, finished } = startFaulty(folder, {}, ...endless, '--output', run);
    await begun(inRun(run));
    child.kill(signal);
    child.kill(signal);
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
    expect(eventsOf(readFileSync(inRun(run), 'utf8')).at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(filesIn(join(folder, run))).toEqual(['events.ndjson', 'model.safetensors']);
  },
);

test('a terminal that is closed under the dashboard ends the run in good order', async () => {
  const { child, shows } = shellOn(folder, '', [
    ...['sh', '-c'],
    `exec "${process.execPath}" "${BIN}" train ${data.join(' ')} --epochs 10000000 --output closed 2> errors`,
  ]);
  await shows('● running');
  // As a terminal window does: everything written to it fails, and SIGHUP arrives from more than one side.
  (child as typeof child & { destroy(): void }).destroy();
  await expect.poll(() => existsSync(inRun('closed', 'model.safetensors')), { timeout: 30_000 }).toBe(true);
  await expect
    .poll(() => filesIn(join(folder, 'closed')), { timeout: 30_000 })
    .toEqual(['events.ndjson', 'model.safetensors']);
  expect(eventsOf(readFileSync(inRun('closed'), 'utf8')).at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
  expect(readFileSync(join(folder, 'errors'), 'utf8')).not.toMatch(/\n\s+at /);
});

/** Waits until a run has begun and its training waits: nothing is written any more. */
async function still(events: string): Promise<void> {
  await begun(events);
  let size = -1;
  await expect
    .poll(
      () => {
        const before = size;
        size = readFileSync(events).length;
        return size === before;
      },
      { timeout: 15_000, interval: 400 },
    )
    .toBe(true);
}
