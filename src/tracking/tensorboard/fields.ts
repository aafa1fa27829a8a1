// Numbers of the fields in an event file's messages, for who reads them and who writes them.
// https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto (event, summary, tensor, histogram) and
// plugins/hparams/{api,plugin_data}.proto

/** The version that the first record of a file gives. */
export const FILE_VERSION = 'brain.Event:2';

/** `session` tells that what stands at its step and above, from an earlier session, is void. */
export const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, session: 7 } as const;
export const SESSION = { status: 1 } as const;
export const SESSION_START = 1;

export const SUMMARY = { value: 1 } as const;
export const VALUE = { tag: 1, number: 2, image: 4, histogram: 5, tensor: 8, metadata: 9 } as const;
export const METADATA = { plugin: 1, displayName: 2, description: 3, dataClass: 4 } as const;
export const PLUGIN = { name: 1, content: 2 } as const;
export const DATA_CLASS = { scalar: 1, tensor: 2, blobSequence: 3 } as const;

export const IMAGE = { height: 1, width: 2, channels: 3, encoded: 4 } as const;
/** `limits` are right edges; both lists are packed doubles. */
export const HISTOGRAM = { minimum: 1, maximum: 2, count: 3, sum: 4, sumOfSquares: 5, limits: 6, counts: 7 } as const;
export const TENSOR = { dtype: 1, shape: 2, content: 4, float: 5, double: 6, string: 8 } as const;
export const TENSOR_SHAPE = { dimension: 2 } as const;
export const DIMENSION = { size: 1 } as const;
export const DTYPE = { float: 1, double: 2, string: 7 } as const;

/** Of the plugin `hparams`, in the content of a tag's metadata. */
export const HPARAMS = { version: 1, experiment: 2, start: 3, end: 4 } as const;
/** `values` is a map: entries of `key` and `value`. */
export const SESSION_START_INFO = { values: 1, groupName: 4, startTime: 5 } as const;
export const MAP_ENTRY = { key: 1, value: 2 } as const;
/** google.protobuf.Value */
export const ANY = { null: 1, number: 2, string: 3, boolean: 4 } as const;
export const SESSION_END_INFO = { status: 1, endTime: 2 } as const;
export const SESSION_STATUS = { unknown: 0, success: 1, failure: 2, running: 3 } as const;
export const HPARAMS_TAGS = {
  start: '_hparams_/session_start_info',
  end: '_hparams_/session_end_info',
} as const;
