// Runs that are interrupted and go on, for tests: a tiny network, real folders, real files.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import type { Command } from '../../src/events/commands/command.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import type { NamedTensors } from '../../src/model/engine.js';
import { loadCheckpoint } from '../../src/model/node/checkpoint.js';
import type { RunInput } from '../../src/run/config.js';
import { run } from '../../src/run/run.js';
import type { RunOptions } from '../../src/run/runOptions.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

/** Two files of 4×4 images: 60 to train on, 20 to test with. Steps of 20 images: 3 an epoch. */
export function tinyData(folder: string): Pick<RunInput, 'data' | 'testData' | 'architecture'> {
  const write = (name: string, items: number, factor: number): string => {
    const path = join(folder, name);
    const pixels = Uint8Array.from({ length: items * 16 }, (_, at) => (at * factor) % 256);
    writeFileSync(path, encodeIdx([items, 4, 4], pixels));
    return path;
  };
  return {
    data: write('images-idx3-ubyte', 60, 37),
    testData: write('test-idx3-ubyte', 20, 53),
    architecture: { ...TINY_NETWORK },
  };
}

/** A command that waits for its step, so that it takes effect there however fast the disk is. */
export type TimedCommand = Command & { readonly step: number };

/** Runs to its end, steered; begins on one thread unless told otherwise, since a second one takes longer to start than all updates. */
export function steeredRun(
  input: RunInput,
  commands: readonly TimedCommand[] = [],
  options: RunOptions = {},
): Promise<MillraceEvent[]> {
  const begins = input.resume === undefined && input.engine !== 'tfjs';
  const queue = createCommandQueue();
  for (const command of commands) queue.send(command);
  return lastValueFrom(
    run(begins ? { threads: 1, ...input } : input, { ...options, commands: queue }).pipe(toArray()),
    {
      defaultValue: [],
    },
  );
}

/** The events in a run folder. */
export function eventsIn(folder: string): MillraceEvent[] {
  const text = readFileSync(join(folder, 'events.ndjson'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as MillraceEvent);
}

/** What a training came to: each with its step, whatever happened in between. */
export function outcomeOf(events: readonly MillraceEvent[]): object[] {
  return events.flatMap((event): object[] => {
    const { type, epoch, step } = event;
    if (event.type === 'loss') return [{ type, epoch, step, loss: event.loss, learningRate: event.learningRate }];
    if (event.type === 'epoch') return [{ type, epoch, step, trainLoss: event.trainLoss, testLoss: event.testLoss }];
    return [];
  });
}

/** Samples by step. */
export function samplesOf(events: readonly MillraceEvent[]): ReadonlyMap<number, object> {
  return new Map(events.flatMap((event) => (event.type === 'sample' ? [[event.step, event.items]] : [])));
}

/** Weights, moments and the number of updates in a run's model. */
export async function modelIn(folder: string): Promise<Readonly<Record<string, NamedTensors | number>>> {
  const { weights, optimizer } = await loadCheckpoint(join(folder, 'model.safetensors'));
  return { weights, ...optimizer.slots, step: optimizer.step };
}
