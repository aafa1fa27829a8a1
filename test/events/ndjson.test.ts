import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventError } from '../../src/errors.js';
import { configuration } from '../../src/events/measurements/configuration.js';
import { histogram } from '../../src/events/measurements/histogram.js';
import { image } from '../../src/events/measurements/image.js';
import { text } from '../../src/events/measurements/text.js';
import { EventReader, encodeEvent, isEvent, isUnknownEvent, parseEvent } from '../../src/events/ndjson.js';
import type { LossEvent, MillraceEvent } from '../../src/events/schema.js';
import { createStamp } from '../../src/events/stamp.js';

const stamp = createStamp({ run: '20261123-120000-abcd', now: () => new Date(0), elapsedMs: () => 1 });

function loss(value: number): MillraceEvent {
  return stamp({ type: 'loss', loss: value, items: 20, learningRate: 0.001 }, { epoch: 1, step: 1 });
}

describe('encoding', () => {
  test('is one line that parses back into the same event, not-a-numbers included', () => {
    const measured = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    fc.assert(
      fc.property(measured, (value) => {
        const event = loss(value === 0 ? 0 : value);
        const line = encodeEvent(event);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(parseEvent(line)).toEqual(event);
      }),
    );
  });

  test('writes what JSON has no number for as strings', () => {
    expect(encodeEvent(loss(Number.NaN))).toContain('"loss":"NaN"');
    expect(encodeEvent(loss(Number.NEGATIVE_INFINITY))).toContain('"loss":"-Infinity"');
  });
});

describe('parsing', () => {
  test('keeps fields that it does not know, at every depth', () => {
    const run = {
      ...{ type: 'run', run: 'a', seq: 0, time: '2026-11-23T12:00:00.000Z', elapsedMs: 0, epoch: 1, step: 0 },
      ...{
        dataset: { name: 'mine', shape: [2, 2, 1], colours: 'many' },
        engine: { name: 'mine', cores: 7 },
        epochs: 1,
      },
      addedLater: [{ deep: null }],
    };
    expect(parseEvent(JSON.stringify(run))).toEqual(run);
    const line = encodeEvent({ ...loss(1), addedLater: 'NaN' } as unknown as MillraceEvent);
    expect(encodeEvent(parseEvent(line) as MillraceEvent)).toBe(line);
  });

  test('gives an event of an unknown type as it is, and back to the byte', () => {
    const field = fc.oneof(fc.string(), fc.constantFrom('step', 'epoch', 'time', '__proto__', 'constructor'));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.dictionary(field, fc.jsonValue()), (type, fields) => {
        const line = `${JSON.stringify({ type: `x ${type}`, ...fields, run: 'r' })}\n`;
        const read = parseEvent(line);
        if (read === undefined) return;
        if (read instanceof EventError) expect(read.code).toMatch(/^EVENT_/);
        else expect([isUnknownEvent(read), isEvent(read), encodeEvent(read)]).toEqual([true, false, line]);
      }),
    );
  });

  test('takes the common fields of an unknown type for what they are elsewhere', () => {
    expect(parseEvent('{"type":"mine","step":3}')).toEqual({ type: 'mine', step: 3 });
    expect(parseEvent('{"type":"mine","step":"3"}')).toMatchObject({
      code: 'EVENT_SHAPE',
      message: 'an event of an unknown type has a wrong field step. It is passed over.',
    });
  });

  test('a run event says as much as it knows: its id, the data, the epochs and the engine', () => {
    const least = {
      type: 'run',
      run: 'a',
      dataset: { name: 'mine', shape: [2, 2, 1] },
      engine: { name: 'e' },
      epochs: 3,
    };
    expect(parseEvent(JSON.stringify(least))).toMatchObject({ ...least, seq: 0, epoch: 1, step: 0, elapsedMs: 0 });
    for (const field of ['run', 'dataset', 'engine', 'epochs'])
      expect(parseEvent(JSON.stringify({ ...least, [field]: undefined }))).toMatchObject({ code: 'EVENT_SHAPE' });
  });

  test('takes metrics, numbers that JSON has no word for included', () => {
    const metric = stamp({ type: 'metric', name: 'psnr', value: Number.NaN, unit: 'dB' }, { epoch: 1, step: 1 });
    expect(encodeEvent(metric)).toContain('"value":"NaN"');
    expect(parseEvent(encodeEvent(metric))).toEqual(metric);
  });

  const told = [
    image('batch', Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3]),
    histogram('weights', [1, 2, 3], { bins: 2 }),
    text('remark', 'one\ntwo'),
    configuration({ rate: 0.1, optimizer: { name: 'adam', nesterov: false }, seed: null }),
  ].map((body) => stamp(body, { epoch: 1, step: 1 }));

  test('takes pictures, histograms, texts and configurations', () => {
    for (const event of told) expect(parseEvent(encodeEvent(event))).toEqual(event);
  });

  test.each([
    { type: 'image', shape: [1, 1, 3] },
    { type: 'image', shape: [1, 3, 2] },
    { type: 'image', shape: [0, 2, 3] },
    { type: 'image', shape: [1e9, 1e9, 3] },
    { type: 'image', shape: [1024, 1025, 1], pixels: Buffer.alloc(1024 * 1025).toString('base64') },
    { type: 'histogram', counts: [1] },
    { type: 'histogram', counts: [1, -1] },
    { type: 'histogram', edges: [1, 3, 2] },
    { type: 'histogram', edges: [1], counts: [] },
    { type: 'histogram', edges: Array.from({ length: 1026 }, (_, at) => at), counts: new Array(1025).fill(1) },
    { type: 'text', text: 'x'.repeat(65_537) },
    { type: 'text', name: '' },
    { type: 'configuration', values: { nested: { rate: 1 } } },
    { type: 'configuration', values: Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [at, at])) },
  ])('refuses one that is not what it says: $type $shape', (wrong) => {
    const event = told.find(({ type }) => type === wrong.type);
    expect(parseEvent(JSON.stringify({ ...event, ...wrong }))).toMatchObject({ code: 'EVENT_SHAPE' });
  });

  test.each(['{"type":{"toString":1,"valueOf":1}}', '{"type":["loss"]}', '{"type":null}', '{"type":""}', '[]'])(
    'takes %s for nothing of ours',
    (line) => {
      expect(parseEvent(line)).toBeUndefined();
    },
  );

  test('refuses what nests deeply before it costs memory', () => {
    expect(parseEvent(`{"type":"loss","x":${'['.repeat(32)}${']'.repeat(32)}}`)).toMatchObject({ code: 'EVENT_JSON' });
    expect(parseEvent('['.repeat(1_000_000))).toMatchObject({
      code: 'EVENT_JSON',
      message: expect.stringContaining('32 levels'),
    });
  });

  test('reports what is not an event, and throws nothing whatever the line is', () => {
    expect(parseEvent('not json')).toMatchObject({ code: 'EVENT_JSON' });
    expect(parseEvent('{"type":"loss"}')).toMatchObject({ code: 'EVENT_SHAPE' });
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void parseEvent(line)));
  });
});

describe('a reader', () => {
  test('gives the same events however the text is cut', () => {
    const text = [1, 2, 3].map((value) => encodeEvent(loss(value))).join('');
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const reader = new EventReader();
        const ends = [...cuts.sort((one, other) => one - other), text.length];
        const read = ends.flatMap((end, index) => reader.push(text.slice(index === 0 ? 0 : ends[index - 1], end)));
        expect(read.map((event) => (event as LossEvent).loss)).toEqual([1, 2, 3]);
      }),
    );
  });

  test('leaves out a torn last line without complaint, and reads a whole one without its line feed', () => {
    const reader = new EventReader();
    reader.push(encodeEvent(loss(1)).slice(0, 20));
    expect(reader.flush()).toEqual([]);
    reader.push(encodeEvent(loss(2)).trimEnd());
    expect(reader.flush()).toHaveLength(1);
  });

  test('takes bytes cut anywhere, text cut in the middle of a character, and a byte order mark', () => {
    const event = { type: 'metric of others', name: 'ä😀' };
    const text = `\uFEFF${JSON.stringify(event)}\n`;
    const halves = new EventReader();
    expect([...text.split('')].flatMap((unit) => halves.push(unit))).toEqual([event]);
    const bytes = new EventReader();
    expect([...Buffer.from(text)].flatMap((byte) => bytes.push(Uint8Array.of(byte)))).toEqual([event]);
    expect(parseEvent(text)).toEqual(event);
  });

  test('names UTF-16', () => {
    const [complaint] = new EventReader().push(Buffer.from('{"type":"run"}\n', 'utf16le'));
    expect(complaint).toMatchObject({ code: 'EVENT_JSON', message: expect.stringContaining('UTF-16') });
  });

  test('finds a line too long, and no other, however it is cut', () => {
    const text = `${encodeEvent(loss(1))}${'x'.repeat(17 * 1024 * 1024)}\n${encodeEvent(loss(2))}`;
    for (const length of [text.length, 5_000_000]) {
      const reader = new EventReader();
      const read: unknown[] = [];
      for (let at = 0; at < text.length; at += length) read.push(...reader.push(text.slice(at, at + length)));
      expect(read).toMatchObject([{ loss: 1 }, { code: 'EVENT_TOO_LONG' }, { loss: 2 }]);
    }
  });

  test('passes over a line without end in bounded memory and goes on after it', () => {
    const reader = new EventReader();
    const piece = 'x'.repeat(4 * 1024 * 1024);
    const complaints = Array.from({ length: 10 }, () => reader.push(piece)).flat();
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toBeInstanceOf(EventError);
    expect(reader.push(`\n${encodeEvent(loss(1))}`)).toHaveLength(1);
  });
});
