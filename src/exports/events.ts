// `millrace/events`: the vocabulary, how events are written and read, and their pictures. Runs in a browser as well.
export { eventsSchema } from '../events/jsonSchema.js';
export { type ConfigurationBody, configuration } from '../events/measurements/configuration.js';
export { type HistogramBody, type HistogramOptions, histogram } from '../events/measurements/histogram.js';
export { type ImageBody, image } from '../events/measurements/image.js';
export type { MeasuredBody } from '../events/measurements/measuredBody.js';
export { type MetricBody, type MetricOptions, metric } from '../events/measurements/metric.js';
export { type TextBody, text } from '../events/measurements/text.js';
export { EventReader, encodeEvent, isEvent, isUnknownEvent, type ParsedLine, parseEvent } from '../events/ndjson.js';
export { RunClock } from '../events/runClock.js';
export { type SamplePixels, samplePixels } from '../events/samplePixels.js';
export { samplePng } from '../events/samplePng.js';
export type {
  CheckpointEvent,
  CommandEvent,
  ConfigurationEvent,
  EndEvent,
  EpochEvent,
  EvaluationEvent,
  EventBody,
  EventPosition,
  EventType,
  HistogramEvent,
  ImageEvent,
  LossEvent,
  MetricEvent,
  MillraceEvent,
  ProfileEvent,
  RunEvent,
  SampleEvent,
  StatsEvent,
  TextEvent,
  WarningEvent,
  WeightsEvent,
} from '../events/schema.js';
export { EVENT_SCHEMA_VERSION } from '../events/schema.js';
export { createStamp, type Stamp, type StampOptions } from '../events/stamp.js';
export type { AnyEvent, UnknownEvent } from '../events/unknownEvent.js';
