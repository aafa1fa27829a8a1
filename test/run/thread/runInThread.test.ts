// A run in a real thread, with what a module of the user's own exports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, test, vi } from 'vitest';
import { RunError } from '../../../src/errors.js';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import type { RunInput } from '../../../src/run/config.js';
import { run } from '../../../src/run/run.js';
import type { RunOptions } from '../../../src/run/runOptions.js';
import { loadOwnParts } from '../../../src/run/thread/loadOwnParts.js';
import { createCommandQueue } from '../../../src/training/commands/commandQueue.js';
import { wholeTest } from '../../fixtures/laws.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { eventsIn, modelIn, outcomeOf, samplesOf } from '../interrupted.js';

const folder = temporaryFolder();
let folders = 0;
const newFolder = (): string => join(folder, `run-${folders++}`);
const address = (name: string): URL => new URL(`fixtures/${name}.mjs`, import.meta.url);
const worker = address('ownParts');
const parts = () => loadOwnParts(worker.href);
const moduleOf = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

function collect(input: RunInput, options: RunOptions): Promise<MillraceEvent[]> {
  return lastValueFrom(run(input, options).pipe(toArray()), { defaultValue: [] });
}

/** All but what is the clock's. */
function toldBy(events: readonly MillraceEvent[]): object[] {
  return events
    .filter(({ type }) => type !== 'stats' && type !== 'run' && type !== 'checkpoint')
    .map(({ run: _, seq: __, time: ___, elapsedMs: ____, ...event }) => ({ ...event, durationMs: 0 }));
}

test('it tells what a run here tells, and goes on where it was stopped, to the same bits', async () => {
  const [here, there] = [newFolder(), newFolder()];
  const whole = await collect({ output: here, epochs: 4, shuffle: true }, await parts());
  const lines: string[] = [];
  const sink = { write: (text: string) => void lines.push(text), close: vi.fn(async () => undefined) };
  const commands = createCommandQueue();
  commands.send({ action: 'stop', step: 7 });
  const first = await collect({ output: there, epochs: 4, shuffle: true }, { worker, commands, sinks: [sink] });
  expect(lines.join('')).toBe(first.map(encodeEvent).join(''));
  expect(first).toEqual(eventsIn(there));
  expect(sink.close).not.toHaveBeenCalled();
  expect(first.at(-1)).toMatchObject({ status: 'stopped', steps: 7 });

  const onHistory = vi.fn();
  const second = await collect({ resume: there }, { worker, onHistory });
  expect(onHistory).toHaveBeenCalledOnce();
  expect(second.at(-1)).toMatchObject({ status: 'completed', steps: 12 });
  expect(outcomeOf(eventsIn(there))).toEqual(outcomeOf(whole));
  expect(await modelIn(there)).toEqual(await modelIn(here));
  const psnr = (events: readonly MillraceEvent[]) => toldBy(events).filter((event) => 'name' in event);
  expect(psnr(eventsIn(there))).toEqual(psnr(whole));
  expect(psnr(whole)).toHaveLength(4);
});

wholeTest('a program that is killed is resumed to the same bits, here or there', async () => {
  const [here, there] = [newFolder(), newFolder()];
  const config: RunInput = { epochs: 4, shuffle: true, noise: 0.2 };
  const program = [fileURLToPath(address('program')), JSON.stringify({ ...config, output: there })];
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, WAIT_IN_EPOCH: '3' },
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if ((JSON.parse(line) as MillraceEvent).type === 'checkpoint') child.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);

  const whole = await collect({ ...config, output: here }, await parts());
  const again = await collect({ resume: there }, await parts());
  expect(again[0]).toMatchObject({ type: 'run', resumedFrom: { step: 3 } });
  expect(outcomeOf(eventsIn(there))).toEqual(outcomeOf(whole));
  for (const [step, items] of samplesOf(whole)) expect(samplesOf(eventsIn(there)).get(step)).toEqual(items);
  expect(await modelIn(there)).toEqual(await modelIn(here));
});

test('unsubscribing ends it and gives its folder back', async () => {
  const output = newFolder();
  const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = ports();
  await new Promise<void>((resolve) => {
    const running = run({ output, epochs: 1_000_000 }, { worker }).subscribe(({ type }) => {
      if (type !== 'epoch') return;
      running.unsubscribe();
      resolve();
    });
  });
  await vi.waitFor(() => expect(existsSync(join(output, 'run.lock'))).toBe(false));
  await vi.waitFor(() => expect(ports()).toBeLessThanOrEqual(before));
  expect(eventsIn(output).at(-1)).not.toMatchObject({ type: 'end' });
});

describe('what goes wrong in it', () => {
  test('is the error that it would be here', async () => {
    const measure =
      'export const measure = () => { throw new RangeError("not in range", { cause: new Error("why") }); };';
    const module = moduleOf(`export * from '${worker.href}'; ${measure}`);
    const events: MillraceEvent[] = [];
    const running = run({ output: false }, { worker: module });
    const error = await running.forEach((event) => void events.push(event)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({
      message: 'not in range',
      stack: expect.stringContaining('data:'),
      cause: new Error('why'),
    });
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'failed', error: { message: /not in range/ } });
  });

  test('is a RunError where the module cannot be used', async () => {
    const error = await collect({}, { worker: address('none') }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RunError);
    expect(error).toMatchObject({
      code: 'RUN_MODULE',
      path: fileURLToPath(address('none')),
      advice: /bundled/,
    });
  });

  test('is a RunError where the thread is lost', async () => {
    await expect(collect({}, { worker: moduleOf('process.exit(3)') })).rejects.toMatchObject({
      code: 'RUN_WORKER',
      message: expect.stringMatching(/the worker thread ended with code 3/),
    });
  });

  test('is a sink’s error, after the model has been kept', async () => {
    const output = newFolder();
    const full = { write: () => Promise.reject(new Error('full')), close: async () => undefined };
    const events: MillraceEvent[] = [];
    const running = run({ output, epochs: 1_000_000 }, { worker, sinks: [full] });
    await expect(running.forEach((event) => void events.push(event))).rejects.toThrow('full');
    expect(events).toEqual([]);
    expect(existsSync(join(output, 'model.safetensors'))).toBe(true);
  });
});

test.each<[string, RunOptions]>([
  ['worker', { worker: './mine.js' as never }],
  ['stages', { worker, stages: {} }],
  ['measure', { worker, measure: () => undefined }],
])('%s is refused at once: %j', (option, options) => {
  expect(() => run({}, options)).toThrow(expect.objectContaining({ code: 'OPTION', option }));
});
