import type { TrackingFormat } from './format.js';
import { trackingFormatOf } from './formats.js';
import { pythonJson } from './ndjson/pythonJson.js';

/** Bytes that tell what they are, whatever it is: a page of JSON, or a line of ten thousand names. */
export const TELLING_BYTES = 64 * 1024;
/** Of what is no text. */
const TELLING_BINARY_BYTES = 16;

const text = new TextDecoder();

/**
 * The format of bytes that are still coming in; `'ours'` for lines of events, `'unknown'` for what is no text, nothing while they may
 * be anything.
 * @param ended whether no more will come
 */
export function recognised(
  start: Uint8Array,
  name: string,
  ended: boolean,
): TrackingFormat | 'ours' | 'unknown' | undefined {
  const isBinary = start.includes(0) && start.length >= TELLING_BINARY_BYTES;
  const isLine = start.includes(10);
  const isAll = ended || start.length >= TELLING_BYTES;
  if (!isBinary && !isLine && !isAll) return undefined;
  const format = trackingFormatOf(start, name);
  if (format !== undefined) return format;
  if (isBinary) return 'unknown';
  if (isAll) return mayBeOurs(start) ? 'ours' : 'unknown';
  return hasObject(start) ? 'ours' : undefined;
}

/** Whether one of its lines is a JSON object, as an event is. */
function hasObject(start: Uint8Array): boolean {
  return linesOf(start.subarray(0, start.lastIndexOf(10) + 1)).some((line) => pythonJson(line) !== undefined);
}

/** Whether bytes may be events of our own, damaged ones included: text in which a line begins as JSON does. */
export function mayBeOurs(start: Uint8Array): boolean {
  return start.length === 0 || (!start.includes(0) && linesOf(start).length > 0);
}

/** Those that begin as an object does. */
function linesOf(start: Uint8Array): string[] {
  return text
    .decode(start)
    .split('\n')
    .filter((line) => line.trimStart().startsWith('{'));
}
