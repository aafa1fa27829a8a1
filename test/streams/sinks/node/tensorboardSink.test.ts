import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterEach, expect, test, vi } from 'vitest';
import type { EventBody, MillraceEvent } from '../../../../src/events/schema.js';
import { createStamp } from '../../../../src/events/stamp.js';
import { tensorboardSink } from '../../../../src/streams/sinks/node/tensorboardSink.js';
import { recordedRun } from '../../../fixtures/events.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { fieldsOf, recordsOf, valuesOf } from '../../../fixtures/tensorboardFile.js';

const folder = temporaryFolder();
const RUN = '20261123-120000-abcd';
const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 50 })];
afterEach(() => void vi.useRealTimers());

async function write(name: string, all: Iterable<MillraceEvent>): Promise<string> {
  const logs = join(folder, name);
  const sink = await tensorboardSink(logs);
  for (const event of all) await sink.write(event);
  await sink.close();
  return logs;
}

function filesIn(logs: string, run = RUN): string[] {
  return readdirSync(join(logs, run)).map((name) => join(logs, run, name));
}

/** Events of the run that is recorded, as it goes on. */
function later(...bodies: readonly (readonly [body: EventBody, step: number])[]): MillraceEvent[] {
  const stamp = createStamp({ run: RUN, seq: events.length, now: () => new Date('2026-11-24T12:00:00Z') });
  return bodies.map(([body, step]) => stamp(body, { epoch: 2, step }));
}

test('has every loss at its step, as a 32-bit float', async () => {
  const [file] = filesIn(await write('losses', events));
  const losses = events.flatMap((event) => (event.type === 'loss' ? [[event.step, Math.fround(event.loss)]] : []));
  const written = valuesOf(file!).filter(({ tag }) => tag === 'loss/batch');
  expect(losses).toHaveLength(100);
  expect(written.map(({ step, value }) => [step, value.get(2)![0]])).toEqual(losses);
});

test('has all else that the events tell', async () => {
  const [file] = filesIn(await write('all', events));
  expect(file).toMatch(/events\.out\.tfevents\.\d{10}\.[\w-]+\.\d+\.0$/);
  expect(recordsOf(file!)[0]!.get(3)).toEqual([new TextEncoder().encode('brain.Event:2')]);
  const counts = new Map<string, number>();
  for (const { tag } of valuesOf(file!)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({
    '_hparams_/session_start_info': 1,
    '_hparams_/session_end_info': 1,
    custom_scalars__config__: 1,
    architecture: 1,
    'loss/batch': 100,
    learning_rate: 100,
    'loss/train': 2,
    'loss/test': 2,
    'images_per_second/now': 2,
    'images_per_second/epoch': 2,
    'sample/test': 3,
    'latent/test': 3,
    'filters/encoder.0': 3,
    'weights/encoder.0': 3,
  });
});

test('has pictures of the size that it says, and histograms that count every value', async () => {
  const [file] = filesIn(await write('pictures', events));
  const values = valuesOf(file!);
  const image = fieldsOf(values.find(({ tag }) => tag === 'sample/test')!.value.get(4)![0] as Uint8Array);
  expect(decode(image.get(4)![0] as Uint8Array)).toMatchObject({ height: image.get(1)![0], width: image.get(2)![0] });
  const weights = events.find((event) => event.type === 'weights')!;
  const histogram = fieldsOf(values.find(({ tag }) => tag === 'weights/encoder.0')!.value.get(5)![0] as Uint8Array);
  expect(histogram.get(3)).toEqual([weights.shape.reduce((product, side) => product * side, 1)]);
  expect((histogram.get(6)![0] as Uint8Array).length).toBe((histogram.get(7)![0] as Uint8Array).length);
});

test('has what users measure themselves, by the names they give', async () => {
  const own = later(
    [{ type: 'metric', name: 'psnr', value: 21.5, split: 'test' }, 100],
    [{ type: 'image', name: 'attention', shape: [1, 2, 3], pixels: 'AAECAwQF' }, 100],
    [{ type: 'histogram', name: 'gradients', edges: [0, 1, 3], counts: [2, 5] }, 100],
    [{ type: 'text', name: 'notes', text: 'better' }, 100],
    [{ type: 'configuration', values: { 'model.width': 8, note: null } }, 100],
  );
  const values = valuesOf(filesIn(await write('own', own))[0]!);
  expect(values.map(({ tag }) => tag)).toEqual([
    'psnr/test',
    'attention',
    'gradients',
    'notes',
    '_hparams_/session_start_info',
  ]);
  expect(values[0]!.value.get(2)).toEqual([21.5]);
});

test('goes on in a further file, in which what a resume takes back is void', async () => {
  const logs = await write('resumed', events);
  const [run] = events as [Extract<MillraceEvent, { type: 'run' }>];
  const resumed = { ...run, step: 50, seq: 90, resumedFrom: { step: 50, checkpoint: 'step-00000050.safetensors' } };
  await write('resumed', [resumed, ...later([{ type: 'loss', loss: 0.1, items: 20, learningRate: 0.001 }, 51])]);
  const files = filesIn(logs);
  expect(files).toHaveLength(2);
  expect(files).toEqual(files.toSorted());
  const restart = recordsOf(files[1]!)[1]!;
  expect([restart.get(2), fieldsOf(restart.get(7)![0] as Uint8Array).get(1)]).toEqual([[51], [1]]);
});

test('says that what a rollback takes back is void', async () => {
  const back = later([{ type: 'command', action: 'rollback', from: 'rule' }, 40]);
  const [file] = filesIn(await write('rollback', [...events, ...back]));
  expect(recordsOf(file!).at(-1)!.get(2)).toEqual([41]);
});

test('refuses a run that is there already, and keeps runs apart', async () => {
  const logs = await write('twice', events);
  await expect(write('twice', events)).rejects.toMatchObject({ code: 'SINK_EXISTS', path: join(logs, RUN) });
  await write(
    'twice',
    events.map((event) => ({ ...event, run: '../../other' })),
  );
  expect(readdirSync(logs)).toEqual([RUN, '-..-other'].toSorted());
});

test('has what is written in the file a second later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const logs = join(folder, 'growing');
  const sink = await tensorboardSink(logs);
  for (const event of events.slice(0, 9)) await sink.write(event);
  const [file] = filesIn(logs);
  expect(statSync(file!).size).toBe(0);
  vi.advanceTimersByTime(1000);
  vi.useRealTimers();
  await vi.waitUntil(() => statSync(file!).size > 0);
  expect(valuesOf(file!).filter(({ tag }) => tag === 'loss/batch').length).toBeGreaterThan(0);
  await sink.close();
});

test('says where it cannot write, and leaves nothing where there was no run', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, 'mine');
  await expect(tensorboardSink(file)).rejects.toMatchObject({ code: 'SINK_UNWRITABLE', path: file });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  await expect(tensorboardSink('')).rejects.toMatchObject({ code: 'OPTION' });
  mkdirSync(join(folder, 'kept'));
  for (const name of ['kept', 'gone']) await (await tensorboardSink(join(folder, name))).close();
  expect(readdirSync(folder)).toContain('kept');
  expect(readdirSync(folder)).not.toContain('gone');
});
