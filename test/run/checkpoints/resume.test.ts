import {
  appendFileSync,
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { loadCheckpoint } from '../../../src/model/node/checkpoint.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import type { RunInput } from '../../../src/run/config.js';
import { firstCases } from '../../fixtures/laws.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { eventsIn, modelIn, outcomeOf, samplesOf, steeredRun, type TimedCommand, tinyData } from '../interrupted.js';

const folder = temporaryFolder();
const tiny: RunInput = { ...tinyData(folder), epochs: 4, sampleEvery: 2, offline: true };
let folders = 0;

function newFolder(): string {
  return join(folder, `run-${folders++}`);
}

/** A run that is stopped after each of these steps and resumed, and then goes on to its end. */
async function interrupted(
  input: RunInput,
  stops: readonly number[],
  commands: readonly TimedCommand[] = [],
  resumed: RunInput = {},
): Promise<string> {
  const output = newFolder();
  let next: RunInput = { ...input, output };
  let done = -1;
  for (const step of [...stops, Number.POSITIVE_INFINITY]) {
    const due = commands.filter((command) => command.step > done && command.step <= step);
    await steeredRun(next, step === Number.POSITIVE_INFINITY ? due : [...due, stopAfter(step)]);
    next = { resume: output, ...resumed };
    done = step;
  }
  return output;
}

function stopAfter(step: number): TimedCommand {
  return { action: 'stop', step };
}

const everything: RunInput = { ...tiny, shuffle: true, noise: 0.3, seed: 5 };
const rates: readonly TimedCommand[] = [
  { action: 'learningRate', value: 0.02, step: 2 },
  { action: 'learningRate', value: 0.005, step: 6 },
];

const engines: readonly [string, RunInput][] = [
  ['simd, two threads', { engine: 'simd', threads: 2 }],
  ['tfjs on wasm', { engine: 'tfjs', backend: 'wasm' }],
  ['simd, one thread', { engine: 'simd', threads: 1 }],
  ['tfjs on cpu', { engine: 'tfjs', backend: 'cpu' }],
];

describe.each(firstCases(engines, 2))('a run that was interrupted comes to the same bits: %s', (_, engine) => {
  const input = { ...everything, ...engine };
  let undisturbed: string;
  let before: MillraceEvent[];
  beforeAll(async () => {
    undisturbed = newFolder();
    await steeredRun({ ...input, output: undisturbed }, rates);
    before = eventsIn(undisturbed);
  });

  test.each(firstCases([[[2, 3, 5, 7, 11]], [[3]], [[1]], [[8]]], 1))('stopped after the updates %j', async (stops) => {
    const output = await interrupted(input, stops, rates);
    const events = eventsIn(output);
    expect(outcomeOf(events)).toEqual(outcomeOf(before));
    for (const [step, items] of samplesOf(before)) expect(samplesOf(events).get(step)).toEqual(items);
    expect(await modelIn(output)).toEqual(await modelIn(undisturbed));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(new Set(events.map((event) => event.run)).size).toBe(1);
    expect(events.every(({ elapsedMs }, index) => elapsedMs >= (events[index - 1]?.elapsedMs ?? 0))).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'completed', steps: 12 });
  });
});

const learning: readonly RunInput[] = [
  { optimizer: 'rmsprop', momentum: 0.5, weightDecay: 0.01, loss: 'mae+0.3*ssim' },
  { optimizer: 'adamw', clipNorm: 0.05 },
  {},
  { optimizer: 'sgd', loss: 'bce' },
  { optimizer: 'sgd', momentum: 0.9, nesterov: true },
];

test.each(firstCases(learning, 1))('another number of threads makes no difference with %j', async (learning) => {
  const one = await interrupted({ ...everything, ...learning, threads: 1 }, [], rates);
  const more = await interrupted({ ...everything, ...learning, threads: 2 }, [2, 7], rates, { threads: 4 });
  expect(outcomeOf(eventsIn(more))).toEqual(outcomeOf(eventsIn(one)));
  expect(await modelIn(more)).toEqual(await modelIn(one));
});

const schedules: readonly RunInput[] = [
  { schedule: 'plateau', scheduleEpochs: 1, learningRate: 0.5, initial: 'glorot' },
  { schedule: 'cosine', learningRateWarmUp: 3 },
  { schedule: 'step', scheduleEpochs: 1, scheduleFactor: 0.5 },
  { schedule: 'one-cycle', optimizer: 'sgd', momentum: 0.9 },
  { learningRateWarmUp: 5 },
];

describe.each(firstCases(schedules, 2))('the learning rate with %j', (schedule) => {
  const input = { ...everything, ...schedule };
  const ratesOf = (events: readonly MillraceEvent[]) =>
    events.flatMap((event) => (event.type === 'loss' ? [event.learningRate] : []));

  test('is the same after every resume, and changes', async () => {
    const undisturbed = await interrupted(input, []);
    const output = await interrupted(input, [2, 3, 7, 10]);
    expect(outcomeOf(eventsIn(output))).toEqual(outcomeOf(eventsIn(undisturbed)));
    expect(await modelIn(output)).toEqual(await modelIn(undisturbed));
    expect(new Set(ratesOf(eventsIn(output))).size).toBeGreaterThan(1);
  });

  test('is what a command has made it from there on, also after a resume', async () => {
    const command = { action: 'learningRate', value: 0.02, step: 4 } as const;
    const output = await interrupted(input, [2, 7], [command]);
    expect(ratesOf(eventsIn(output)).slice(4)).toEqual(Array(8).fill(0.02));
  });
});

test('a schedule is planned once: more epochs keep the rates of before, and the last one for what comes', async () => {
  const cosine: RunInput = { ...tiny, schedule: 'cosine', learningRate: 0.01 };
  const longer = await interrupted({ ...cosine, epochs: 2 }, [4], [], { epochs: 3, learningRate: 0.01 });
  const rates = eventsIn(longer).flatMap((event) => (event.type === 'loss' ? [event.learningRate] : []));
  const planned = [0, 1, 2, 3, 4, 5, 5, 5, 5].map((step) => (0.01 * (1 + Math.cos((Math.PI * step) / 6))) / 2);
  expect(rates).toEqual(planned.map((rate) => expect.closeTo(rate, 12)));
});

describe('a resumed run', () => {
  test('says from where it goes on, and keeps its id', async () => {
    const output = await interrupted(tiny, [4]);
    const [first, ...rest] = eventsIn(output);
    const again = rest.find(({ type }) => type === 'run');
    expect(again).toMatchObject({
      run: first?.run,
      step: 4,
      epoch: 2,
      epochs: 4,
      resumedFrom: { step: 4, checkpoint: 'model.safetensors' },
    });
  });

  test('tells who calls it which events are kept', async () => {
    const output = newFolder();
    await steeredRun({ ...tiny, output }, [stopAfter(4)]);
    const size = readFileSync(join(output, 'events.ndjson')).length;
    const histories: { path: string; bytes: number }[] = [];
    await steeredRun({ resume: output }, [], { onHistory: (history) => histories.push(history) });
    expect(histories).toEqual([{ path: join(output, 'events.ndjson'), bytes: expect.any(Number) }]);
    expect(histories[0]?.bytes).toBeLessThan(size);
    expect(readFileSync(join(output, 'events.ndjson'), 'utf8').slice(0, histories[0]?.bytes)).toMatch(/\n$/);
  });

  test('takes more epochs and another learning rate as commands', async () => {
    const output = newFolder();
    await steeredRun({ ...tiny, output });
    const events = await steeredRun({ resume: output, epochs: 6, learningRate: 0.01 });
    expect(events.filter(({ type }) => type === 'command')).toMatchObject([
      { action: 'epochs', value: 6, from: 'rule', step: 12 },
      { action: 'learningRate', value: 0.01, from: 'rule', step: 12 },
    ]);
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 18 });
    const straight = newFolder();
    await steeredRun({ ...tiny, epochs: 6, output: straight }, [{ action: 'learningRate', value: 0.01, step: 12 }]);
    expect(await modelIn(output)).toEqual(await modelIn(straight));
  });

  test('that is completed is refused with a sentence, and its folder stays as it is', async () => {
    const output = newFolder();
    await steeredRun({ ...tiny, output });
    const before = readFileSync(join(output, 'events.ndjson'));
    await expect(steeredRun({ resume: output })).rejects.toMatchObject({
      code: 'RUN_COMPLETED',
      message: expect.stringMatching(/completed: 4 of 4 epochs are done/),
    });
    expect(readFileSync(join(output, 'events.ndjson'))).toEqual(before);
    expect(readdirSync(output)).not.toContain('run.lock');
  });

  test('that a command had shortened is over, and goes on with more epochs', async () => {
    const output = newFolder();
    await steeredRun({ ...tiny, output }, [{ action: 'epochs', value: 2, step: 4 }]);
    await expect(steeredRun({ resume: output })).rejects.toMatchObject({ code: 'RUN_COMPLETED' });
    await steeredRun({ resume: output, epochs: 4 });
    expect(await modelIn(output)).toEqual(await modelIn(await interrupted(tiny, [])));
  });

  test('may go on from an older checkpoint; newer ones then count for nothing', async () => {
    const output = newFolder();
    const older = 'step-00000002.safetensors';
    await steeredRun({ ...tiny, output }, [{ action: 'save', step: 2 }, { action: 'save', step: 6 }, stopAfter(7)]);
    const [first] = await steeredRun({ resume: join(output, older), learningRate: 0.05 }, [stopAfter(3)]);
    expect(first).toMatchObject({ step: 2, resumedFrom: { step: 2, checkpoint: older } });
    const [again, ...rest] = await steeredRun({ resume: output });
    expect(again).toMatchObject({ step: 3, resumedFrom: { step: 3 } });
    expect(rest[0]).toMatchObject({ type: 'warning', code: 'CHECKPOINT', path: 'step-00000006.safetensors' });
  });
});

describe('what is damaged', () => {
  let original: string;
  beforeAll(async () => {
    original = newFolder();
    await steeredRun({ ...tiny, output: original }, [{ action: 'save', step: 9 }, stopAfter(11)]);
  });

  /** The folder again, with something changed. */
  const changed = (change: (output: string) => void): string => {
    const output = newFolder();
    rmSync(output, { recursive: true, force: true });
    copyFolder(original, output);
    change(output);
    return output;
  };

  test.each<[string, (path: string) => void]>([
    ['torn', (path) => truncateSync(path, readFileSync(path).length - 100)],
    ['empty', (path) => truncateSync(path, 0)],
    [
      'changed in one bit',
      (path) => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 7]! ^= 1;
        writeFileSync(path, bytes);
      },
    ],
  ])('a checkpoint that is %s is named and passed over', async (_, damage) => {
    const output = changed((path) => damage(join(path, 'model.safetensors')));
    const events = await steeredRun({ resume: output });
    expect(events[0]).toMatchObject({ step: 9, resumedFrom: { checkpoint: 'step-00000009.safetensors' } });
    expect(events[1]).toMatchObject({ type: 'warning', code: 'CHECKPOINT', path: 'model.safetensors' });
    expect(await modelIn(output)).toEqual(await modelIn(await interrupted(tiny, [])));
  });

  test('a checkpoint that is damaged and named is an error', async () => {
    const output = changed((path) => truncateSync(join(path, 'model.safetensors'), 1000));
    await expect(steeredRun({ resume: join(output, 'model.safetensors') })).rejects.toMatchObject({
      code: expect.stringMatching(/^WEIGHTS_/),
    });
  });

  test('a torn last line of the events is cut off', async () => {
    const output = changed((path) => appendFileSync(join(path, 'events.ndjson'), '{"type":"loss","run":"2026'));
    await steeredRun({ resume: output });
    expect(outcomeOf(eventsIn(output))).toEqual(outcomeOf(eventsIn(await interrupted(tiny, []))));
  });

  test('a checkpoint whose events are missing is passed over', async () => {
    const output = changed((path) => {
      const events = join(path, 'events.ndjson');
      truncateSync(events, readFileSync(events, 'utf8').indexOf('"step":10'));
    });
    const events = await steeredRun({ resume: output });
    expect(events[0]).toMatchObject({ step: 9 });
    expect(eventsIn(output).map(({ seq }) => seq)).toEqual(eventsIn(output).map((_, index) => index));
  });

  test('without any whole checkpoint there is an error that names them', async () => {
    const output = changed((path) => {
      for (const name of readdirSync(path)) if (name.endsWith('.safetensors')) truncateSync(join(path, name), 9);
    });
    await expect(steeredRun({ resume: output })).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(/no whole checkpoint.*model\.safetensors/),
    });
  });
});

test('a checkpoint of a time when Adam was the only optimizer goes on', async () => {
  const output = await interrupted(tiny, [4]);
  const before = await modelIn(output);
  const older = newFolder();
  await steeredRun({ ...tiny, output: older }, [stopAfter(4)]);
  const path = join(older, 'model.safetensors');
  const { tensors, metadata } = decodeSafetensors(readFileSync(path));
  const state = JSON.parse(metadata.get('checkpoint')!) as { config: Record<string, unknown> };
  delete state.config.optimizer;
  const texts = [...metadata].filter(([name]) => name !== 'digest');
  writeFileSync(
    path,
    encodeSafetensors({ tensors, metadata: new Map([...texts, ['checkpoint', JSON.stringify(state)]]) }),
  );
  await steeredRun({ resume: older, optimizer: 'adam' });
  expect(await modelIn(older)).toEqual(before);
});

describe('is refused with the difference spelled out', () => {
  const other = join(folder, 'other-idx3-ubyte');
  writeFileSync(other, encodeIdx([60, 4, 4], new Uint8Array(960)));
  let output: string;
  beforeAll(async () => {
    output = newFolder();
    await steeredRun({ ...tiny, output }, [stopAfter(4)]);
  });

  test.each<[string, RunInput, RegExp]>([
    ['another batch size', { batchSize: 10 }, /batch size 20, not 10/],
    ['another seed', { seed: 2 }, /seed 1, not 2/],
    ['noise', { noise: 0.5 }, /noise 0, not 0\.5/],
    ['a shuffle', { shuffle: true }, /shuffle false, not true/],
    ['a limit', { limit: 20 }, /limit all, not 20/],
    [
      'another optimizer',
      { optimizer: 'sgd', momentum: 0.9 },
      /optimizer adam, not sgd; momentum its default, not 0\.9/,
    ],
    ['another schedule', { schedule: 'cosine' }, /schedule constant, not cosine/],
    ['other initial weights', { initial: 'glorot' }, /initial weights he, not glorot/],
    ['another loss', { loss: 'mae' }, /loss mse, not mae/],
    ['another engine', { engine: 'tfjs' }, /engine simd, not tfjs/],
    ['fused arithmetic', { relaxed: true }, /relaxed false, not true/],
    ['two differences', { seed: 2, batchSize: 10 }, /batch size 20, not 10; seed 1, not 2/],
    ['other images', { data: other }, /training images with the digest [0-9a-f]{12}…, not [0-9a-f]{12}…/],
    ['other test images', { testData: other }, /test images with the digest/],
    [
      'another network',
      {
        architecture: {
          name: 'x',
          input: [4, 4, 1],
          encoder: [{ type: 'flatten' }],
          decoder: [
            { type: 'dense', units: 16 },
            { type: 'reshape', targetShape: [4, 4, 1] },
          ],
        },
      },
      /encoder\.1 .*"units":2.*, not "none"/,
    ],
    ['fewer epochs than have begun', { epochs: 1 }, /epoch 2 has begun/],
  ])('%s', async (_, input, message) => {
    const before = readFileSync(join(output, 'events.ndjson'));
    await expect(steeredRun({ resume: output, ...input })).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(message),
    });
    expect(readFileSync(join(output, 'events.ndjson'))).toEqual(before);
    expect(readdirSync(output)).not.toContain('run.lock');
  });

  test('what is the same is no difference', async () => {
    const copy = newFolder();
    copyFolder(output, copy);
    const events = await steeredRun({ resume: copy, ...tiny, batchSize: 20, seed: 1, noise: 0, engine: 'simd' });
    expect(events.at(-1)).toMatchObject({ status: 'completed' });
  });

  test('data from stdin', async () => {
    const streamed = newFolder();
    const { testData: _, epochs: __, ...rest } = tiny;
    const stdin = (async function* () {
      yield readFileSync(tiny.data!);
    })();
    await steeredRun({ ...rest, data: '-', output: streamed }, [], { stdin });
    await expect(steeredRun({ resume: streamed })).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(/came from stdin, which passes once/),
    });
  });

  test('a folder without a run, and a checkpoint outside of one', async () => {
    await expect(steeredRun({ resume: folder })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    const alone = join(folder, 'alone.safetensors');
    copyFileSync(join(output, 'model.safetensors'), alone);
    await expect(steeredRun({ resume: alone })).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
      message: expect.stringMatching(/--weights/),
    });
  });
});

test('a checkpoint holds all that its run needs', async () => {
  const output = newFolder();
  await steeredRun({ ...tiny, output }, [stopAfter(4)]);
  const { state } = await loadCheckpoint(join(output, 'model.safetensors'));
  expect(state).toMatchObject({
    step: 4,
    epoch: 2,
    seed: 1,
    run: {
      epochs: 4,
      position: { index: 1, closed: false, items: 20 },
      data: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), testDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      engine: { name: 'simd', backend: 'wasm-simd', relaxed: false },
      history: [{ epoch: 1, step: 3 }],
      requested: false,
    },
  });
});

test('keeps the last checkpoints, the best, those that were asked for, and the model', async () => {
  const output = newFolder();
  await steeredRun({ ...tiny, epochs: 200, keep: 2, output }, [{ action: 'save', step: 4 }]);
  const names = readdirSync(output).filter((name) => name.endsWith('.safetensors'));
  const regular = names.filter((name) => name.startsWith('step-') && name !== 'step-00000004.safetensors');
  expect(names).toEqual(expect.arrayContaining(['model.safetensors', 'step-00000004.safetensors']));
  expect(regular.length).toBeGreaterThanOrEqual(2);
  expect(regular.length).toBeLessThanOrEqual(3);
  await steeredRun({ resume: output, epochs: 300 });
  const after = readdirSync(output).filter((name) => name.startsWith('step-'));
  expect(after).toContain('step-00000004.safetensors');
  expect(after.length).toBeLessThanOrEqual(4);
});

function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
