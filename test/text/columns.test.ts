import { expect, test } from 'vitest';
import { inColumns } from '../../src/text/columns.js';

test('columns are as wide as their widest cell, numbers end below each other', () => {
  const rows = [
    ['layer', 'parameters'],
    ['encoder.0', '1,077'],
    ['x', '4'],
  ];
  expect(inColumns(rows, ['left', 'right'])).toEqual([
    'layer      parameters',
    'encoder.0       1,077',
    'x                   4',
  ]);
});

test('no line ends in spaces', () => {
  const rows = [
    ['a', ''],
    ['', 'bcd'],
    ['', ''],
  ];
  expect(inColumns(rows, ['left', 'left'])).toEqual(['a', '   bcd', '']);
});
