import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { text } from '../../../src/events/measurements/text.js';

test('is the body of an event, up to 65,536 characters', () => {
  expect(text('remark', 'a\nb')).toEqual({ type: 'text', name: 'remark', text: 'a\nb' });
  expect(text('remark', 'x'.repeat(65_536)).text).toHaveLength(65_536);
  expect(() => text('remark', 'x'.repeat(65_537))).toThrow(OptionError);
});

test('refuses what has no name and what is no text', () => {
  expect(() => text('', 'a')).toThrow(OptionError);
  expect(() => text('a', 3 as unknown as string)).toThrow(OptionError);
});
