import { expect, test } from 'vitest';
import { TextLines } from '../../src/tracking/textLines.js';

const encoder = new TextEncoder();

test('a line is whole when its line feed has come, however small the pieces', () => {
  const text = encoder.encode('step,loss\n1,0.5\n');
  const lines = new TextLines();
  const come: string[][] = [];
  for (let end = 0, from = 0; end <= text.length; end++) {
    const { lines: whole, decoded } = lines.in(text.subarray(from, end), 'nothing yet', from === 0);
    from += decoded.used;
    if (whole.length > 0) come.push([...whole, `at ${end}`]);
  }
  expect(come).toEqual([
    ['step,loss', 'at 10'],
    ['1,0.5', 'at 16'],
  ]);
});

test('what comes in the place of zeros is read', () => {
  const lines = new TextLines();
  const early = Uint8Array.of(...encoder.encode('1,0.5'), 0, 0, 0, 0);
  expect(lines.in(early, 'nothing yet', false)).toEqual({ lines: [], decoded: { used: 0 } });
  expect(lines.in(encoder.encode('1,0.5\n2,3'), 'nothing yet', false)).toEqual({
    lines: ['1,0.5'],
    decoded: { used: 6 },
  });
});

test('a long line is searched once, not again with each piece', () => {
  const bytes = new Uint8Array(2 ** 18).fill(0x31);
  const lines = new TextLines();
  let looked = 0;
  const watched = new Proxy(bytes, {
    get: (target, name) => {
      if (name === 'indexOf')
        return (value: number, from = 0) => {
          looked += Math.max(0, target.length - from);
          return target.indexOf(value, from);
        };
      return Reflect.get(target, name, target);
    },
  });
  for (let piece = 0; piece < 100; piece++) lines.in(watched, 'nothing yet', false);
  expect(looked).toBeLessThan(3 * bytes.length);
});

test('a line without an end is given up', () => {
  const { decoded } = new TextLines().in(new Uint8Array(5 * 2 ** 20).fill(0x31), 'more', false);
  expect(decoded).toEqual({ used: 0, broken: 'a line is longer than 4 MiB' });
});
