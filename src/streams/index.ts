export type { Batch, BatchShape, ImageShape, Pixels } from '../data/batch.js';
export type { BatchOptions, BatchPosition, Dataset, DatasetPair } from '../data/dataset.js';
export { fromIterable } from '../data/fromIterable.js';
export { IdxDecoder } from '../data/idx/decoder.js';
export type { IdxDtype } from '../data/idx/dtype.js';
export { encodeIdx } from '../data/idx/encoder.js';
export { type IdxHeader, parseIdxHeader } from '../data/idx/header.js';
export { decodeIdxValues, type IdxValues } from '../data/idx/values.js';
export { folder } from '../data/node/idx/openFolder.js';
export { type IdxOptions, idx } from '../data/node/idx/openIdx.js';
export { type DownloadProgress, type FetchOptions, fetchMnist, mnistFolder } from '../data/node/mnist/fetchMnist.js';
export { type DataNotice, type Mnist, type MnistOptions, mnist } from '../data/node/mnist/mnist.js';
export { type DataOptions, type OpenedData, openData } from '../data/node/openData.js';
export { type ImageStream, openStream, type StreamOptions } from '../data/node/stream/openStream.js';
export type { StreamBatchOptions } from '../data/node/stream/streamBatches.js';
export type { Pull, Source } from '../data/source.js';
export { eventsSchema } from '../events/jsonSchema.js';
export { EventReader, encodeEvent, isEvent, type ParsedLine, parseEvent } from '../events/ndjson.js';
export { RunClock } from '../events/runClock.js';
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
} from '../events/schema.js';
export { EVENT_SCHEMA_VERSION } from '../events/schema.js';
export { createStamp, type Stamp, type StampOptions } from '../events/stamp.js';
export { type Flow, type FlowOptions, type Resource, withFlow } from './flow.js';
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
export { type FileSinkOptions, fileSink } from './sinks/file.js';
export { type ImpatientSinkOptions, impatientSink } from './sinks/impatient.js';
export type { Sink } from './sinks/sink.js';
export { type WritableSinkOptions, writableSink } from './sinks/writable.js';
export { type Command, type CommandProblem, type Controls, createControls } from './training/controls.js';
export type { SaveInterval } from './training/saveSchedule.js';
export type { Save } from './training/saves.js';
export { type TrainingPhase, TrainingPhases } from './training/trainingPhases.js';
export { TrainingPlace, type TrainingPosition } from './training/trainingPlace.js';
export type { TrainOptions } from './training/trainOptions.js';
