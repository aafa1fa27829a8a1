export type { Batch, BatchShape, ImageShape, Pixels } from '../data/batch.js';
export type { DecodingProgress } from '../data/dataFormat.js';
export type { DataNotice } from '../data/dataNotice.js';
export { concat } from '../data/dataset/concat.js';
export { type DatasetDefinition, defineDataset } from '../data/dataset/defineDataset.js';
export { type MemoryDatasetOptions, memoryDataset } from '../data/dataset/memoryDataset.js';
export { withTarget } from '../data/dataset/withTarget.js';
export type {
  BatchOptions,
  BatchPosition,
  Dataset,
  DatasetPair,
  HoldOutOptions,
  MapOptions,
} from '../data/dataset.js';
export type { DescribedSource } from '../data/describedSource.js';
export type { ImageOptions } from '../data/encodedImages/imageOptions.js';
export { fromIterable } from '../data/fromIterable.js';
export { IdxDecoder } from '../data/idx/decoder.js';
export type { IdxDtype } from '../data/idx/dtype.js';
export { encodeIdx } from '../data/idx/encoder.js';
export { type IdxHeader, parseIdxHeader } from '../data/idx/header.js';
export { type IdxOptions, idx } from '../data/idx/node/idx.js';
export { folder } from '../data/idx/node/openFolder.js';
export { decodeIdxValues, type IdxValues } from '../data/idx/values.js';
export type { ImageStream, StreamBatchOptions } from '../data/imageStream.js';
export { type DownloadProgress, type FetchOptions, fetchMnist, mnistFolder } from '../data/node/mnist/fetchMnist.js';
export { type Mnist, type MnistOptions, mnist } from '../data/node/mnist/mnist.js';
export { type DataOptions, type OpenedData, openData, openStream, type StreamOptions } from '../data/node/openData.js';
export type { Source, SourceReader } from '../data/source.js';
export { type ForEachOptions, forEachAsync } from '../streams/consumers/forEachAsync.js';
export { values } from '../streams/consumers/values.js';
export type { Flow, FlowOptions, Resource } from '../streams/flow.js';
export { fromSource, type WaitObserver } from '../streams/fromSource.js';
export { addNoise, type NoiseOptions } from '../streams/operators/addNoise.js';
export type { Retry } from '../streams/operators/attempt.js';
export { type CropOptions, randomCrop } from '../streams/operators/augmentation/randomCrop.js';
export { type FlipOptions, randomFlip } from '../streams/operators/augmentation/randomFlip.js';
export { type RotateOptions, randomRotate } from '../streams/operators/augmentation/randomRotate.js';
export { randomShift, type ShiftOptions } from '../streams/operators/augmentation/randomShift.js';
export { bufferTimeOrCount } from '../streams/operators/bufferTimeOrCount.js';
export { type MapAsyncOptions, mapAsync, type Work } from '../streams/operators/mapAsync.js';
export { type Measure, measure } from '../streams/operators/measure.js';
export { type RebatchOptions, rebatch } from '../streams/operators/rebatch.js';
export { type ShuffleBufferOptions, shuffleBuffer } from '../streams/operators/shuffleBuffer.js';
export { tapStats } from '../streams/operators/tapStats.js';
export { throttleLatest } from '../streams/operators/throttleLatest.js';
export { through } from '../streams/operators/through.js';
export { boundedPipeline, pipeline } from '../streams/pipeline.js';
export type { Pipeline } from '../streams/pipelineOverloads.js';
export { deliver } from '../streams/sinks/deliver.js';
export { type EventSink, eventSink } from '../streams/sinks/eventSink.js';
export { type FileSinkOptions, fileSink } from '../streams/sinks/node/fileSink.js';
export { tensorboardSink } from '../streams/sinks/node/tensorboardSink.js';
export { type ToWritableOptions, toWritable, type WebWritable } from '../streams/sinks/node/toWritable.js';
export { type WritableSinkOptions, writableSink } from '../streams/sinks/node/writableSink.js';
export type { Sink } from '../streams/sinks/sink.js';
export { type TimeoutSinkOptions, timeoutSink } from '../streams/sinks/timeoutSink.js';
export { toSink } from '../streams/sinks/toSink.js';
export { concatSources } from '../streams/sources/concatSources.js';
export { type FromObservableOptions, fromObservable } from '../streams/sources/fromObservable.js';
export { type MixOptions, mixSources } from '../streams/sources/mixSources.js';
export type { SourceLike, WebReadable } from '../streams/sources/toSource.js';
export { zipSources } from '../streams/sources/zipSources.js';
export type { Stage } from '../streams/stage.js';
export { type StageSnapshot, StageStats, type StageStatsOptions } from '../streams/stageStats.js';
export { withFlow } from '../streams/withFlow.js';
export type { SaveInterval } from '../training/checkpointSchedule.js';
export type { SaveCheckpoint } from '../training/checkpointWriter.js';
export type { Command, CommandProblem } from '../training/commands/command.js';
export { type CommandQueue, createCommandQueue } from '../training/commands/commandQueue.js';
export type { DescribedEngine } from '../training/describeEngine.js';
export { type Evaluation, evaluate } from '../training/evaluate.js';
export { PhaseTimer, type TrainingPhase } from '../training/phaseTimer.js';
export { train } from '../training/train.js';
export { TrainingPosition, type TrainingPositionState } from '../training/trainingPosition.js';
export type { TrainOptions } from '../training/trainOptions.js';
export { type RunEventsOptions, withRunEvents } from '../training/withRunEvents.js';
