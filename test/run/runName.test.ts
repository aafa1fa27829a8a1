import { expect, test } from 'vitest';
import { isRunName } from '../../src/run/runName.js';

test.each(['baseline', '2 layers, wider', 'größer', 'v1.2 (final?)', 'a'.repeat(60)])('%j is a name', (name) => {
  expect(isRunName(name)).toBe(true);
});

test.each([
  '',
  ' leading',
  'trailing ',
  '-flag',
  '.hidden',
  'a/b',
  'a\\b',
  'none',
  'options.json',
  'events.NDJSON',
  '20261123-120000-abcd',
  'two\nlines',
  'red \u001b[31m',
  'turned \u202e around',
  'in\u200bvisible',
  'half \ud800',
  'a'.repeat(61),
])('%j is none', (name) => {
  expect(isRunName(name)).toBe(false);
});
