import { expect, test } from 'vitest';
import { watchRequest } from '../../../src/cli/watch/flags.js';

const look = { glyphs: undefined, compare: undefined };
const names = (count: number): string[] => Array.from({ length: count }, (_, place) => `run${place}`);

test('runs are shown, everything at once unless a speed is given', () => {
  expect(watchRequest([], {})).toMatchObject({ kind: 'show', runs: [], speed: Number.POSITIVE_INFINITY, look });
  expect(watchRequest(['a', '-'], { speed: '0.5' })).toMatchObject({ kind: 'show', runs: ['a', '-'], speed: 0.5, look });
  expect(watchRequest(['a'], { speed: 'max' })).toMatchObject({ speed: Number.POSITIVE_INFINITY });
});

test('one picture is text of 120×40 cells unless said otherwise', () => {
  const options = { format: 'text', size: { columns: 120, rows: 40 }, view: 'overview', step: undefined };
  expect(watchRequest(['a'], { once: true })).toEqual({ kind: 'once', runs: ['a'], options, look });
  expect(watchRequest(['a'], { once: 'svg', size: '80x24', view: 'chart', step: '7' })).toEqual({
    kind: 'once',
    runs: ['a'],
    options: { format: 'svg', size: { columns: 80, rows: 24 }, view: 'chart', step: 7 },
    look,
  });
});

test('both are drawn with the glyphs and the comparison that are asked for', () => {
  const flags = { glyphs: 'block', compare: 'none' };
  expect(watchRequest(['a'], flags)).toMatchObject({ kind: 'show', look: flags });
  expect(watchRequest(['a'], { ...flags, once: true })).toMatchObject({ kind: 'once', look: flags });
  expect(watchRequest(['a'], { glyphs: 'auto' })).toMatchObject({ look });
  expect(() => watchRequest(['a'], { glyphs: 'emoji' })).toThrow('glyphs');
});

test('what follows --once is a run where it is not a format', () => {
  expect(watchRequest([], { once: 'runs/a' })).toMatchObject({ kind: 'once', runs: ['runs/a'] });
});

test('eight runs at once are the most, and stdin can be named once', () => {
  expect(watchRequest(names(8), {})).toMatchObject({ runs: names(8) });
  expect(() => watchRequest(names(9), {})).toThrow('expected at most 8 runs at once, found 9. Name fewer of them.');
  expect(() => watchRequest(['-', 'a', '-'], {})).toThrow('stdin (-) is named twice');
});

test.each([
  [{ speed: '0' }, 'speed'],
  [{ speed: '-1' }, 'speed'],
  [{ speed: 'fast' }, 'speed'],
  [{ speed: '' }, 'speed'],
  [{ speed: 'Infinity' }, 'speed'],
  [{ once: true, size: '19x6' }, 'size'],
  [{ once: true, size: '20x5' }, 'size'],
  [{ once: true, size: '501x40' }, 'size'],
  [{ once: true, size: '80x201' }, 'size'],
  [{ once: true, size: '80' }, 'size'],
  [{ once: true, view: 'losses' }, 'view'],
  [{ once: true, step: '1.5' }, 'step'],
  [{ once: true, step: '-1' }, 'step'],
  [{ json: true }, 'json'],
  [{ size: '80x24' }, 'size'],
  [{ view: 'chart' }, 'view'],
  [{ step: '1' }, 'step'],
  [{ once: true, speed: '2' }, 'speed'],
  [{ list: true, once: true }, 'once'],
])('refuses %j for its %s', (flags, option) => {
  expect(() => watchRequest([], flags)).toThrow(expect.objectContaining({ code: 'OPTION', option }));
});

test('a list is of all runs', () => {
  expect(watchRequest([], { list: true, json: true })).toEqual({ kind: 'list', json: true });
  expect(() => watchRequest(['a'], { list: true })).toThrow('no run beside it');
});
