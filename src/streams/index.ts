export type { Batch, BatchShape, ImageShape, Pixels } from './batch.js';
export type { BatchOptions, BatchPosition, Dataset, DatasetPair } from './dataset.js';
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
  MillraceEvent,
  ProfileEvent,
  RunEvent,
  SampleEvent,
  StatsEvent,
  WarningEvent,
  WeightsEvent,
} from './events.js';
export { EVENT_SCHEMA_VERSION } from './events.js';
export { eventsSchema } from './eventsSchema.js';
export { type Flow, type FlowOptions, type Resource, withFlow } from './flow.js';
export { IdxDecoder } from './idx/decoder.js';
export type { IdxDtype } from './idx/dtype.js';
export { encodeIdx } from './idx/encoder.js';
export { type IdxHeader, parseIdxHeader } from './idx/header.js';
export { decodeIdxValues, type IdxValues } from './idx/values.js';
export { EventReader, encodeEvent, isEvent, type ParsedLine, parseEvent } from './ndjson.js';
export { addNoise, type NoiseOptions } from './operators/addNoise.js';
export { deliver } from './operators/deliver.js';
export { type Evaluation, evaluate } from './operators/evaluate.js';
export { type MapAsyncOptions, mapAsync } from './operators/mapAsync.js';
export { type RebatchOptions, rebatch } from './operators/rebatch.js';
export { type ShuffleBufferOptions, shuffleBuffer } from './operators/shuffleBuffer.js';
export { type StageSnapshot, StageStats, type StageStatsOptions, tapStats } from './operators/tapStats.js';
export { through } from './operators/through.js';
export { train } from './operators/train.js';
export { boundedPipeline, type Pipeline, pipeline, type Stage } from './pipeline.js';
export { type PullObserver, pull } from './pull.js';
export { RunClock } from './runClock.js';
export { type FileSinkOptions, fileSink } from './sinks/file.js';
export { type ImpatientSinkOptions, impatientSink } from './sinks/impatient.js';
export type { Sink } from './sinks/sink.js';
export { type WritableSinkOptions, writableSink } from './sinks/writable.js';
export type { Pull, Source } from './source.js';
export { type DownloadProgress, type FetchOptions, fetchMnist, mnistFolder } from './sources/datasets/fetchMnist.js';
export { folder } from './sources/datasets/folder.js';
export { type IdxOptions, idx } from './sources/datasets/idx.js';
export { type DataNotice, type Mnist, type MnistOptions, mnist } from './sources/datasets/mnist.js';
export { type DataOptions, type OpenedData, openData } from './sources/datasets/openData.js';
export { fromIterable } from './sources/iterable.js';
export { type ImageStream, openStream, type StreamOptions } from './sources/stream/openStream.js';
export type { StreamBatchOptions } from './sources/stream/streamBatches.js';
export { createStamp, type Stamp, type StampOptions } from './stamp.js';
export { type Command, type CommandProblem, type Controls, createControls } from './training/controls.js';
export type { SaveInterval } from './training/saveSchedule.js';
export type { Save } from './training/saves.js';
export { type TrainingPhase, TrainingPhases } from './training/trainingPhases.js';
export { TrainingPlace, type TrainingPosition } from './training/trainingPlace.js';
export type { TrainOptions } from './training/trainOptions.js';
