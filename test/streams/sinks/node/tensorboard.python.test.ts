// What TensorBoard itself reads in the files that are written for it, where Python has it.
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type MillraceEvent, tensorboardSink } from '../../../../src/exports/index.js';
import { recordedRun } from '../../../fixtures/events.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const python = process.env.MILLRACE_PYTHON ?? 'python3';
const script = fileURLToPath(new URL('readTensorboard.py', import.meta.url));
const isThere = spawnSync(python, ['-c', 'import tensorboard']).status === 0;
const folder = temporaryFolder();

type Points = Readonly<Record<string, readonly (readonly number[])[]>>;
interface Read {
  readonly library: Readonly<
    Record<
      string,
      {
        readonly scalars: Points;
        readonly images: Points;
        readonly histograms: Points;
        readonly texts: readonly string[];
        readonly settings: Readonly<Record<string, unknown>>;
      }
    >
  >;
  readonly server: {
    readonly scalars: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly images: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly plugins: readonly string[];
  };
}

async function write(events: Iterable<MillraceEvent>): Promise<void> {
  const sink = await tensorboardSink(folder);
  for (const event of events) await sink.write(event);
  await sink.close();
}

/** Of one type, with what a value is. */
function points<Type extends MillraceEvent['type']>(
  events: readonly MillraceEvent[],
  type: Type,
  value: (event: Extract<MillraceEvent, { type: Type }>) => number,
): number[][] {
  return events
    .filter((event): event is Extract<MillraceEvent, { type: Type }> => event.type === type)
    .map((event) => [event.step, Math.fround(value(event))]);
}

test.skipIf(!isThere)(
  'TensorBoard reads every tag and every value, also after a resume (where Python has tensorboard)',
  async () => {
    const whole = [...recordedRun({ epochs: 3, stepsPerEpoch: 100 })];
    // Interrupted at step 230, and gone on with from the end of the second epoch.
    const before = whole.filter(({ step }) => step <= 230);
    const resumedFrom = { step: 200, checkpoint: 'step-00000200.safetensors' };
    const after = whole.filter(({ step, type }) => step > 200 && type !== 'run');
    const second = recordedRun({ epochs: 1, stepsPerEpoch: 10 });
    await write(before);
    await write([{ ...whole[0]!, step: 200, resumedFrom } as MillraceEvent, ...after]);
    await write([...second].map((event) => ({ ...event, run: 'second' })));

    const { stdout } = await promisify(execFile)(python, [script, folder], { maxBuffer: 1e8 });
    const { library, server } = JSON.parse(stdout) as Read;
    const run = whole[0]!.run;
    expect(Object.keys(library)).toEqual([run, 'second']);
    const { scalars, images, histograms, texts, settings } = library[run]!;
    expect(scalars['loss/batch']).toEqual(points(whole, 'loss', ({ loss }) => loss));
    expect(scalars.learning_rate).toEqual(points(whole, 'loss', ({ learningRate }) => learningRate));
    expect(scalars['loss/train']).toEqual(points(whole, 'epoch', ({ trainLoss }) => trainLoss));
    expect(scalars['loss/test']).toEqual(points(whole, 'epoch', ({ testLoss }) => testLoss ?? Number.NaN));
    expect(scalars['images_per_second/now']).toEqual(points(whole, 'stats', ({ imagesPerSecond }) => imagesPerSecond));
    const steps = points(whole, 'sample', () => 0).map(([step]) => step);
    expect(images['sample/test']!.map(([step]) => step)).toEqual(steps);
    expect(images['filters/encoder.0']).toHaveLength(steps.length);
    for (const tag of ['latent/test', 'weights/encoder.0']) {
      expect(histograms[tag]!.map(([step]) => step)).toEqual(steps);
      for (const [, count, inBuckets] of histograms[tag]!) expect(inBuckets).toBe(count);
    }
    expect(texts[0]).toContain('**transpose**, input 28 × 28 × 1');
    expect(settings).toMatchObject({ batchSize: 20, learningRate: 0.001 });

    expect(server.scalars[run]).toEqual(
      Object.fromEntries(Object.entries(scalars).map(([tag, values]) => [tag, values.length])),
    );
    expect(server.images[run]).toEqual({ 'sample/test': steps.length, 'filters/encoder.0': steps.length });
    for (const plugin of ['scalars', 'images', 'histograms', 'text', 'hparams', 'custom_scalars'])
      expect(server.plugins).toContain(plugin);
    const count = [scalars, images, histograms].flatMap(Object.values).flat().length;
    expect(count).toBe(whole.filter(({ type }) => type === 'loss').length * 2 + 3 * 3 + 6 + 4 * steps.length);
  },
  120_000,
);
