// Records of an event file.
import { joinBytes } from '../../../joinBytes.js';
import { double, integer, type Message, message, text } from '../../../protobuf/write.js';
import { EVENT, FILE_VERSION, SESSION, SESSION_START, SUMMARY } from '../../../tracking/tensorboard/fields.js';
import { encodeRecord } from '../../../tracking/tensorboard/records.js';

/** The first record of a file. @param seconds since 1970 */
export function versionRecord(seconds: number): Uint8Array {
  return record([double(EVENT.wallTime, seconds), text(EVENT.fileVersion, FILE_VERSION)]);
}

/** A resume or a rollback: what stands at this step and above is void. @param seconds since 1970 */
export function restartRecord(seconds: number, step: number): Uint8Array {
  const session = message(EVENT.session, [integer(SESSION.status, SESSION_START)]);
  return record([double(EVENT.wallTime, seconds), integer(EVENT.step, step), session]);
}

/** Values of one step. @param seconds since 1970 */
export function summaryRecord(seconds: number, step: number, values: readonly Message[]): Uint8Array {
  const summary = message(
    EVENT.summary,
    values.map((value) => message(SUMMARY.value, value)),
  );
  return record([double(EVENT.wallTime, seconds), integer(EVENT.step, step), summary]);
}

function record(fields: Message): Uint8Array {
  return encodeRecord(joinBytes(fields));
}
