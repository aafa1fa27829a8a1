// Every error class of Millrace. Each says where something is wrong, what was expected, what was found and what to
// do about it; `code` is stable and may be relied on, the wording may not.
import { describeValue } from './text/describeValue.js';
import { printable } from './text/printable.js';
import { quote } from './text/quote.js';

/** Where and what: the fields every error shares. A sentence is made of those that are given. */
export interface ErrorDetails {
  /** Stable, upper case, e.g. `IDX_TRUNCATED`. */
  readonly code: string;
  /** The file (or `stdin`) at fault. */
  readonly path?: string;
  /** Byte offset in the decompressed file. */
  readonly offset?: number;
  /** What should have been there. Reads well after "expected". */
  readonly expected?: string;
  /** What was there. Reads well after "found". */
  readonly actual?: string;
  /** The whole complaint where "expected …, found …" does not say it. A sentence without a full stop. */
  readonly problem?: string;
  /** What to do now: one or two full sentences. */
  readonly advice: string;
  readonly cause?: unknown;
}

function sentence({ path, offset, expected, actual, problem, advice }: ErrorDetails): string {
  const difference =
    expected === undefined
      ? undefined
      : actual === undefined
        ? `expected ${expected}`
        : `expected ${expected}, found ${actual}`;
  // The beginning of a file goes without saying, all the more where there is no file.
  const where = [path && printable(path), offset === undefined || offset === 0 ? undefined : `byte ${offset}`];
  const parts = [...where, problem, difference].filter((part) => part !== undefined);
  return `${parts.map(inLines).join(': ')}. ${inLines(advice)}`;
}

/** Nothing that a terminal would obey, whatever a file is called; the lines of a stack trace stay lines. */
function inLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** The base of all errors that Millrace throws on purpose. `message` is one plain sentence for a person. */
export class MillraceError extends Error {
  readonly code: string;
  readonly path: string | undefined;
  readonly offset: number | undefined;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  readonly problem: string | undefined;
  readonly advice: string;

  constructor(details: ErrorDetails) {
    super(sentence(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.path = details.path;
    this.offset = details.offset;
    this.expected = details.expected;
    this.actual = details.actual;
    this.problem = details.problem;
    this.advice = details.advice;
  }
}

/**
 * The errors of one subject: they differ from others in their codes alone. `instanceof` tells the subject, `code` the rest.
 * A new subject is a union of codes and one line below.
 */
class SubjectError<Code extends string> extends MillraceError {
  declare readonly code: Code;

  constructor(details: ErrorDetails & { readonly code: Code }) {
    super(details);
  }
}

/** What may be wrong with data of any format, beside the codes of each: a format adds its own here. */
export type DataErrorCode =
  | 'DATA_NOT_FOUND'
  | 'DATA_UNREADABLE'
  | 'DATA_NOT_A_FILE'
  | 'DATA_NO_FILES'
  | 'DATA_FORMAT'
  | 'DATA_GZIP'
  | 'DATA_SHAPE'
  | 'DATA_PAIRS'
  | 'DATA_INDEX'
  | 'DATA_TOO_LARGE'
  | 'DATA_CHANGED'
  | 'DATA_EMPTY'
  | 'DATA_STATE'
  | 'DATA_DOWNLOAD'
  | 'DATA_DIGEST'
  | 'DATA_CACHE'
  | ImageErrorCode
  | IdxErrorCode
  | NpyErrorCode
  | ZipErrorCode
  | CifarErrorCode
  | CsvErrorCode
  | ParquetErrorCode
  | RawErrorCode;

/** Of images in files of their own, in folders and archives. `IMAGE_DECODER`: a type that takes another decoder. */
export type ImageErrorCode = 'IMAGE_DAMAGED' | 'IMAGE_DECODER' | 'TAR_DAMAGED';

/** Data that cannot be found, fetched, read, recognised or used. `offset` counts decompressed bytes. */
export class DataError extends SubjectError<DataErrorCode> {}

/** An earlier name of {@link DataError}. */
export { DataError as DatasetError };

export type IdxErrorCode =
  | 'IDX_MAGIC'
  | 'IDX_TYPE'
  | 'IDX_RANK'
  | 'IDX_DIMENSION'
  | 'IDX_TOO_LARGE'
  | 'IDX_HEADER_TRUNCATED'
  | 'IDX_TRUNCATED'
  | 'IDX_TRAILING'
  | 'IDX_COUNT_MISMATCH'
  | 'IDX_UNSUITABLE';

/** A file or stream that is not the IDX data it should be. */
export class IdxError extends DataError {
  declare readonly code: IdxErrorCode;

  constructor(details: ErrorDetails & { readonly code: IdxErrorCode }) {
    super(details);
  }
}

export type NpyErrorCode = 'NPY_HEADER' | 'NPY_TRUNCATED' | 'NPY_TRAILING' | 'NPY_UNSUITABLE' | 'NPY_COUNT_MISMATCH';

/** A file or stream that is not the .npy data it should be, an array in an .npz too. */
export class NpyError extends DataError {
  declare readonly code: NpyErrorCode;

  constructor(details: ErrorDetails & { readonly code: NpyErrorCode }) {
    super(details);
  }
}

/** An .npz file is a zip archive of arrays. */
export type ZipErrorCode = 'ZIP_DAMAGED' | 'ZIP_MEMBERS';

export type CifarErrorCode = 'CIFAR_LABEL' | 'CIFAR_SIZE';

export type CsvErrorCode = 'CSV_COLUMNS' | 'CSV_VALUE' | 'CSV_LINE';

export type ParquetErrorCode = 'PARQUET_DAMAGED' | 'PARQUET_COLUMNS';

/** Raw frames whose last one is not whole. */
export type RawErrorCode = 'RAW_TRUNCATED';

/** An option outside its range, or one that does not exist, found before anything is opened. */
export class OptionError extends MillraceError {
  readonly option: string;

  /** @param expected `undefined` where there is no such option */
  constructor(option: string, value: unknown, expected: string | undefined, advice = `Give ${option} another value.`) {
    const found =
      expected === undefined
        ? { problem: `there is no option ${quote(option)}` }
        : { problem: option, expected, actual: describeValue(value) };
    super({ code: 'OPTION', ...found, advice });
    this.option = option;
  }
}

/** A stage let items pass the bound: it emitted outside of a call from upstream. */
export class FlowOverrunError extends MillraceError {
  readonly stage: string;

  constructor(
    stage: string,
    what = "emits asynchronously, where the pipeline's bound cannot see what it holds",
    advice = 'Use mapAsync for asynchronous work, or wrap a one-to-one operator such as delay in through.',
  ) {
    super({ code: 'FLOW_OVERRUN', problem: `${stage} ${what}`, advice });
    this.stage = stage;
  }
}

/** What became of an item that `mapAsync` could not work on, where it is asked to emit that. `cause` is what the work failed with. */
export class WorkError<T = unknown> extends MillraceError {
  /** The item that went in. */
  readonly item: T;
  /** How often it was tried. */
  readonly attempts: number;

  constructor(item: T, attempts: number, cause: unknown) {
    const times = attempts === 1 ? 'once' : `${attempts} times`;
    super({
      code: 'WORK_FAILED',
      problem: `the work on an item, tried ${times}, failed: ${cause instanceof Error ? cause.message : describeValue(cause)}`,
      advice: 'The item is in the field item, what went wrong in cause.',
      cause,
    });
    this.item = item;
    this.attempts = attempts;
  }
}

/** A push source brings more than is taken, and is not to lose anything. */
export class OverflowError extends MillraceError {
  readonly capacity: number;

  constructor(capacity: number) {
    super({
      code: 'OVERFLOW',
      problem: `the Observable has emitted more than the ${capacity} items that fromObservable may hold`,
      advice:
        "Give it a greater capacity, let it lose items with overflow: 'dropOldest' or 'dropNewest', or do less work on each.",
    });
    this.capacity = capacity;
  }
}

export type ArchitectureErrorCode =
  | 'ARCHITECTURE_NOT_FOUND'
  | 'ARCHITECTURE_UNREADABLE'
  | 'ARCHITECTURE_JSON'
  | 'ARCHITECTURE_KEY'
  | 'ARCHITECTURE_VALUE'
  | 'ARCHITECTURE_LAYER'
  | 'ARCHITECTURE_SHAPE'
  | 'ARCHITECTURE_PRESET';

/** A network that cannot be built. `layer` is e.g. `decoder.1`. */
export class ArchitectureError extends SubjectError<ArchitectureErrorCode> {
  readonly layer: string | undefined;

  constructor(details: ErrorDetails & { readonly code: ArchitectureErrorCode; readonly layer?: string }) {
    super(details);
    this.layer = details.layer;
  }
}

export type WeightsErrorCode =
  | 'WEIGHTS_NOT_FOUND'
  | 'WEIGHTS_UNREADABLE'
  | 'WEIGHTS_HEADER'
  | 'WEIGHTS_TRUNCATED'
  | 'WEIGHTS_OVERLAP'
  | 'WEIGHTS_DUPLICATE'
  | 'WEIGHTS_DTYPE'
  | 'WEIGHTS_MISMATCH'
  | 'WEIGHTS_DIGEST'
  | 'WEIGHTS_UNWRITABLE';

/** A safetensors file that is damaged, hostile, or made for another network. */
export class WeightsError extends SubjectError<WeightsErrorCode> {}

export type ModelErrorCode =
  | 'MODEL_NOT_FOUND'
  | 'MODEL_ARCHITECTURE'
  | 'MODEL_OWN_ENGINE'
  | 'MODEL_NO_ENCODER'
  | 'MODEL_INPUT'
  | 'MODEL_LATENTS';

/** A trained model that cannot be opened, or that does not fit what it is given: images of another shape, latents of another decoder. */
export class ModelError extends SubjectError<ModelErrorCode> {}

export type EngineErrorCode =
  | 'ENGINE_UNAVAILABLE'
  | 'ENGINE_UNSUPPORTED'
  | 'ENGINE_BATCH'
  | 'ENGINE_DISPOSED'
  | 'WORKER_LOST';

/** An engine that cannot be had here, or that was asked for what it cannot do. */
export class EngineError extends SubjectError<EngineErrorCode> {}

export type RunErrorCode =
  | 'RUN_FOLDER_IN_USE'
  | 'RUN_FOLDER_LOCKED'
  | 'RUN_FOLDER_UNWRITABLE'
  | 'RUN_FOLDER_UNREMOVABLE'
  | 'RUN_NOT_FOUND'
  | 'RUN_CONFIG'
  | 'RUN_COMMANDS'
  | 'RUN_RESUME'
  | 'RUN_COMPLETED'
  | 'RUN_DIVERGED'
  | 'RUN_WORKER'
  | 'RUN_MODULE'
  | 'COMPARISON_NOT_FOUND'
  | 'COMPARISON_UNREADABLE'
  | 'COMPARISON_FORM';

/** A run that cannot start, go on, or be compared with. */
export class RunError extends SubjectError<RunErrorCode> {}

export type SinkErrorCode =
  | 'SINK_EXISTS'
  | 'SINK_UNWRITABLE'
  | 'SINK_CLOSED'
  | 'SINK_STALLED'
  | 'SINK_ADDRESS'
  | 'SINK_UNAVAILABLE'
  | 'SINK_COMMAND';

/**
 * A place for events that cannot be written. `SINK_CLOSED`: the reader of a pipe has gone; `SINK_STALLED`: it takes nothing any more;
 * `SINK_ADDRESS`: nobody can be served there; `SINK_UNAVAILABLE`: what it takes is not installed;
 * `SINK_COMMAND`: the command at the end of a run has failed.
 */
export class SinkError extends SubjectError<SinkErrorCode> {}

export type EventErrorCode = 'EVENT_JSON' | 'EVENT_SHAPE' | 'EVENT_TOO_LONG' | 'EVENT_SCHEMA';

/** A line of an event file that is not an event. */
export class EventError extends SubjectError<EventErrorCode> {}

export type FileErrorCode = 'FILE_UNWRITABLE' | 'ASSET_NOT_FOUND';

/** A file that cannot be written (`actual` says why), or one of Millrace's own that is missing beside a bundle. */
export class FileError extends SubjectError<FileErrorCode> {}

/** A dashboard asked for where no terminal is. */
export class ScreenError extends SubjectError<'SCREEN_UNAVAILABLE'> {}
