// What damage and malice do to a file, as data: a counterexample says what was done.
import fc from 'fast-check';

export type Damage =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'word'; readonly at: number; readonly value: number; readonly littleEndian: boolean }
  | { readonly kind: 'end'; readonly at: number };

const at = fc.nat(0xffff);
const length = fc.integer({ min: 1, max: 40 });
const value = fc.constantFrom(0, 1, 2, 255, 256, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1);

export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at, length }),
  fc.record({ kind: fc.constant('insert' as const), at, bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at, length, times: fc.integer({ min: 1, max: 50 }) }),
  // Lengths and counts stand at the beginning.
  fc.record({ kind: fc.constant('word' as const), at: fc.nat(20), value, littleEndian: fc.boolean() }),
  fc.record({ kind: fc.constant('end' as const), at }),
);

/** One to three of them, one after the other. */
export const damages = fc.array(damage, { minLength: 1, maxLength: 3 });

export function damaged(bytes: Uint8Array, damages: readonly Damage[]): Buffer {
  return damages.reduce<Buffer>(apply, Buffer.from(bytes));
}

function apply(bytes: Buffer, damage: Damage): Buffer {
  const at = damage.at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (damage.kind) {
    case 'flip': {
      const [first = 0] = after;
      return Buffer.concat([before, Buffer.of(first ^ (1 << damage.bit)), after.subarray(1)]);
    }
    case 'cut':
      return Buffer.concat([before, after.subarray(damage.length)]);
    case 'insert':
      return Buffer.concat([before, damage.bytes, after]);
    case 'repeat':
      return Buffer.concat([before, ...Array(damage.times).fill(after.subarray(0, damage.length)), after]);
    case 'word': {
      const word = Buffer.alloc(4);
      if (damage.littleEndian) word.writeUInt32LE(damage.value);
      else word.writeUInt32BE(damage.value);
      return Buffer.concat([before, word, after.subarray(4)]);
    }
    case 'end':
      return before;
  }
}

/** JSON as an attacker writes it: keys that are methods elsewhere, numbers without bounds, escapes for the terminal. */
export const hostileJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, -1, 1, 2, 3, 16, 0.5, 1e9, 1e308, 2 ** 53, 'conv2d', 'relu', 'NaN'),
    fc.constantFrom(
      '\u001b[2J',
      '\u009b31m',
      '\u202egnp',
      '\ud800',
      '\u0000',
      '__proto__',
      '../../x',
      'x'.repeat(5000),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'then', 'type', 'name', '\u001b[31m'),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
})).value;

/** A good value in which one thing, however deep inside, is another one. */
export function withOneChange(good: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(good);
  return fc.record({ path: fc.constantFrom(...paths), value: hostileJson }).map(({ path, value }) => {
    return changed(structuredClone(good), path, value);
  });
}

type Path = readonly string[];

function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path]))];
}

function changed(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const holder = value as Record<string, unknown>;
  holder[key] = changed(holder[key], rest, replacement);
  return holder;
}
