import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript
import { activationNumbers } from '../../scripts/writeActivations.js';
import { ACTIVATIONS } from '../../src/model/activations.js';

test('the kernels have the numbers of the table', () => {
  const path = new URL('../../src/model/simd/assembly/elementwise/activations.ts', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(activationNumbers(ACTIVATIONS));
});
