// The plugin "hparams": what a run was given, and how it ended.
import { joinBytes } from '../../../joinBytes.js';
import { double, integer, type Message, message, text } from '../../../protobuf/write.js';
import {
  ANY,
  DATA_CLASS,
  DIMENSION,
  DTYPE,
  HPARAMS,
  HPARAMS_TAGS,
  MAP_ENTRY,
  METADATA,
  PLUGIN,
  SESSION_END_INFO,
  SESSION_START_INFO,
  SESSION_STATUS,
  TENSOR,
  TENSOR_SHAPE,
  VALUE,
} from '../../../tracking/tensorboard/fields.js';

/** A setting of a run. */
export type Setting = string | number | boolean;

/** @param seconds since 1970 */
export function sessionStart(settings: ReadonlyMap<string, Setting>, seconds: number): Message {
  const entries = [...settings].map(([name, setting]) =>
    message(SESSION_START_INFO.values, [text(MAP_ENTRY.key, name), message(MAP_ENTRY.value, [anyValue(setting)])]),
  );
  const info = [...entries, double(SESSION_START_INFO.startTime, seconds)];
  return session(HPARAMS_TAGS.start, message(HPARAMS.start, info));
}

/** @param seconds since 1970 */
export function sessionEnd(succeeded: boolean, seconds: number): Message {
  const status = succeeded ? SESSION_STATUS.success : SESSION_STATUS.failure;
  const info = [integer(SESSION_END_INFO.status, status), double(SESSION_END_INFO.endTime, seconds)];
  return session(HPARAMS_TAGS.end, message(HPARAMS.end, info));
}

function anyValue(setting: Setting): Uint8Array {
  if (typeof setting === 'string') return text(ANY.string, setting);
  return typeof setting === 'number' ? double(ANY.number, setting) : integer(ANY.boolean, Number(setting));
}

/** All of it stands in the metadata; the value is a tensor with nothing to say. */
function session(tag: string, info: Uint8Array): Message {
  const content = joinBytes([integer(HPARAMS.version, 0), info]);
  const nothing = message(TENSOR.shape, [message(TENSOR_SHAPE.dimension, [integer(DIMENSION.size, 0)])]);
  return [
    text(VALUE.tag, tag),
    message(VALUE.metadata, [
      message(METADATA.plugin, [text(PLUGIN.name, 'hparams'), message(PLUGIN.content, [content])]),
      integer(METADATA.dataClass, DATA_CLASS.tensor),
    ]),
    message(VALUE.tensor, [integer(TENSOR.dtype, DTYPE.float), nothing]),
  ];
}
