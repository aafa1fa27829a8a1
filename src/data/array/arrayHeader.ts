import type { ElementType } from './elementType.js';

/** What a file says of the array in it. The first dimension counts items, the others are the shape of one. */
export interface ArrayHeader {
  readonly dtype: ElementType;
  readonly bigEndian: boolean;
  /** Whether the first index changes fastest. */
  readonly fortranOrder: boolean;
  /** All dimensions, at least one, each at least 1. */
  readonly shape: readonly number[];
  /** `shape[0]`. */
  readonly itemCount: number;
  /** Bytes of one item. */
  readonly itemBytes: number;
  /** Where the first value begins. */
  readonly headerBytes: number;
}

/** Bytes after the header, as it promises them. */
export function promisedBytes({ itemCount, itemBytes }: Pick<ArrayHeader, 'itemCount' | 'itemBytes'>): number {
  return itemCount * itemBytes;
}
