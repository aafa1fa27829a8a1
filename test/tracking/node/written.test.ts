// What other tools were given, and what is read of the files that they have written: test/fixtures/peers/make_tracking.py.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodePicture } from '../../../src/cli/watch/decodePicture.js';
import { filesOf } from '../../../src/tracking/node/filesOf.js';
import { findRuns } from '../../../src/tracking/node/findRuns.js';
import { TrackedRun } from '../../../src/tracking/node/trackedRun.js';
import { eventsOf, type Read } from '../readEvents.js';

/** Those in the project, or what was made just now. */
const folder = process.env.MILLRACE_TRACKING ?? join(import.meta.dirname, '../../fixtures/tracking');

interface Logged {
  readonly scalars: Record<string, [step: number, value: number | string][]>;
  readonly images: Record<string, { step: number; shape: number[]; pixels: string }[]>;
  readonly histograms: Record<
    string,
    { step: number; count: number; minimum: number; maximum: number; below: [value: number, count: number][] }[]
  >;
  readonly texts: Record<string, [step: number, text: string][]>;
  readonly configuration: Record<string, unknown>;
  readonly end?: string;
  readonly long?: [step: number, length: number];
}

const logged = JSON.parse(readFileSync(join(folder, 'logged.json'), 'utf8')) as Record<string, Logged>;
const { runs } = await findRuns(folder, 'events.ndjson');

test('finds every run in the folder, once', () => {
  expect(runs.map(({ name }) => name).sort()).toEqual(Object.keys(logged).sort());
});

test.each(Object.entries(logged))('%s is read as it was logged', async (name, given) => {
  const { path, format } = runs.find((run) => run.name === name)!;
  const run = await TrackedRun.open({
    run: name,
    format: format!,
    follow: false,
    paths: () => filesOf(path, format!),
    decodePicture,
  });
  const read = await eventsOf(run);
  await run.close();
  const { scalars, images, histograms, texts, configuration, end, long } = given;
  expect(byName(read, 'metric', ({ step, value }) => [step, value])).toEqual(
    mapped(scalars, ([step, value]) => [step, Number(value)]),
  );
  expect(byName(read, 'image', ({ step, shape, pixels }) => ({ step, shape, pixels }))).toEqual(images);
  const isLong = (text: string): boolean => text.length > 30_000;
  const shortTexts = read.filter((event) => event.type !== 'text' || !isLong(event.text));
  expect(byName(shortTexts, 'text', ({ step, text }) => [step, text])).toEqual(texts);
  if (long !== undefined)
    expect(read.find((event) => event.type === 'text' && isLong(event.text))).toMatchObject({
      step: long[0],
      text: 'x'.repeat(long[1]),
    });
  const settings = read.filter((event) => event.type === 'configuration').map(({ values }) => values);
  expect(Object.assign({}, ...settings)).toMatchObject(configuration);
  if (end !== undefined) expect(read.at(-1)).toMatchObject({ type: 'end', status: end });
  compareHistograms(read, histograms);
});

/** Bins of other widths say as much of how many values lie below one of their edges. */
function compareHistograms(read: readonly Read[], logged: Logged['histograms']): void {
  const found = byName(read, 'histogram', (event) => event);
  expect(mapped(found, ({ step }) => step)).toEqual(mapped(logged, ({ step }) => step));
  for (const [name, events] of Object.entries(found))
    for (const [index, { edges, counts }] of events.entries()) {
      const { count, minimum, maximum, below } = logged[name]![index]!;
      expect(counts.reduce((sum, bin) => sum + bin, 0)).toBeCloseTo(count, 6);
      if (minimum < maximum) {
        expect(edges[0]).toBeCloseTo(minimum, 5);
        expect(edges.at(-1)).toBeCloseTo(maximum, 5);
      }
      for (const [value, expected] of below) {
        const upTo = (edge: number): number =>
          counts.reduce((sum, bin, place) => sum + (edges[place + 1]! <= edge ? bin : 0), 0);
        const next = edges.find((edge) => edge >= value) ?? Number.POSITIVE_INFINITY;
        expect(upTo(value)).toBeLessThanOrEqual(expected + 1);
        expect(upTo(next)).toBeGreaterThanOrEqual(expected - 1);
      }
    }
}

function byName<Type extends Read['type'], Value>(
  read: readonly Read[],
  type: Type,
  told: (event: Extract<Read, { type: Type; name: string }>) => Value,
): Record<string, Value[]> {
  const found: Record<string, Value[]> = {};
  for (const event of read) {
    if (event.type !== type || !('name' in event)) continue;
    found[event.name] ??= [];
    found[event.name]!.push(told(event as Extract<Read, { type: Type; name: string }>));
  }
  return found;
}

function mapped<Value, Result>(
  lists: Record<string, Value[]>,
  map: (value: Value) => Result,
): Record<string, Result[]> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.map(map)]));
}
