import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finalize, lastValueFrom, take, tap, toArray } from 'rxjs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import { metric } from '../../src/events/measurements/metric.js';
import { parseEvent } from '../../src/events/ndjson.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { loadCheckpoint } from '../../src/model/node/checkpoint.js';
import { backendFailure } from '../../src/model/tfjs/node/backends.js';
import { type RunInput, resolveConfig } from '../../src/run/config.js';
import { run } from '../../src/run/run.js';
import type { RunOptions } from '../../src/run/runOptions.js';
import type { Sink } from '../../src/streams/sinks/sink.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const data = join(folder, 'images-idx3-ubyte');
writeFileSync(
  data,
  encodeIdx(
    [60, 4, 4],
    Uint8Array.from({ length: 960 }, (_, at) => (at * 37) % 256),
  ),
);

const tiny: RunInput = {
  data,
  architecture: { ...TINY_NETWORK },
  backend: 'cpu',
  epochs: 2,
  sampleEvery: 500,
  output: false,
};

function collect(input: RunInput, options?: RunOptions): Promise<MillraceEvent[]> {
  return lastValueFrom(run({ ...tiny, ...input }, options).pipe(toArray()));
}

const types = (events: readonly MillraceEvent[]): string => events.map(({ type }) => type).join(' ');

describe('a run', () => {
  test('begins with run, ends with end, and numbers all events without a gap', async () => {
    const events = await collect({});
    expect(types(events)).toBe('run sample loss loss loss epoch loss loss loss epoch sample end');
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(new Set(events.map((event) => event.run)).size).toBe(1);
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 6 });
  });

  test('trains with the engine simd unless told otherwise, and says so', async () => {
    const { backend: _, ...free } = tiny;
    const events = await lastValueFrom(run(free).pipe(toArray()));
    expect(events[0]).toMatchObject({ config: { engine: 'simd' }, engine: { name: 'simd', backend: 'wasm-simd' } });
    expect(events[0]).toHaveProperty('engine.plan', expect.arrayContaining([expect.stringMatching(/^encoder\.0/)]));
    expect(types(events)).not.toContain('warning');
  });

  test('warns where the next best engine takes the place of simd', async () => {
    const { WebAssembly: webAssembly } = globalThis as unknown as {
      WebAssembly: { validate(bytes: Uint8Array): boolean };
    };
    const validate = vi.spyOn(webAssembly, 'validate').mockReturnValueOnce(false);
    const { backend: _, ...free } = tiny;
    const events = await lastValueFrom(run(free).pipe(toArray()));
    validate.mockRestore();
    expect(events[0]).toMatchObject({ engine: { name: 'tfjs' } });
    expect(events[1]).toMatchObject({ type: 'warning', code: 'ENGINE', message: expect.stringMatching(/SIMD/) });
  });

  test('says what it trains on, with what, and every option', async () => {
    const [first] = await collect({});
    expect(first).toMatchObject({
      type: 'run',
      schema: 1,
      config: { ...resolveConfig(tiny), output: false },
      dataset: { name: 'images-idx3-ubyte', source: data, items: 60, shape: [4, 4, 1], sample: false },
      parameters: 82,
      layers: [
        { name: 'encoder.0', type: 'flatten', output: [16], parameters: 0 },
        { name: 'encoder.1', type: 'dense', output: [2], parameters: 34 },
        { name: 'decoder.0', type: 'dense', output: [16], parameters: 48 },
        { name: 'decoder.1', type: 'reshape', output: [4, 4, 1], parameters: 0 },
      ],
      engine: { name: 'tfjs', backend: 'cpu', threads: 1 },
      seed: 1,
      epochs: 2,
      stepsPerEpoch: 3,
    });
    expect(first).toHaveProperty('dataset.digest', expect.stringMatching(/^[0-9a-f]{64}$/));
  });

  test('with another loss tells that one, and the squared error of the test images beside it', async () => {
    const testData = data;
    const untrained = (loss: 'mse' | 'bce') => collect({ loss, testData, epochs: 1, learningRate: 1e-12 });
    const [squared, entropy] = await Promise.all([untrained('mse'), untrained('bce')]);
    const epochOf = (events: readonly MillraceEvent[]) => events.find((event) => event.type === 'epoch');
    expect(types(squared)).not.toContain('metric');
    expect(entropy[0]).toMatchObject({ config: { loss: 'bce', optimizer: 'adam' } });
    expect(epochOf(entropy)!.testLoss).toBeGreaterThan(epochOf(squared)!.testLoss!);
    const metrics = entropy.filter((event) => event.type === 'metric');
    expect(metrics).toMatchObject([{ name: 'mse', split: 'test' }]);
    expect(metrics[0]!.value).toBeCloseTo(epochOf(squared)!.testLoss!, 6);
  });

  test('repeats its notebook-like figure: batch size × train loss', async () => {
    const epoch = (await collect({})).find((event) => event.type === 'epoch');
    expect(epoch).toMatchObject({ printedLoss: 20 * (epoch as { trainLoss: number }).trainLoss });
    expect(epoch).not.toHaveProperty('notebookLoss');
  });

  test('compares noisy input with clean pixels', async () => {
    const [, sample] = await collect({ noise: 0.5 });
    expect(sample).toMatchObject({
      type: 'sample',
      items: expect.arrayContaining([expect.objectContaining({ target: expect.any(String) })]),
    });
  });

  test('multiplies by the batch size that was asked for, however few items there are', async () => {
    const epoch = (await collect({ batchSize: 1000 })).find((event) => event.type === 'epoch');
    expect(epoch).toMatchObject({ printedLoss: 1000 * (epoch as { trainLoss: number }).trainLoss });
  });

  test('takes all where the limit is higher, and says so', async () => {
    const events = await collect({ limit: 100 });
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'LIMIT' }));
    expect(types(await collect({ limit: 20 }))).toBe('run sample loss epoch loss epoch sample end');
  });

  test('writes to its sinks what it emits, before it emits it', async () => {
    const written: string[] = [];
    const sink: Sink = { write: (lines) => void written.push(lines), close: async () => undefined };
    const counts: number[] = [];
    const events = await lastValueFrom(
      run(tiny, { sinks: [sink] }).pipe(
        tap(() => counts.push(written.length)),
        toArray(),
      ),
    );
    expect(written.map((line) => parseEvent(line))).toEqual(events);
    expect(counts).toEqual(counts.map((_, index) => index + 1));
  });
});

describe("figures of one's own", () => {
  test('are in the run folder like all other events, and stay there over a resume', async () => {
    const output = join(folder, 'measured');
    const measure = (event: MillraceEvent) =>
      event.type === 'epoch' ? metric('psnr', -10 * Math.log10(event.trainLoss), { unit: 'dB' }) : undefined;
    await collect({ output }, { measure });
    await lastValueFrom(run({ resume: output, epochs: 3 }, { measure }));
    const lines = readFileSync(join(output, 'events.ndjson'), 'utf8').trimEnd().split('\n');
    const kept = lines.map((line) => parseEvent(line) as MillraceEvent);
    expect(kept.filter(({ type }) => type === 'metric').map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index));
  });
});

describe('a run folder', () => {
  test('holds the events and a full checkpoint', async () => {
    const output = join(folder, 'kept');
    const events = await collect({ output });
    expect(readdirSync(output)).toEqual(expect.arrayContaining(['events.ndjson', 'model.safetensors']));
    const lines = readFileSync(join(output, 'events.ndjson'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => parseEvent(line))).toEqual(events);
    const { state, optimizer } = await loadCheckpoint(join(output, 'model.safetensors'));
    expect(state).toMatchObject({ step: 6, epoch: 2, learningRate: 0.001, seed: 1 });
    expect(optimizer.slots.firstMoments!.size).toBe(4);
  });

  test('that holds a run already is refused', async () => {
    const output = join(folder, 'twice');
    await collect({ output });
    await expect(collect({ output })).rejects.toMatchObject({ code: 'RUN_FOLDER_IN_USE', path: output });
  });

  test('is not made for a run that cannot begin', async () => {
    const output = join(folder, 'never');
    await expect(collect({ output, data: join(folder, 'absent') })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    expect(readdirSync(folder)).not.toContain('never');
  });
});

test('an engine that does not run here is found before data are looked for', async () => {
  const input = { ...tiny, data: join(folder, 'absent'), engine: 'tfjs', backend: 'tensorflow' } as const;
  const loads = (await backendFailure('tensorflow')) === undefined;
  await expect(lastValueFrom(run(input).pipe(toArray()))).rejects.toMatchObject({
    code: loads ? 'DATA_NOT_FOUND' : 'ENGINE_UNAVAILABLE',
  });
});

describe('an end', () => {
  test('by command comes in good order: the command, a last sample, the model, the end', async () => {
    const commands = createCommandQueue();
    const output = join(folder, 'stopped');
    const stopAtThird = tap<MillraceEvent>((event) => {
      if (event.type === 'loss' && event.step === 3) commands.send({ action: 'stop' });
    });
    const events = await lastValueFrom(
      run({ ...tiny, epochs: 1000, output, checkpointEvery: 100 }, { commands }).pipe(stopAtThird, toArray()),
    );
    expect(events.at(-1)?.step).toBe(3);
    expect(types(events.slice(-4))).toBe('command sample checkpoint end');
    expect(events.at(-1)).toMatchObject({ status: 'stopped' });
  });

  test('by a command that was sent before it began is told like any other, and nothing is trained', async () => {
    const commands = createCommandQueue();
    commands.send({ action: 'stop' });
    const events = await collect({}, { commands });
    expect(types(events)).toBe('run sample command end');
    expect(events.at(-1)).toMatchObject({ status: 'stopped', steps: 0 });
  });

  test('by a sink that fails is that sink’s error, with the model kept', async () => {
    const output = join(folder, 'sinkless');
    let lines = 0;
    const failing: Sink = {
      write() {
        if (++lines > 5) throw new Error('full');
      },
      close: async () => undefined,
    };
    await expect(collect({ output }, { sinks: [failing] })).rejects.toThrow('full');
    expect((await loadCheckpoint(join(output, 'model.safetensors'))).state.step).toBeGreaterThan(0);
  });

  test('by unsubscribing closes everything', async () => {
    let closed = false;
    const first = run({ ...tiny, epochs: 1000 }).pipe(
      take(4),
      finalize(() => (closed = true)),
    );
    expect(types(await lastValueFrom(first.pipe(toArray())))).toBe('run sample loss loss');
    expect(closed).toBe(true);
  });

  test('while it is being prepared leaves no events and no error', async () => {
    const commands = createCommandQueue();
    const events = run(tiny, { commands });
    const seen = lastValueFrom(events.pipe(toArray()));
    commands.send({ action: 'stop', from: 'api' });
    expect(await seen).toEqual([]);
  });
});
