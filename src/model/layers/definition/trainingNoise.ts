// The random numbers of layers that disturb values while they train: functions of where and when, so that an update comes to the
// same bits on any number of threads, and after a resume.
import { hash, normalQuantiles } from '../../../random.js';

/** Which update it is, and of which training. */
export interface TrainingMoment {
  readonly seed: number;
  /** Updates done before. */
  readonly step: number;
}

/** More than a list of layers has. */
const LIST = 1024;

/** The number of a layer, for kernels too: another one for each name. */
export function noiseLayer(name: string): number {
  const [list, index] = name.split('.');
  return Number(index) + (list === 'decoder' ? LIST : 0);
}

/** What the words of one item (its place in the batch) depend on. */
export function noiseKey({ seed, step }: TrainingMoment, layer: number, item: number): number {
  return hash(seed, step, layer, item);
}

/**
 * 32 random bits for the value at a place of the item (row by row, channels last).
 * @see splitmix32: a counter of odd steps, then a mixer of Chris Wellons' (`lowbias32`)
 */
export function noiseWord(key: number, place: number): number {
  let word = (key + Math.imul(place + 1, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  word = Math.imul(word ^ (word >>> 15), 0x846ca68b);
  return (word ^ (word >>> 16)) >>> 0;
}

/** Entries of a table that stays in the first-level cache beside what is computed with it. */
const PARTS = 4096;

let parts: Float32Array | undefined;

/** Normal numbers of equal probability with a variance of ½: one and another are a standard normal number. */
export function normalParts(): Float32Array {
  parts ??= normalQuantiles(PARTS, Math.SQRT1_2);
  return parts;
}

/**
 * A standard normal number, the sum of two of `normalParts`; none is beyond ± 5.2.
 * @param word 32 random bits, of which the highest 24 count
 */
export function standardNormal(word: number): number {
  const table = normalParts();
  return Math.fround(table[word >>> 20]! + table[(word >>> 8) & (PARTS - 1)]!);
}
