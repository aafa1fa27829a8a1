// An event file may come from anyone: it is read in bounded memory, and nothing in it gives orders to the terminal.
import { StringDecoder } from 'node:string_decoder';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainView } from '../../src/cli/show/plainView.js';
import { initialState, reduce } from '../../src/dashboard/state.js';
import { EventError } from '../../src/errors.js';
import { configuration } from '../../src/events/measurements/configuration.js';
import { histogram } from '../../src/events/measurements/histogram.js';
import { image } from '../../src/events/measurements/image.js';
import { text } from '../../src/events/measurements/text.js';
import { EventReader, encodeEvent, isEvent, parseEvent } from '../../src/events/ndjson.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { createStamp } from '../../src/events/stamp.js';
import type { AnyEvent } from '../../src/events/unknownEvent.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import { summaryOf } from '../../src/tui/summary.js';
import { GLYPHS } from '../../src/tui/theme/capabilities.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import { initialViewState, VIEWS } from '../../src/tui/viewState.js';
import { recordedRun } from '../fixtures/events.js';
import { cases } from '../fixtures/laws.js';
import { damaged, damages, withOneChange } from './damage.js';
import { expectRefusal } from './refusal.js';

const stamp = createStamp({ run: '20261123-120000-abcd', now: () => new Date(0), elapsedMs: () => 1 });
const position = { epoch: 1, step: 300 };

/** One event of every type that the recorded run has, and those that it has not: a run with something wrong. */
const good: readonly MillraceEvent[] = [
  ...new Map([...recordedRun({ end: undefined })].map((event) => [event.type, event])).values(),
  stamp({ type: 'warning', code: 'LIMIT', message: 'too few', path: 'a', layer: 'b', stage: 'c' }, position),
  stamp({ type: 'metric', name: 'psnr', value: 18.25, unit: 'dB', split: 'test' }, position),
  stamp(image('batch', new Uint8Array(12), [2, 2, 3]), position),
  stamp(histogram('weights', [1, 2, 3], { bins: 2 }), position),
  stamp(text('remark', 'one\ntwo'), position),
  stamp(configuration({ rate: 0.1, optimizer: { name: 'adam' } }), position),
  stamp({ type: 'checkpoint', path: 'step-1.safetensors', bytes: 1, durationMs: 1, best: true }, position),
  stamp({ type: 'end', status: 'failed', error: { code: 'X', message: 'why' }, steps: 300, durationMs: 1 }, position),
];

/** SGR codes are the theme's own; everything else that a terminal obeys, or shows in another order, is of another origin. */
const ESCAPE = '\u001b';
const SGR = new RegExp(`${ESCAPE}\\[[\\d;]*m`, 'g');
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

function expectPlain(text: string): void {
  expect(UNSAFE.test(text) ? JSON.stringify(text) : '').toBe('');
}

/** Everything that shows events, at any size: throws nothing, prints nothing but text. */
function show(events: readonly AnyEvent[], { columns, rows, view, glyphs }: Screen): void {
  const state = events.reduce(reduce, initialState);
  const theme = createTheme({ color: 2, glyphs });
  const frame = drawDashboard(state, { columns, rows }, { viewState: { ...initialViewState, view } }, theme);
  for (const { text } of frame) expectPlain(text.replace(SGR, ''));
  for (const line of summaryOf(state, glyphs).split('\n')) expectPlain(line);
  const plain = plainView({ write: (text: string) => expectPlain(text.replace(/\n$/, '')) }, { mode: 'watch' });
  plain.push(events);
}

const screen = fc.record({
  columns: fc.integer({ min: 1, max: 150 }),
  rows: fc.integer({ min: 1, max: 50 }),
  view: fc.constantFrom(...VIEWS),
  glyphs: fc.constantFrom(...GLYPHS),
});
type Screen = typeof screen extends fc.Arbitrary<infer S> ? S : never;

test('an event that says anything is shown as text or passed over', () => {
  const [run] = good;
  // zod's check of a length once asked this one for it.
  const metric = good.find(({ type }) => type === 'metric')!;
  const nameless = { ...JSON.parse(encodeEvent(metric)), name: { length: { toString: null } } };
  const changed = fc.constantFrom(...good).chain((event) => withOneChange(JSON.parse(encodeEvent(event))));
  fc.assert(
    fc.property(changed, screen, (value, size) => {
      const read = parseEvent(JSON.stringify(value));
      if (read instanceof EventError) expectRefusal(read, EventError);
      else show(read === undefined ? [] : [run!, read], size);
    }),
    { numRuns: cases(500), examples: [[nameless, { columns: 80, rows: 24, view: 'log', glyphs: 'ascii' }]] },
  );
});

test('every text in every event is shown without its escapes', () => {
  const hostile = '\u001b]0;owned\u0007\u009b2J\r\n\u202e\u001b[?1049l';
  const events = good.map((event) => withTexts(event, hostile));
  expect(events.map((event) => JSON.stringify(event).includes('owned'))).toEqual(events.map(() => true));
  fc.assert(
    fc.property(screen, fc.integer({ min: 1, max: events.length }), (size, count) =>
      show(events.slice(0, count), size),
    ),
    { numRuns: cases(100) },
  );
});

/** As many of an event's texts as the vocabulary leaves free. */
function withTexts(event: MillraceEvent, text: string): MillraceEvent {
  let current = event;
  for (const path of textPaths(event)) {
    const copy = structuredClone(current);
    const last = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((holder, key) => holder[key] as never, copy as never);
    last[path.at(-1)!] = text;
    const read = parseEvent(JSON.stringify(copy));
    if (read !== undefined && isEvent(read)) current = copy;
  }
  return current;
}

function textPaths(value: unknown): string[][] {
  if (typeof value === 'string') return [[]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textPaths(inner).map((path) => [key, ...path]));
}

test('events of unknown types are shown as text, whatever is in them', () => {
  const hostile = '\u001b]0;owned\u0007\u009b2J\r\n\u202e';
  const key = fc.oneof(fc.string(), fc.constantFrom('epoch', 'step', 'elapsedMs', 'time', 'run', '__proto__', hostile));
  const foreign = fc
    .tuple(fc.oneof(fc.string(), fc.constantFrom(hostile, 'x'.repeat(100_000))), fc.dictionary(key, fc.jsonValue()))
    .map(([type, fields]) => ({ ...fields, type }));
  fc.assert(
    fc.property(foreign, fc.boolean(), screen, (value, alone, size) => {
      const read = parseEvent(JSON.stringify(value));
      if (read instanceof EventError) expectRefusal(read, EventError);
      else show(read === undefined ? [] : alone ? [read] : [good[0]!, read, ...good], size);
    }),
    { numRuns: cases(300) },
  );
});

test('of a huge event of an unknown type the dashboard keeps no more than a row shows', () => {
  const huge = parseEvent(JSON.stringify({ type: 'x', text: 'y'.repeat(1_000_000), ['k'.repeat(1_000_000)]: 1 }));
  const state = reduce(initialState, huge as AnyEvent);
  expect(JSON.stringify(state.log).length).toBeLessThan(1000);
});

test('a file with anything damaged gives events and complaints, the same however it is cut', () => {
  const file = Buffer.from(good.map(encodeEvent).join(''));
  const read = (bytes: Buffer, length: number) => {
    const decoder = new StringDecoder('utf8');
    const reader = new EventReader();
    const results: (AnyEvent | EventError)[] = [];
    for (let at = 0; at < bytes.length; at += length)
      results.push(...reader.push(decoder.write(bytes.subarray(at, at + length))));
    return [...results, ...reader.flush()];
  };
  fc.assert(
    fc.property(damages, fc.integer({ min: 1, max: 5000 }), (what, length) => {
      const bytes = damaged(file, what);
      const whole = read(bytes, bytes.length + 1);
      for (const result of whole) if (result instanceof EventError) expectRefusal(result, EventError);
      expect(read(bytes, length)).toEqual(whole);
    }),
    { numRuns: cases(100) },
  );
});

test('keys that are prototypes elsewhere change no object, neither the event nor any other', () => {
  const [run] = good;
  const { config: _, ...rest } = JSON.parse(encodeEvent(run!)) as Record<string, unknown>;
  const json = JSON.stringify(rest).replace(/\}$/, ',"config":{"__proto__":{"batchSize":7}},"__proto__":{"admin":1}}');
  const event = parseEvent(json) as Extract<MillraceEvent, { type: 'run' }>;
  expect(event.type).toBe('run');
  expect([event.config?.batchSize, 'admin' in event, 'admin' in {}]).toEqual([undefined, false, false]);
});
