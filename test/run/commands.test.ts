// What commands do to a whole run, and that the same commands give the same run again.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, lastValueFrom, type MonoTypeOperatorFunction, tap, toArray } from 'rxjs';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import type { Command } from '../../src/events/commands/command.js';
import type { MillraceEvent, StatsEvent } from '../../src/events/schema.js';
import type { NamedTensors } from '../../src/model/engine.js';
import { loadCheckpoint } from '../../src/model/node/checkpoint.js';
import type { RunInput } from '../../src/run/config.js';
import { run } from '../../src/run/run.js';
import { type CommandQueue, createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { millrace } from '../cli/millrace.js';
import { isWhole } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const folder = temporaryFolder();

function images(name: string, items: number): string {
  const pixels = Uint8Array.from({ length: items * 16 }, (_, at) => (at * at * 31 + at * 7) % 256);
  writeFileSync(join(folder, name), encodeIdx([items, 4, 4], pixels));
  return join(folder, name);
}
const data = images('train-idx3-ubyte', 60);
const testData = images('test-idx3-ubyte', 30);
writeFileSync(join(folder, 'tiny.json'), JSON.stringify(TINY_NETWORK));

/** Three steps an epoch. */
const tiny: RunInput = {
  data,
  testData,
  architecture: join(folder, 'tiny.json'),
  threads: 1,
  epochs: 3,
  output: false,
};

/** @param at commands to send when an event of that name and step comes, e.g. `loss 2` */
function steered(
  input: RunInput,
  at: Readonly<Record<string, readonly Command[]>>,
  commands: CommandQueue = createCommandQueue(),
  also: MonoTypeOperatorFunction<MillraceEvent> = identity,
): Promise<MillraceEvent[]> {
  const react = tap((event: MillraceEvent) => {
    for (const command of at[`${event.type} ${event.step}`] ?? []) commands.send(command);
  });
  return lastValueFrom(run({ ...tiny, ...input }, { commands }).pipe(react, also, toArray()));
}

const lossesOf = (events: readonly MillraceEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'loss' ? [event.loss] : []));

describe('save', () => {
  test('writes a full checkpoint of its step into the run folder and says so', async () => {
    const output = join(folder, 'saved');
    const events = await steered({ output, checkpointEvery: 100 }, { 'loss 4': [{ action: 'save' }] });
    const checkpoint = events.find((event) => event.type === 'checkpoint');
    const path = join(output, 'step-00000004.safetensors');
    expect(checkpoint).toMatchObject({ path: 'step-00000004.safetensors', bytes: statSync(path).size, best: true });
    expect((await loadCheckpoint(path)).state).toMatchObject({ step: 4, epoch: 2, seed: 1 });
  });

  test('twice at once leaves one whole file', async () => {
    const output = join(folder, 'saved-twice');
    const events = await steered(
      { output, checkpointEvery: 100 },
      { 'loss 2': [{ action: 'save' }, { action: 'save' }] },
    );
    expect(events.filter(({ type }) => type === 'checkpoint')).toHaveLength(3);
    expect(readdirSync(output).sort()).toEqual([
      'events.ndjson',
      'model.safetensors',
      'step-00000000.safetensors',
      'step-00000002.safetensors',
    ]);
    expect((await loadCheckpoint(join(output, 'step-00000002.safetensors'))).state.step).toBe(2);
  });

  test('that fails is a warning that says where, and the run goes on', async () => {
    const output = join(folder, 'blocked');
    const commands = createCommandQueue();
    const events: MillraceEvent[] = [];
    await run({ ...tiny, output }, { commands }).forEach((event) => {
      events.push(event);
      if (event.type !== 'loss' || event.step !== 2) return;
      mkdirSync(join(output, 'step-00000002.safetensors'));
      commands.send({ action: 'save' });
    });
    expect(events).toContainEqual(
      expect.objectContaining({ code: 'CHECKPOINT', message: expect.stringMatching(/step-00000002.*found a folder/) }),
    );
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 9 });
  });

  test('without an output folder is a warning', async () => {
    const events = await steered({}, { 'loss 2': [{ action: 'save' }] });
    expect(events).toContainEqual(
      expect.objectContaining({ code: 'COMMAND', message: expect.stringMatching(/no folder/) }),
    );
  });
});

describe('a run', () => {
  test('that commands shorten ends stopped after the epoch, with its model', async () => {
    const output = join(folder, 'shortened');
    const events = await steered({ output }, { 'loss 4': [{ action: 'epochs', value: 2 }] });
    expect(events.at(-1)).toMatchObject({ status: 'stopped', steps: 6 });
    expect(existsSync(join(output, 'model.safetensors'))).toBe(true);
  });

  test('that commands lengthen goes on, and is completed', async () => {
    const events = await steered({}, { 'epoch 9': [{ action: 'epochs', value: 5 }] });
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 15 });
    expect(lossesOf(events)).toEqual(lossesOf(await steered({ epochs: 5 }, {})));
  });

  test('that is shortened and lengthened again is completed', async () => {
    const again: Command[] = [
      { action: 'epochs', value: 1 },
      { action: 'epochs', value: 3 },
    ];
    expect((await steered({}, { 'loss 2': again })).at(-1)).toMatchObject({ status: 'completed', steps: 9 });
  });

  test('that is abandoned keeps its model and ends stopped', async () => {
    const output = join(folder, 'abandoned');
    const events = await steered({ output, checkpointEvery: 100 }, { 'loss 4': [{ action: 'abandon' }] });
    expect(events.slice(-3).map(({ type }) => type)).toEqual(['command', 'checkpoint', 'end']);
    expect(events.at(-1)).toMatchObject({ status: 'stopped', steps: 4 });
    expect((await loadCheckpoint(join(output, 'model.safetensors'))).state.step).toBe(4);
  });

  test('whose stop waits for a step is not stopped before', async () => {
    const commands = createCommandQueue();
    commands.send({ action: 'stop', step: 5 });
    expect((await steered({}, {}, commands)).at(-1)).toMatchObject({ status: 'stopped', steps: 5 });
  });

  test('that is paused goes on telling how it is: no image a second', async () => {
    // Stats come on an interval of a second; nothing else here has one.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const commands = createCommandQueue();
    const seen: StatsEvent[] = [];
    await run(tiny, { commands }).forEach((event) => {
      if (event.type === 'loss' && event.step === 2) commands.send({ action: 'pause' });
      if (event.type === 'command' && event.action === 'pause') setTimeout(() => vi.advanceTimersByTime(2000), 20);
      if (event.type !== 'stats') return;
      seen.push(event);
      if (seen.length === 2) commands.send({ action: 'resume' });
    });
    expect(seen[1]?.imagesPerSecond).toBe(0);
    expect(seen[1]?.elapsedMs).toBe(seen[0]?.elapsedMs);
    expect(seen[1]?.stages).toEqual(seen[0]?.stages);
  });
});

describe('the same commands', () => {
  const output = join(folder, 'original');
  const input: RunInput = { output, epochs: 20, noise: 0.2, shuffle: true, seed: 5 };
  const original = (): Promise<MillraceEvent[]> => {
    const commands = createCommandQueue();
    const resume = tap((event: MillraceEvent) => {
      if (event.type !== 'loss' || event.step !== 5) return;
      setTimeout(() => {
        commands.send({ action: 'learningRate', value: 0.02 });
        commands.send({ action: 'resume' });
      }, 20);
    });
    const at = {
      'loss 2': [{ action: 'learningRate', value: 0.01, from: 'keyboard' }],
      'loss 4': [{ action: 'pause' }, { action: 'step' }],
      'loss 7': [{ action: 'save' }, { action: 'evaluate' }],
      'epoch 9': [{ action: 'evaluate' }, { action: 'learningRate', value: 0.003 }],
      'loss 11': [{ action: 'epochs', value: 5 }],
    } as const;
    return steered(input, at, commands, resume);
  };
  let before: MillraceEvent[];
  beforeAll(async () => {
    before = await original();
  });

  const tensorsOf = async (path: string): Promise<Record<string, NamedTensors>> => {
    const { weights, optimizer } = await loadCheckpoint(path);
    return { weights, ...optimizer.slots };
  };

  /** What of an event does not depend on the clock. */
  const told = (list: readonly MillraceEvent[]): object[] =>
    list
      .filter(({ type }) => !['run', 'stats', 'profile', 'checkpoint'].includes(type))
      .map(({ run: _, seq: __, time: ___, elapsedMs: ____, ...event }) => ({
        ...event,
        ...('durationMs' in event && { durationMs: 0 }),
        ...('imagesPerSecond' in event && { imagesPerSecond: 0 }),
        ...('from' in event && { from: 'file' }),
      }));

  test.each(isWhole ? [1, 2] : [2])('give the same run again, bit for bit, with %i threads', async (threads) => {
    const again = join(folder, `again-${threads}`);
    const flags = [
      '--data',
      data,
      '--test-data',
      testData,
      '--architecture',
      'tiny.json',
      '--noise',
      '0.2',
      '--shuffle',
    ];
    const { code, stdout } = await millrace(
      folder,
      ...['train', ...flags, '--seed', '5', '--epochs', '20', '--threads', `${threads}`, '--output', again],
      ...['--commands', join(output, 'events.ndjson'), '--events', '-', '--ui', 'none'],
    );
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as MillraceEvent);
    expect(told(events)).toEqual(told(before));
    expect(events.filter(({ type }) => type === 'command')).toHaveLength(10);
    expect(
      events.flatMap((event) => (event.type === 'command' ? [event.from] : [])).every((from) => from === 'file'),
    ).toBe(true);
    for (const file of ['model.safetensors', 'step-00000007.safetensors'])
      expect(await tensorsOf(join(again, file))).toEqual(await tensorsOf(join(output, file)));
  });
});
