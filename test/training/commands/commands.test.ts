// What commands do to a training: sent from within the handlers of its events, which is where they are exact.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { lastValueFrom, tap, toArray } from 'rxjs';
import { describe, expect, test, vi } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import { fromIterable } from '../../../src/data/fromIterable.js';
import type { Source } from '../../../src/data/source.js';
import type { Command } from '../../../src/events/commands/command.js';
import { RunClock } from '../../../src/events/runClock.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { createStamp } from '../../../src/events/stamp.js';
import { batchesOf, fakeEngine, scriptedSource } from '../../../src/exports/testing.js';
import { connect } from '../../../src/streams/connect.js';
import type { Flow } from '../../../src/streams/flow.js';
import { fromSource } from '../../../src/streams/fromSource.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { withFlow } from '../../../src/streams/withFlow.js';
import { createCommandQueue } from '../../../src/training/commands/commandQueue.js';
import { train } from '../../../src/training/train.js';
import type { TrainOptions } from '../../../src/training/trainOptions.js';
import { datasetOf } from '../../fixtures/datasetOf.js';

/** Epochs of three batches. */
const epochs = (count: number): Batch[] =>
  Array.from({ length: count }, (_, index) => batchesOf(6, 2, { epoch: index + 1 })).flat();

interface Setting extends TrainOptions {
  readonly source?: Source<Batch>;
  readonly engine?: ReturnType<typeof fakeEngine>;
  /** Sent when an event of that name and step comes, e.g. `loss 2`. */
  readonly at?: Readonly<Record<string, readonly Command[]>>;
  readonly onEvent?: (event: MillraceEvent) => void;
}

async function trained({
  source,
  engine = fakeEngine(),
  at = {},
  onEvent = () => undefined,
  ...options
}: Setting): Promise<MillraceEvent[]> {
  const commands = options.commands ?? createCommandQueue();
  const events = pipeline(source ?? fromIterable(epochs(2)), train(engine, { ...options, commands }));
  const react = tap((event: MillraceEvent) => {
    onEvent(event);
    for (const command of at[`${event.type} ${event.step}`] ?? []) commands.send(command);
  });
  return lastValueFrom(events.pipe(react, toArray()));
}

/** `loss2 pause resume …`: commands and warnings by name, losses and epochs with their step. */
const story = (events: readonly MillraceEvent[]): string =>
  events
    .map((event) => {
      if (event.type === 'command') return event.action;
      return event.type === 'loss' || event.type === 'epoch' ? `${event.type}${event.step}` : event.type;
    })
    .join(' ');

/** For what is to be done when a training has come so far and waits: told as `loss 2`. */
function listener() {
  const seen: string[] = [];
  return {
    onEvent: ({ type, step }: MillraceEvent): void => void seen.push(`${type} ${step}`),
    async quietAfter(event: string): Promise<void> {
      await vi.waitFor(() => expect(seen).toContain(event), { interval: 1 });
      await nextTurn();
    },
  };
}

describe('a command', () => {
  test('sent from within a handler takes effect before the next update, with who asked and the value', async () => {
    const engine = fakeEngine();
    const events = await trained({
      engine,
      at: { 'loss 2': [{ action: 'learningRate', value: 0.5, from: 'keyboard' }] },
    });
    expect(story(events)).toBe('sample loss1 loss2 learningRate loss3 epoch3 loss4 loss5 loss6 epoch6 sample');
    expect(events[3]).toMatchObject({ type: 'command', step: 2, epoch: 1, value: 0.5, from: 'keyboard' });
    expect(events.map((event) => (event.type === 'loss' ? event.learningRate : 0)).filter(Boolean)).toEqual([
      0.001, 0.001, 0.5, 0.5, 0.5, 0.5,
    ]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  });

  test('says that a program asked where no one says who', async () => {
    const events = await trained({ at: { 'loss 1': [{ action: 'stop' }] } });
    expect(events.find(({ type }) => type === 'command')).toMatchObject({ from: 'api' });
  });

  test('for a step waits for it', async () => {
    const commands = createCommandQueue();
    commands.send({ action: 'stop', step: 5 });
    commands.send({ action: 'learningRate', value: 1, step: 4 });
    expect(story(await trained({ commands }))).toBe(
      'sample loss1 loss2 loss3 epoch3 loss4 learningRate loss5 stop sample',
    );
  });

  test('that comes too late for its step takes effect at once, with a warning', async () => {
    const events = await trained({ at: { 'loss 4': [{ action: 'stop', step: 2 }] } });
    expect(story(events)).toBe('sample loss1 loss2 loss3 epoch3 loss4 warning stop sample');
    expect(events[6]).toMatchObject({ code: 'COMMAND', message: expect.stringMatching(/for step 2; .* after step 4/) });
  });

  test('that makes no sense is a warning and nothing else', async () => {
    const events = await trained({
      at: { 'loss 1': [{ action: 'resume' }, { action: 'save' }, { action: 'evaluate' }] },
    });
    const warnings = events.filter(({ type }) => type === 'warning');
    expect(warnings.map((warning) => 'message' in warning && warning.message)).toEqual([
      expect.stringMatching(/^The command resume has no effect/),
      expect.stringMatching(/^The command save has no effect/),
      expect.stringMatching(/^The command evaluate has no effect/),
    ]);
    expect(story(events)).not.toMatch(/resume|save|evaluate/);
  });

  test('that there is none of is a warning, and the training is done as ever', async () => {
    const unknown = [{ action: 'finish' }, {}] as unknown as Command[];
    const events = await trained({ at: { 'sample 0': unknown } });
    expect(story(events)).toBe('sample warning warning loss1 loss2 loss3 epoch3 loss4 loss5 loss6 epoch6 sample');
  });

  test('that could not be read is a warning too', async () => {
    const commands = createCommandQueue();
    commands.send({ problem: 'A line of the commands is passed over.' });
    expect((await trained({ commands }))[1]).toMatchObject({
      type: 'warning',
      code: 'COMMAND',
      message: 'A line of the commands is passed over.',
    });
  });

  test('comes after all that belongs to its step: the sample, and the end of its epoch', async () => {
    const at = { 'sample 0': [{ action: 'learningRate', value: 1 }], 'loss 3': [{ action: 'stop' }] } as const;
    const stopped = 'sample learningRate loss1 loss2 loss3 epoch3 stop';
    expect(story(await trained({ at, stepsPerEpoch: 3, sampleEvery: 3 }))).toBe(
      stopped.replace('loss3', 'loss3 sample'),
    );
    // Also where the end of an epoch is known only by the next batch.
    expect(story(await trained({ at }))).toBe(`${stopped} sample`);
  });
});

describe('a pause', () => {
  test('lasts until resume, in which single steps are one update each', async () => {
    const at = {
      'loss 2': [{ action: 'pause' }, { action: 'step' }],
      'loss 3': [{ action: 'step' }, { action: 'step' }],
      // Sent at once it would be obeyed while a step waits for its batch.
      'loss 5': [{ action: 'resume' }],
    } as const;
    const events = await trained({ at });
    expect(story(events)).toBe(
      'sample loss1 loss2 pause step loss3 epoch3 step loss4 step loss5 resume loss6 epoch6 sample',
    );
    const steps = events.flatMap((event) => (event.type === 'command' ? [event.step] : []));
    expect(steps).toEqual([2, 2, 3, 4, 5]);
  });

  test('trains nothing, holds no more batches than the flow allows, and answers every other command', async () => {
    const source = scriptedSource(epochs(20));
    const commands = createCommandQueue();
    const engine = fakeEngine();
    const saved: number[] = [];
    const options: TrainOptions = {
      commands,
      testData: datasetOf(30),
      save: async ({ step }) => {
        saved.push(step);
        return { type: 'checkpoint', path: `${step}`, bytes: 1, durationMs: 1, best: true };
      },
    };
    let flow!: Flow;
    const events: MillraceEvent[] = [];
    const running = withFlow({ highWaterMark: 3 }, (own) => {
      flow = own;
      return connect(fromSource(source, own), own, [train(engine, options)]);
    });
    const done = running.forEach((value) => {
      const event = value as MillraceEvent;
      events.push(event);
      if (event.type === 'loss' && event.step === 2) commands.send({ action: 'pause' });
    });
    await vi.waitFor(() => expect(source.pulled).toBe(5));
    await sleep(20);
    expect([engine.step, source.pulled, flow.inFlight]).toEqual([2, 5, 3]);
    for (const action of ['evaluate', 'save', 'step', 'stop'] as const) commands.send({ action });
    await done;
    expect(story(events)).toMatch(
      /^sample loss1 loss2 pause evaluate evaluation save (checkpoint )?step (checkpoint )?loss3 (epoch3 )?stop sample/,
    );
    expect(events).toContainEqual(expect.objectContaining({ type: 'checkpoint', path: '2' }));
    expect([saved, flow.inFlight]).toEqual([[2], 0]);
  });

  test('is left out of elapsedMs and of the time of its epoch', async () => {
    let now = 0;
    const commands = createCommandQueue();
    const engine = fakeEngine({ loss: () => (now += 1) });
    const clock = new RunClock(() => now);
    const stamp = createStamp({ elapsedMs: () => clock.read() });
    const { onEvent, quietAfter } = listener();
    const running = trained({ commands, engine, clock, stamp, onEvent, at: { 'loss 2': [{ action: 'pause' }] } });
    await quietAfter('command 2');
    now += 1_000_000;
    commands.send({ action: 'resume' });
    const events = await running;
    expect(events.filter(({ type }) => type === 'loss').map(({ elapsedMs }) => elapsedMs)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events.find(({ type }) => type === 'epoch')).toMatchObject({ durationMs: 3 });
  });

  test('can be unsubscribed from: the source is closed and nothing is held', async () => {
    const source = scriptedSource(epochs(20));
    const commands = createCommandQueue();
    let flow!: Flow;
    const engine = fakeEngine();
    const running = withFlow({}, (own) => {
      flow = own;
      return connect(fromSource(source, own), own, [train(engine, { commands })]);
    });
    commands.send({ action: 'pause', step: 1 });
    const subscription = running.subscribe();
    await vi.waitFor(() => expect(source.pulled).toBe(5));
    subscription.unsubscribe();
    await flow.closed;
    commands.send({ action: 'resume' });
    await nextTurn();
    expect([engine.step, flow.inFlight, source.closed]).toEqual([1, 0, 1]);
  });

  test('works while the next batch is being waited for, and at the end of the data', async () => {
    const commands = createCommandQueue();
    const { onEvent, quietAfter } = listener();
    const send = async (...actions: readonly ('pause' | 'step' | 'resume')[]): Promise<void> => {
      for (const action of actions) {
        commands.send({ action });
        await nextTurn();
      }
    };
    async function* batches(): AsyncGenerator<Batch> {
      const [first, second, third] = epochs(1);
      yield* [first!, second!];
      await quietAfter('loss 2');
      await send('pause', 'step');
      yield third!;
    }
    const running = trained({ commands, source: fromIterable(batches()), onEvent });
    await quietAfter('epoch 3');
    await send('step', 'resume');
    const events = await running;
    expect(story(events)).toBe('sample loss1 loss2 pause step loss3 epoch3 warning resume sample');
    expect(events.at(-3)).toMatchObject({ message: expect.stringMatching(/no update is left/) });
  });

  test('ends with the error of its source', async () => {
    const commands = createCommandQueue();
    commands.send({ action: 'pause', step: 1 });
    const source = scriptedSource(epochs(2), { failAt: 3, readMs: (index) => (index === 3 ? 5 : 0) });
    await expect(trained({ commands, source })).rejects.toThrow('scripted failure');
  });
});

describe('the number of epochs', () => {
  test('can be shortened to the present one, which is finished', async () => {
    const events = await trained({
      source: fromIterable(epochs(9)),
      epochs: 9,
      at: { 'loss 4': [{ action: 'epochs', value: 2 }] },
    });
    expect(story(events)).toBe('sample loss1 loss2 loss3 epoch3 loss4 epochs loss5 loss6 epoch6 sample');
  });

  test('can be shortened after the end of the present epoch, while it is evaluated', async () => {
    const source = fromIterable(epochs(9));
    const events = await trained({
      source,
      epochs: 9,
      testData: datasetOf(10),
      at: { 'epoch 3': [{ action: 'epochs', value: 1 }] },
    });
    expect(story(events)).toBe('sample loss1 loss2 loss3 epoch3 epochs sample');
  });

  test('can be raised as long as the last one is not over', async () => {
    const source = fromIterable(epochs(9));
    const events = await trained({
      source,
      epochs: 1,
      stepsPerEpoch: 3,
      at: { 'epoch 3': [{ action: 'epochs', value: 2 }] },
    });
    expect(story(events)).toBe('sample loss1 loss2 loss3 epoch3 epochs loss4 loss5 loss6 epoch6 sample');
  });

  test('cannot be one that is over, nor more than the data allow', async () => {
    const at = {
      'loss 4': [
        { action: 'epochs', value: 1 },
        { action: 'epochs', value: 3 },
      ],
    } as const;
    const events = await trained({ epochs: 2, mostEpochs: 2, at });
    expect(story(events)).toBe('sample loss1 loss2 loss3 epoch3 loss4 warning warning loss5 loss6 epoch6 sample');
  });
});

describe('an evaluation', () => {
  test('looks at the whole test set and changes nothing', async () => {
    const engine = fakeEngine();
    const events = await trained({ engine, testData: datasetOf(50), at: { 'loss 2': [{ action: 'evaluate' }] } });
    expect(story(events)).toMatch(/loss2 evaluate evaluation loss3/);
    expect(events[4]).toMatchObject({ testLoss: 0, items: 50, step: 2, epoch: 1, durationMs: expect.any(Number) });
    expect(engine.trained).toHaveLength(6);
  });

  test('that is under way is finished by stop and dropped by abandon, which takes no sample either', async () => {
    const during = (action: 'stop' | 'abandon'): Promise<MillraceEvent[]> => {
      const commands = createCommandQueue();
      const engine = fakeEngine();
      const evaluate = engine.evaluate.bind(engine);
      let batches = 0;
      engine.evaluate = (batch) => {
        batches += 1;
        if (batches === 2) commands.send({ action });
        return evaluate(batch);
      };
      return trained({ commands, engine, testData: datasetOf(200), stepsPerEpoch: 3 });
    };
    expect(story(await during('stop'))).toBe('sample loss1 loss2 loss3 epoch3 stop sample');
    const abandoned = await during('abandon');
    expect(story(abandoned)).toBe('sample loss1 loss2 loss3 epoch3 abandon');
    expect(abandoned[4]).not.toHaveProperty('testLoss');
  });
});

describe('an end', () => {
  test('by abandon leaves the last sample out, by stop it does not', async () => {
    expect(story(await trained({ at: { 'loss 2': [{ action: 'abandon' }] } }))).toBe('sample loss1 loss2 abandon');
    expect(story(await trained({ at: { 'loss 2': [{ action: 'stop' }] } }))).toBe('sample loss1 loss2 stop sample');
  });

  test('on request comes though no batch does', async () => {
    const commands = createCommandQueue();
    const { onEvent, quietAfter } = listener();
    const running = trained({ commands, source: scriptedSource(epochs(1), { hangAt: 2 }), onEvent });
    await quietAfter('loss 2');
    commands.send({ action: 'stop' });
    expect(story(await running)).toBe('sample loss1 loss2 stop sample');
  });

  test('leaves commands for later steps alone', async () => {
    const commands = createCommandQueue();
    commands.send({ action: 'pause', step: 100 });
    expect(story(await trained({ commands }))).toBe('sample loss1 loss2 loss3 epoch3 loss4 loss5 loss6 epoch6 sample');
  });
});

describe('a save', () => {
  const checkpoint = { type: 'checkpoint', path: 'x', bytes: 1, durationMs: 1, best: true } as const;

  test('copies at its step, is written beside the training, and is waited for at the end', async () => {
    const engine = fakeEngine();
    const copied: number[] = [];
    const { onEvent, quietAfter } = listener();
    const save = async () => {
      copied.push(engine.step);
      await quietAfter('sample 6');
      return checkpoint;
    };
    const events = await trained({ engine, save, onEvent, at: { 'loss 2': [{ action: 'save' }] } });
    expect(copied).toEqual([2]);
    expect(story(events)).toBe('sample loss1 loss2 save loss3 epoch3 loss4 loss5 loss6 epoch6 sample checkpoint');
  });

  test('waits for the one before it: one copy is held at a time', async () => {
    let writing = 0;
    const save = async () => {
      writing += 1;
      expect(writing).toBe(1);
      await sleep(5);
      writing -= 1;
      return checkpoint;
    };
    const events = await trained({
      save,
      at: { 'loss 2': [{ action: 'save' }, { action: 'save' }, { action: 'save' }] },
    });
    expect(events.filter(({ type }) => type === 'checkpoint')).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  test('that fails is a warning, and the training goes on', async () => {
    const events = await trained({
      save: () => Promise.reject(new Error('full')),
      at: { 'loss 2': [{ action: 'save' }] },
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 'CHECKPOINT', message: expect.stringMatching(/full/) }),
    );
    expect(story(events)).toMatch(/loss6 epoch6 sample$/);
  });
});
