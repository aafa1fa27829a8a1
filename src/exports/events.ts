// `millrace/events`: the vocabulary, how events are written and read, and their pictures. Runs in a browser as well.
export { eventsSchema } from '../events/jsonSchema.js';
export { type MetricBody, type MetricOptions, metric } from '../events/metric.js';
export { EventReader, encodeEvent, isEvent, isUnknownEvent, type ParsedLine, parseEvent } from '../events/ndjson.js';
export { RunClock } from '../events/runClock.js';
export { type SamplePixels, samplePixels } from '../events/samplePixels.js';
export { samplePng } from '../events/samplePng.js';
export type {
  CheckpointEvent,
  CommandEvent,
  EndEvent,
  EpochEvent,
  EvaluationEvent,
  EventBody,
  EventPosition,
  EventType,
  LossEvent,
  MetricEvent,
  MillraceEvent,
  ProfileEvent,
  RunEvent,
  SampleEvent,
  StatsEvent,
  WarningEvent,
  WeightsEvent,
} from '../events/schema.js';
export { EVENT_SCHEMA_VERSION } from '../events/schema.js';
export { createStamp, type Stamp, type StampOptions } from '../events/stamp.js';
export type { AnyEvent, UnknownEvent } from '../events/unknownEvent.js';
