import { afterAll, expect, vi } from 'vitest';

/**
 * Typed arrays are compared by their bytes first, all at once: value by value, as `toEqual` does it, was four fifths of what tests
 * of recordings took. Where the bytes differ it goes on as ever, and says where.
 */
function sameBytes(one: unknown, other: unknown): true | undefined {
  if (!isTyped(one) || !isTyped(other) || one.constructor !== other.constructor) return undefined;
  return one.byteLength === other.byteLength && bytesOf(one).equals(bytesOf(other)) ? true : undefined;
}

function isTyped(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

expect.addEqualityTesters([sameBytes]);

// Before a test it is put back by the configuration; what the last test of a file has set would be there while the next file is loaded.
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
