import { expect, test } from 'vitest';
import { nonEmptyText } from '../../src/text/nonEmptyText.js';

test.each(['a', ' ', '\n', '\u{1f600}'])('takes %j', (text) => {
  expect(nonEmptyText().parse(text)).toBe(text);
});

test.each([[''], [7], [null], [[]], [['a']], [{ length: { toString: null } }], [{ length: 3 }]])(
  'refuses %j',
  (value) => {
    const { error } = nonEmptyText('a file').safeParse(value);
    expect(error?.issues.map(({ message }) => message)).toEqual(['a file']);
  },
);
