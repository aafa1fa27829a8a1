// What damage and malice do to a file.

const INTERESTING = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const byteMutations = [
  function flipBit(bytes, random) {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[random.integer(copy.length)] ^= 1 << random.integer(8);
    return copy;
  },
  function setByte(bytes, random) {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[random.integer(copy.length)] = random.pick([0, 0x1b, 0x7f, 0x80, 0x9b, 0xc0, 0xff]);
    return copy;
  },
  function cutOff(bytes, random) {
    return Buffer.from(bytes.subarray(0, random.integer(bytes.length + 1)));
  },
  function takeOut(bytes, random) {
    const at = random.integer(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.integer(64))]);
  },
  function putIn(bytes, random) {
    return spliced(bytes, random.integer(bytes.length + 1), 0, random.bytes(1 + random.integer(16)));
  },
  function repeat(bytes, random) {
    const at = random.integer(bytes.length + 1);
    const part = bytes.subarray(at, at + 1 + random.integer(64));
    const times = 1 + random.integer(random.chance(0.1) ? 1000 : 8);
    return spliced(bytes, at, 0, Buffer.concat(Array.from({ length: times }, () => part)));
  },
  function setLength(bytes, random) {
    const copy = Buffer.from(bytes);
    if (copy.length < 8) return copy;
    const at = random.chance(0.7) ? random.integer(Math.min(24, copy.length - 7)) : random.integer(copy.length - 7);
    const value = random.pick(INTERESTING);
    if (random.chance(0.4)) copy.writeUInt32BE(value, at);
    else if (random.chance(0.6)) copy.writeUInt32LE(value, at);
    else copy.writeBigUInt64LE(BigInt(value) << BigInt(random.pick([0, 8, 21, 31, 32])), at);
    return copy;
  },
  function exchange(bytes, random) {
    const at = random.integer(bytes.length + 1);
    const length = random.integer(32);
    const first = bytes.subarray(at, at + length);
    const second = bytes.subarray(at + length, at + 2 * length);
    return Buffer.concat([bytes.subarray(0, at), second, first, bytes.subarray(at + 2 * length)]);
  },
  function crossWith(bytes, random, others) {
    const other = random.pick(others);
    return Buffer.concat([
      bytes.subarray(0, random.integer(bytes.length + 1)),
      other.subarray(random.integer(other.length + 1)),
    ]);
  },
];

const NUMBERS =
  '0 -0 -1 1 2 3 4 5 7 8 14 16 28 64 784 4096 65536 16777216 0.5 1e9 1e308 1e999 -1e999 4294967296 9007199254740991 9007199254740993 1e-320 123456789012345678901234567890'.split(
    ' ',
  );
const WORDS = [
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"length"',
  '"\\u001b[2J\\u001b]0;owned\\u0007"',
  '"\\u202egnp.exe"',
  '"\\ud800"',
  '"\\u0000"',
  '"\\u009b31m"',
  '"\\n\\r\\t"',
  '"\u001b[31m"',
  '"../../../etc/passwd"',
  '""',
  '"NaN"',
  '"-Infinity"',
  'null',
  'true',
  '[]',
  '{}',
  '{"toString":1,"valueOf":1}',
  '{"__proto__":{"admin":1}}',
];

/** Seldom large: what is a thousand times as long takes as much longer, and finds no more each time. */
function many(random) {
  return 2 ** Math.min(random.integer(15), random.integer(15), random.integer(15));
}

const textMutations = [
  function otherOfItsKind(text, random) {
    const kind = random.pick([/-?\d+(?:\.\d+)?/g, /"[^"\\]*"/g, /\{[^{}]*\}/g, /\[[^[\]]*\]/g]);
    const matches = text.slice(0, 20_000).match(kind) ?? [''];
    return replaceOne(text, kind, () => random.pick(matches), random);
  },
  function otherNumber(text, random) {
    return replaceOne(text, /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, () => random.pick(NUMBERS), random);
  },
  function otherValue(text, random) {
    return replaceOne(text, /"(?:[^"\\]|\\.)*"|null|true|false/g, () => random.pick(WORDS), random);
  },
  function otherKey(text, random) {
    return replaceOne(text, /"[^"\\]*"(?=\s*:)/g, () => random.pick(WORDS.slice(0, 9)), random);
  },
  function sameKeyAgain(text, random) {
    return replaceOne(text, /"[^"\\]*"\s*:\s*(?:"[^"\\]*"|-?[\d.]+)/g, (match) => `${match},${match}`, random);
  },
  function longString(text, random) {
    const long = random.pick(['x', '\\u001b', '\u00e9', 'A']).repeat(many(random) * random.pick([1, 32]));
    return replaceOne(text, /"(?:[^"\\]|\\.)*"/g, () => `"${long}"`, random);
  },
  function deep(text, random) {
    const levels = many(random);
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ]);
    const nest = (match) => open.repeat(levels) + match + close.repeat(random.chance(0.7) ? levels : 0);
    return replaceOne(text, /-?\d+|"(?:[^"\\]|\\.)*"/g, nest, random);
  },
  function manyItems(text, random) {
    const count = many(random);
    return replaceOne(text, /\[[^[\]]*\]/g, (list) => `[${Array(count).fill(list).join(',')}]`, random);
  },
  function manyKeys(text, random) {
    const count = many(random);
    const keys = Array.from({ length: count }, (_, index) => `"k${index}":${index},`).join('');
    return replaceOne(text, /\{(?=\s*")/g, () => `{${keys}`, random);
  },
  function otherToken(text, random) {
    return replaceOne(text, /[[\]{}:,"]/g, () => random.pick(['', ...'[]{}:,"\n\\ ']), random);
  },
];

/**
 * @param bytes a good file
 * @param others good files of the same kind, to be mixed with
 * @param isText whether it is one that is read as JSON, or has JSON in it
 */
export function mutate(bytes, random, others, isText) {
  let mutated = bytes;
  // Mostly one thing: after four there is seldom more to find than the first.
  for (let times = random.chance(0.6) ? 1 : 1 + random.integer(4); times > 0; times -= 1)
    mutated =
      isText && random.chance(0.85)
        ? Buffer.from(random.pick(textMutations)(Buffer.from(mutated).toString('latin1'), random), 'latin1')
        : random.pick(byteMutations)(mutated, random, others);
  return mutated;
}

function spliced(bytes, at, remove, insert) {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}

/** Replaces one of the matches, whichever it is. */
function replaceOne(text, pattern, replacement, random) {
  const matches = [...text.slice(0, 20_000).matchAll(pattern)];
  if (matches.length === 0) return text;
  const { 0: match, index } = random.pick(matches);
  return text.slice(0, index) + replacement(match) + text.slice(index + match.length);
}
