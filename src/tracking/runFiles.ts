import type { Bytes } from './fileReading.js';

/** The files of one run, in their order, by index. Further ones may come. */
export interface RunFiles {
  readonly count: number;
  pathOf(index: number): string;
  /** For one reader. */
  bytesOf(index: number): Bytes;
  /** All has been read up to here. */
  reached(index: number, offset: number): Promise<void>;
  /** Looks at a file again. @returns whether what has been read of it stands there still */
  look(index: number): Promise<boolean>;
  /** Looks for further files, now and then. */
  findMore(): Promise<void>;
}
