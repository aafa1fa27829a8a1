import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WeightsError, type WeightsErrorCode } from '../../../src/errors.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/model/safetensors/encoding.js';

const text = fc.string({ unit: 'grapheme' });
const tensor = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, side) => product * side, 1);
  return fc.record({
    shape: fc.constant(shape),
    data: fc.float32Array({ minLength: length, maxLength: length }),
  });
});
const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '0', '')).filter((n) => n !== '__metadata__');
const file = fc.record({ tensors: mapOf(name, tensor), metadata: mapOf(name, text) });

function mapOf<V>(key: fc.Arbitrary<string>, value: fc.Arbitrary<V>): fc.Arbitrary<Map<string, V>> {
  return fc
    .uniqueArray(fc.tuple(key, value), { selector: ([k]) => k, maxLength: 5 })
    .map((entries) => new Map(entries));
}

describe('what is written', () => {
  test('is read again, whatever the names, shapes, values and metadata', () => {
    fc.assert(
      fc.property(file, (written) => {
        const { tensors, metadata } = decodeSafetensors(encodeSafetensors(written));
        expect(tensors).toEqual(written.tensors);
        expect(metadata).toEqual(written.metadata);
      }),
    );
  });

  test("is the same, byte for byte, as Python's", () => {
    const python = readFileSync(new URL('../../fixtures/peers/dense.safetensors', import.meta.url));
    expect(Buffer.from(encodeSafetensors(decodeSafetensors(python)))).toEqual(python);
  });

  test('is the same for the same tensors in another order', () => {
    fc.assert(
      fc.property(file, ({ tensors, metadata }) => {
        const reversed = new Map([...tensors].reverse());
        expect(encodeSafetensors({ tensors: reversed, metadata })).toEqual(encodeSafetensors({ tensors, metadata }));
      }),
    );
  });

  test('begins its values at a multiple of 8 bytes, after spaces', () => {
    fc.assert(
      fc.property(file, (written) => {
        const bytes = Buffer.from(encodeSafetensors(written));
        const length = Number(bytes.readBigUInt64LE(0));
        expect(length % 8).toBe(0);
        expect(bytes.toString('utf8', 8, 8 + length)).toMatch(/^\{.*\} {0,7}$/s);
      }),
    );
  });

  test('is read from the middle of a larger buffer', () => {
    const written = { tensors: new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]), metadata: new Map() };
    const bytes = encodeSafetensors(written);
    const larger = Buffer.concat([Buffer.from('xyz'), bytes]);
    expect(decodeSafetensors(larger.subarray(3)).tensors).toEqual(written.tensors);
  });

  test.each([
    ['named __metadata__', '__metadata__', [1]],
    ['whose shape has other values than its data', 'a', [2]],
  ])('is never a tensor %s', (_, name, shape) => {
    const tensors = new Map([[name, { shape, data: Float32Array.of(1) }]]);
    expect(() => encodeSafetensors({ tensors, metadata: new Map() })).toThrow(WeightsError);
  });
});

describe('a file is refused', () => {
  const entry = (begin: number, end: number, shape: readonly number[] = [(end - begin) / 4], dtype = 'F32'): string =>
    JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
  const empty = (json: string): Uint8Array => build(json, 0);

  const refused: [
    why: string,
    bytes: Uint8Array,
    code: WeightsErrorCode,
    offset: number | undefined,
    message: RegExp,
  ][] = [
    ['when it is empty', new Uint8Array(0), 'WEIGHTS_TRUNCATED', 0, /expected 8 bytes .* found 0/],
    [
      'with a header beyond its end',
      build('{}', 0, 3n),
      'WEIGHTS_TRUNCATED',
      8,
      /header of 3 bytes, found 2 to the end/,
    ],
    ['with a header of 2^64 − 1 bytes', build('{}', 0, 2n ** 64n - 1n), 'WEIGHTS_HEADER', 0, /at most 10000000 bytes/],
    ['with a header just over 10 MB', build('{}', 0, 10_000_001n), 'WEIGHTS_HEADER', 0, /found 10000001/],
    ['with an empty header', empty(''), 'WEIGHTS_HEADER', 8, /an empty header/],
    ['when its header begins with a space', empty(' {}'), 'WEIGHTS_HEADER', 8, /found " "/],
    ['when its header begins with a byte order mark', empty('\ufeff{}'), 'WEIGHTS_HEADER', 8, /expected "\{"/],
    ['when its header is a list', empty('[]'), 'WEIGHTS_HEADER', 8, /found "\["/],
    ['when its header is no JSON', empty('{"é":}'), 'WEIGHTS_HEADER', 14, /expected a value, found "\}"/],
    ['when its header is not UTF-8', build(Buffer.from([0x7b, 0xff, 0x7d]), 0), 'WEIGHTS_HEADER', 8, /UTF-8/],
    ['when its header nests deeply', empty(`{"a":${'['.repeat(99)}`), 'WEIGHTS_HEADER', 45, /levels of nesting/],
    [
      'when a name stands twice',
      build(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4),
      'WEIGHTS_DUPLICATE',
      62,
      /"a" for the second time/,
    ],
    [
      'when a name stands twice, once escaped',
      build(`{"a":${entry(0, 4)},"\\u0061":${entry(4, 8)}}`, 8),
      'WEIGHTS_DUPLICATE',
      62,
      /"a"/,
    ],
    [
      'when a key of a tensor stands twice',
      empty('{"a":{"dtype":"F32","dtype":"F16"}}'),
      'WEIGHTS_DUPLICATE',
      28,
      /"dtype"/,
    ],
    ['when metadata has a number', empty('{"__metadata__":{"a":1}}'), 'WEIGHTS_HEADER', undefined, /^__metadata__: /],
    ['when metadata is a list', empty('{"__metadata__":["a"]}'), 'WEIGHTS_HEADER', undefined, /^__metadata__: /],
    ['when a tensor is null', empty('{"a":null}'), 'WEIGHTS_HEADER', undefined, /^tensor "a": .*its entry/],
    [
      'when a tensor lacks its shape',
      empty('{"a":{"dtype":"F32","data_offsets":[0,0]}}'),
      'WEIGHTS_HEADER',
      undefined,
      /as shape/,
    ],
    ['when a side is negative', build(`{"a":${entry(0, 4, [-1])}}`, 4), 'WEIGHTS_HEADER', undefined, /as shape\.0/],
    ['when a side is a fraction', build(`{"a":${entry(0, 4, [0.5])}}`, 4), 'WEIGHTS_HEADER', undefined, /as shape\.0/],
    [
      'when an offset is negative',
      build(`{"a":${entry(-4, 0)}}`, 4),
      'WEIGHTS_HEADER',
      undefined,
      /as data_offsets\.0/,
    ],
    [
      'when there are three offsets',
      empty('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4,8]}}'),
      'WEIGHTS_HEADER',
      undefined,
      /as data_offsets/,
    ],
    [
      'when offsets run backwards',
      build(`{"a":${entry(4, 0, [1])}}`, 4),
      'WEIGHTS_HEADER',
      undefined,
      /4 bytes for F32 \[1\], found data_offsets 4 to 0/,
    ],
    [
      'when shape and offsets disagree',
      build(`{"a":${entry(0, 4, [2])}}`, 4),
      'WEIGHTS_HEADER',
      undefined,
      /8 bytes for F32 \[2\]/,
    ],
    [
      'when a shape overflows',
      empty(`{"a":${entry(0, 0, [2 ** 53 - 1, 2 ** 53 - 1, 2 ** 53 - 1])}}`),
      'WEIGHTS_HEADER',
      undefined,
      /^tensor "a"/,
    ],
    [
      'when a dtype is unknown',
      empty(`{"a":${entry(0, 0, [0], 'F99')}}`),
      'WEIGHTS_DTYPE',
      undefined,
      /^tensor "a": .*found "F99"/,
    ],
    [
      'when a dtype is named like a method',
      empty(`{"a":${entry(0, 0, [0], 'toString')}}`),
      'WEIGHTS_DTYPE',
      undefined,
      /found "toString"/,
    ],
    [
      'when a tensor has no floats',
      build(`{"a":${entry(0, 4, [2], 'I16')}}`, 4),
      'WEIGHTS_DTYPE',
      undefined,
      /^tensor "a": expected one of F16, BF16, F32, F64, found I16 \[2\]\. /,
    ],
    [
      'when tensors overlap',
      build(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12),
      'WEIGHTS_OVERLAP',
      124,
      /^byte 124: tensor "b": .* begins at byte 120/,
    ],
    [
      'when tensors are the same bytes',
      build(`{"a":${entry(0, 8)},"b":${entry(0, 8)}}`, 8),
      'WEIGHTS_OVERLAP',
      undefined,
      /"b"/,
    ],
    [
      'when there is a hole',
      build(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12),
      'WEIGHTS_HEADER',
      undefined,
      /holes/,
    ],
    [
      'when its first tensor does not begin the data',
      build(`{"a":${entry(4, 8)}}`, 8),
      'WEIGHTS_HEADER',
      undefined,
      /holes/,
    ],
    [
      'when its end is missing',
      build(`{"a":${entry(0, 8)}}`, 7),
      'WEIGHTS_TRUNCATED',
      undefined,
      /a file of \d+ bytes/,
    ],
    [
      'when something follows its tensors',
      build(`{"a":${entry(0, 4)}}`, 5),
      'WEIGHTS_HEADER',
      undefined,
      /1 further bytes/,
    ],
    [
      'when it promises a terabyte',
      build(`{"a":${entry(0, 2 ** 42)}}`, 4),
      'WEIGHTS_TRUNCATED',
      undefined,
      /4398046511\d+ bytes/,
    ],
  ];

  test.each(refused)('%s', (_, bytes, code, offset, message) => {
    const refusal = refusalOf(bytes);
    expect(refusal).toBeInstanceOf(WeightsError);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) });
    if (offset !== undefined) expect(refusal).toMatchObject({ offset });
  });

  test('naming the path it is at', () => {
    expect(() => decodeSafetensors(new Uint8Array(3), 'w.safetensors')).toThrow(/^w\.safetensors: expected 8 bytes/);
  });

  test('or read, but nothing else, when its bytes are changed, cut or added to', () => {
    const change = fc.record({ at: fc.nat(), cut: fc.nat(9), insert: fc.uint8Array({ maxLength: 9 }) });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    const json = fc.constantFrom(...'{}[]":,-.0123456789eEFtrulns\\ ');
    const headerChange = fc.record({ at: fc.nat(), cut: fc.nat(9), insert: fc.array(json, { maxLength: 5 }) });
    fc.assert(
      fc.property(file, changes, fc.array(headerChange, { maxLength: 3 }), (written, anywhere, inHeader) => {
        let bytes: Uint8Array = encodeSafetensors(written);
        const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
        for (const { at, cut, insert } of inHeader)
          bytes = spliced(bytes, 8 + (at % headerBytes), cut, Buffer.from(insert.join('')));
        if (inHeader.length === 0)
          for (const { at, cut, insert } of anywhere) bytes = spliced(bytes, at % (bytes.length + 1), cut, insert);
        const refusal = refusalOf(bytes);
        if (refusal !== undefined) expect(refusal).toBeInstanceOf(WeightsError);
      }),
      { numRuns: 500 },
    );
  });

  test('or read, but nothing else, when its header is any JSON', () => {
    const entryLike = fc.record({
      dtype: fc.oneof(fc.constantFrom('F32', 'F16', 'I64'), fc.jsonValue()),
      shape: fc.oneof(fc.array(fc.integer()), fc.jsonValue()),
      data_offsets: fc.oneof(fc.tuple(fc.integer(), fc.integer()), fc.jsonValue()),
    });
    const header = fc.dictionary(name, fc.oneof(entryLike, fc.jsonValue()), { noNullPrototype: true });
    fc.assert(
      fc.property(header, fc.nat(99), (value, dataBytes) => {
        const refusal = refusalOf(build(JSON.stringify(value), dataBytes));
        if (refusal !== undefined) expect(refusal).toBeInstanceOf(WeightsError);
      }),
    );
  });
});

test('a tensor or metadata called __proto__ is a name like any other', () => {
  const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4],"__proto__":{"dtype":"F16"}}';
  const { tensors, metadata } = decodeSafetensors(build(`{"__metadata__":{"__proto__":"x"},"__proto__":${entry}}`, 4));
  expect([...tensors]).toEqual([['__proto__', { shape: [1], data: Float32Array.of(0) }]]);
  expect([...metadata]).toEqual([['__proto__', 'x']]);
});

/** A file of this header, with its length or a false one, and so many bytes of zeros. */
function build(header: string | Uint8Array, dataBytes: number, length?: bigint): Uint8Array {
  const json = Buffer.from(header);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(length ?? BigInt(json.length));
  return Buffer.concat([prefix, json, Buffer.alloc(dataBytes)]);
}

function spliced(bytes: Uint8Array, at: number, cut: number, insert: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + cut)]);
}

function refusalOf(bytes: Uint8Array): unknown {
  try {
    decodeSafetensors(bytes);
    return undefined;
  } catch (error) {
    return error;
  }
}
