import type { EventBody } from '../events/schema.js';

/** A picture as it stands in a file: PNG or JPEG. */
export interface EncodedImage {
  readonly type: 'encodedImage';
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The end of a run: how long it was, its events tell. */
export type ToldEnd = Pick<Extract<EventBody, { type: 'end' }>, 'type' | 'status' | 'error'>;

/** What a body of events is made of. */
export type ToldBody =
  | Extract<EventBody, { type: 'metric' | 'histogram' | 'text' | 'configuration' }>
  | ToldEnd
  | EncodedImage;

/** What a record of another tool says. What it leaves out goes on from the record before. */
export interface Told {
  readonly body: ToldBody;
  readonly step?: number;
  /** Counts from 1. */
  readonly epoch?: number;
  /** Milliseconds since 1970. */
  readonly time?: number;
}

/** What bytes turned out to hold. */
export interface Decoded {
  readonly told: readonly Told[];
  /** Bytes that are done with. What is not comes again, with what follows it. */
  readonly used: number;
  /** As many bytes as it takes to go on, where that is more than there were. */
  readonly needed?: number;
  /** What is wrong with records that were passed over. */
  readonly damaged?: readonly string[];
  /** Why nothing that follows can be read. */
  readonly broken?: string;
}

/** What comes behind the bytes: more of them, nothing at present, nothing ever. */
export type Rest = 'more' | 'nothing yet' | 'nothing';

/** Reads one file from its beginning. It holds no bytes: those that it does not use it is given again. */
export interface Decoder {
  /** Sentences about how it reads, where that had to be guessed, and what it leaves out. */
  readonly remarks: readonly string[];
  decode(bytes: Uint8Array, rest: Rest): Decoded;
  /** Another one that goes on from the same place. */
  copy(): Decoder;
}

/** A format in which other tools keep what they measure. */
export interface TrackingFormat {
  /** Reads well after "reads". */
  readonly title: string;
  /** Where files of one folder are one run: those that belong to it, by name. */
  readonly joins?: RegExp;
  /**
   * @param start first bytes of a file, decompressed; the more the better
   * @param name of the file, which tells where it is still empty
   */
  recognise(start: Uint8Array, name: string): boolean;
  decoder(): Decoder;
}
