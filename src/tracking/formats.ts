import { csvFile } from './csv/csvFile.js';
import type { TrackingFormat } from './format.js';
import { jsonLines } from './ndjson/jsonLines.js';
import { eventFile } from './tensorboard/eventFile.js';
import { trainerState } from './trainerState/trainerState.js';
import { wandbFile } from './wandb/wandbFile.js';

/** The formats of other tools, those first that cannot be taken for another. */
export const TRACKING_FORMATS: readonly TrackingFormat[] = [eventFile, wandbFile, trainerState, jsonLines, csvFile];

/**
 * The format of what begins so; `undefined` where it is none of them.
 * @param start first bytes, decompressed: a whole line at least where it is text
 * @param name of the file
 */
export function trackingFormatOf(start: Uint8Array, name: string): TrackingFormat | undefined {
  return TRACKING_FORMATS.find((format) => format.recognise(start, name));
}
