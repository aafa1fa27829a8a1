// Whatever bytes come together, and whatever becomes of them, what is read is the same, or an end with a sentence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesOf } from '../../src/tracking/node/filesOf.js';
import { findRuns } from '../../src/tracking/node/findRuns.js';
import { cases } from '../fixtures/laws.js';
import { decoded } from './readEvents.js';

const folder = join(import.meta.dirname, '../fixtures/tracking');
const { runs } = await findRuns(folder, 'events.ndjson');
const files = await Promise.all(
  runs
    .filter(({ name }) => name !== 'lines')
    .map(async ({ name, path, format }) => ({
      name,
      format: format!,
      bytes: new Uint8Array(readFileSync((await filesOf(path, format!))[0]!)),
    })),
);

test.each(files)('$name is the same in pieces of any length', ({ format, bytes }) => {
  const whole = decoded(format.decoder(), bytes);
  expect(whole.told.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (pieces) => {
      expect(decoded(format.decoder(), bytes, pieces)).toEqual(whole);
    }),
    { numRuns: cases(20) },
  );
});

test.each(files)('$name with other bytes in it ends with a sentence, or is passed over', ({ format, bytes }) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
      const other = bytes.slice();
      for (const [place, value] of changes) other[place] = value;
      const { broken, damaged = [] } = decoded(format.decoder(), other);
      for (const sentence of broken === undefined ? damaged : [...damaged, broken]) expect(sentence).toMatch(/^[a-z]/);
    }),
    { numRuns: cases(50) },
  );
});
