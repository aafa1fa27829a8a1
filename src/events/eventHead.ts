import { parseShallowJson } from '../text/parseShallowJson.js';

/** What tells one event of a stream from another. */
export interface EventHead {
  readonly type: string;
  /** Absent where the line has none that could be one. */
  readonly seq?: number;
  /** Of a `metric`: what it measures, and on which images. */
  readonly measured?: string;
}

/** How Millrace begins its lines, whatever spaces another JSON writer puts between. */
const BEGINNING =
  /^\s*\{\s*"type"\s*:\s*"([^"\\]{1,64})"\s*,\s*"run"\s*:\s*"[^"\\]{0,128}"\s*,\s*"seq"\s*:\s*(\d{1,15})\s*[,}]/;

const NAME = /"name"\s*:\s*"((?:[^"\\]|\\.){1,64})"/;
const SPLIT = /"split"\s*:\s*"((?:[^"\\]|\\.){1,64})"/;

/** Characters that are enough to know a line by its beginning. */
export const HEAD_LENGTH = 320;

/**
 * Type and number of the event in a line, found at its beginning: parsing all of it takes fifty times as long.
 * @param beginning the line or its first characters
 * @param whole gives the line, where it is at hand, for fields in another order
 */
export function eventHead(beginning: string, whole?: () => string): EventHead | undefined {
  const [, type, seq] = BEGINNING.exec(beginning) ?? [];
  if (type !== undefined)
    return { type, seq: Number(seq), ...(type === 'metric' && { measured: measuredBy(beginning) }) };
  const event = whole && parseShallowJson(whole().trim());
  if (typeof event !== 'object' || event === null || !('type' in event)) return undefined;
  if (typeof event.type !== 'string' || event.type === '') return undefined;
  const number = 'seq' in event ? event.seq : undefined;
  return {
    type: event.type,
    ...(Number.isSafeInteger(number) && (number as number) >= 0 && { seq: number as number }),
  };
}

function measuredBy(beginning: string): string {
  const [name = '', split = ''] = [NAME, SPLIT].map((field) => field.exec(beginning)?.[1]);
  return `${name} ${split}`;
}
