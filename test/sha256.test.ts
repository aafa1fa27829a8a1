import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nativeSha256 } from '../src/files/nativeSha256.js';
import { portableSha256 } from '../src/sha256.js';
import { cases } from './fixtures/laws.js';

test("is Node's for any bytes, however they come", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (parts) => {
      const [ours, native] = [portableSha256(), nativeSha256()];
      for (const part of parts) for (const hash of [ours, native]) hash.update(part);
      expect(ours.digest()).toBe(native.digest());
    }),
    { numRuns: cases(300) },
  );
});

test.each([0, 55, 56, 63, 64, 65, 119, 120, 1000])('of %d bytes, too', (length) => {
  const bytes = Uint8Array.from({ length }, (_, at) => at * 7);
  const [ours, native] = [portableSha256(), nativeSha256()];
  for (const hash of [ours, native]) hash.update(bytes);
  expect(ours.digest()).toBe(native.digest());
});
