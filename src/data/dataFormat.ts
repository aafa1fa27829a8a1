// The one interface behind `--data`, `--test-data`, stdin, `openData`, `data verify` and `data show`: a format fulfils it in a
// folder of its own and has a line in `node/formats.ts`.
import type { OptionNames } from '../options.js';
import type { ArrangeOptions } from './array/imageLayout.js';
import type { DataNotice } from './dataNotice.js';
import type { Dataset, DatasetPair } from './dataset.js';
import type { ImageOptions } from './encodedImages/imageOptions.js';
import type { FormatOption } from './formatOptions.js';
import type { ImageStream } from './imageStream.js';

/** What was named, as far as it takes to tell what it is. */
export type DataInput = FileInput | FolderInput;

/** A file, a pipe or a device. Its bytes are decompressed where they are gzip. */
export interface FileInput {
  readonly kind: 'file';
  /** Names it in errors: a path, or `stdin`. */
  readonly path: string;
  /** Bytes on the disk of a regular file, which can be opened at its path and read at any place. @default a pipe or device: read once */
  readonly size?: number;
  /** Whether it is gzip, which `start` and `bytes` decompress. */
  readonly isGzip: boolean;
  /**
   * Its first bytes: at least `count` unless there are fewer, and whatever else is at hand. A pipe is waited for, so a format asks
   * for no more than it needs to tell that the data are not its own.
   */
  start(count: number): Promise<Uint8Array>;
  /** All of its bytes, those of `start` once more. Once only. */
  bytes(): AsyncGenerator<Uint8Array, void>;
  /** Releases it, also while a stream is read. May be called more than once. */
  close(): void | Promise<void>;
}

export interface FolderInput {
  readonly kind: 'folder';
  readonly path: string;
  /** What lies in it, links followed, sorted by name. */
  readonly entries: readonly FolderEntry[];
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** How images are read, whatever format they are of. */
export interface ReadOptions extends ArrangeOptions {
  /** Exchanges rows and columns, which EMNIST's images need. @default false */
  readonly transpose?: boolean;
}

export interface OpenOptions extends ReadOptions, ImageOptions {
  /** Aborts opening. */
  readonly signal?: AbortSignal;
  /** Where images are decoded to, and decompressed what is too large for memory. @default the system's folder for caches */
  readonly cacheFolder?: string;
  /** Whether decoded images are kept there, to be found again; otherwise they have to fit into memory. @default true */
  readonly cache?: boolean;
  /** Largest number of bytes that are decompressed into memory. @default 1 GiB */
  readonly memoryLimit?: number;
  /** Told how far decoding is, now and then; not where it was done before. */
  readonly onDecoded?: (progress: DecodingProgress) => void;
  /**
   * Whether arrays of any type of numbers are taken, which are brought to bytes each time that they are read.
   * @default bytes and float32 alone; of others an error says how they are converted once
   */
  readonly anyNumbers?: boolean;
  /** Told what a person should know of data that serve all the same. */
  readonly onNotice?: (notice: DataNotice) => void;
}

export const OPEN_OPTIONS: OptionNames<OpenOptions> = {
  signal: true,
  cacheFolder: true,
  cache: true,
  memoryLimit: true,
  anyNumbers: true,
  layout: true,
  shape: true,
  transpose: true,
  resize: true,
  fit: true,
  channels: true,
  onDecoded: true,
  onNotice: true,
};

/** How far images are decoded. */
export interface DecodingProgress {
  /** The folder or the archive. */
  readonly path: string;
  /** Files that are done. */
  readonly done: number;
  /** Files that there are. @default unknown until the last one */
  readonly total?: number;
}

export interface VerifyOptions extends OpenOptions {
  /** Told the file under way, the bytes of it that are done and how many it promises. */
  readonly onProgress?: (path: string, done: number, promised: number) => void;
}

/** A whole file. */
export interface ValidFile {
  readonly path: string;
  readonly valid: true;
  /** NumPy's name of the element type. */
  readonly dtype: string;
  /** All dimensions, the first counts items. */
  readonly shape: readonly number[];
  /** Of the decompressed values, lower-case hexadecimal. */
  readonly sha256: string;
}

/** A file that is not there, not what it should be, or damaged. */
export interface InvalidFile {
  readonly path: string;
  readonly valid: false;
  readonly code: string;
  /** In decompressed bytes. */
  readonly offset: number;
  readonly expected: string;
  readonly actual: string;
  readonly advice: string;
  /** All of it in one sentence. */
  readonly message: string;
}

/** What `millrace data verify --json` prints for one file. */
export type FileReport = ValidFile | InvalidFile;

/** A format of images: how it is recognised by its content, opened, read from a pipe and checked. */
export interface DataFormat {
  /** e.g. `IDX`. */
  readonly name: string;
  /** What can be given, in a few words that follow "expected", one of a list: `an IDX file or a folder of them with MNIST's names`. */
  readonly takes: string;
  /** Options of reading that change something, or are compared with what the data say. The others are refused. @default transpose alone */
  readonly options?: readonly FormatOption[];
  /**
   * Whether these are data of this format, damaged ones too: by the first bytes or by what is in the folder, not by the name of a file.
   * Formats are asked in the order of `node/formats.ts`, the first that says yes takes them.
   */
  recognises(input: DataInput, options: OpenOptions): boolean | Promise<boolean>;
  /**
   * Opens images to train on and, where the data have any, to test with. The caller closes the input: what is read later, from a
   * `Dataset`, is opened anew.
   * @throws DataError
   */
  open(input: DataInput, options: OpenOptions): Promise<DatasetPair>;
  /**
   * Opens what serves as a test set alone.
   * @default the test set of `open`, or its training set where the data are not divided
   */
  openTest?(input: DataInput, options: OpenOptions): Promise<Dataset>;
  /**
   * Opens images from stdin, to be read once. The stream closes the input.
   * @default the format is refused on stdin
   */
  stream?(input: FileInput, options: OpenOptions): Promise<ImageStream>;
  /**
   * Reads everything and reports on each file in turn. A file that is bad is a report, not an error.
   * @default one report on the images that `open` gives
   */
  verify?(input: DataInput, options: VerifyOptions): AsyncIterable<FileReport>;
}
