import { expect, test } from 'vitest';
import { crc32 } from '../../../src/tracking/wandb/crc32.js';

test('is that of zip and Ethernet', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});
