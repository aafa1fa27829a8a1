// What users import. Subpaths give the rooms one by one: millrace/events, millrace/streams, millrace/model, millrace/tui,
// millrace/testing.
export * from '../errors.js';
export { fitThreshold, type Threshold, type ThresholdOptions } from '../inference/fitThreshold.js';
export type {
  ImageScore,
  LabelSummary,
  ModelEvaluation,
  ReconstructedImage,
  ScoreSummary,
} from '../inference/imageScore.js';
export type { LatentBatch, Latents } from '../inference/latentBatch.js';
export {
  type InferenceEngine,
  Model,
  type ModelEvaluationOptions,
  type ModelOptions,
  type SlicedOptions,
} from '../inference/model.js';
export { EXPORT_FORMATS, type ExportFormat } from '../inference/node/export/exportFormats.js';
export { type ExportOptions, exportModel } from '../inference/node/export/exportModel.js';
export { type OpenModelOptions, openModel } from '../inference/node/openModel.js';
export { encode } from '../inference/operators/encode.js';
export { type Quantised, type QuantiseOptions, quantise } from '../inference/operators/quantise.js';
export {
  type ByteReconstruction,
  type Reconstruction,
  type ReconstructOptions,
  reconstruct,
} from '../inference/operators/reconstruct.js';
export { type Losses, score } from '../inference/operators/score.js';
export type { ChannelRanges, Codes, Quantisation } from '../inference/quantisation.js';
export type { EventHistory } from '../run/checkpoints/resume.js';
export { type RunConfig, type RunInput, resolveConfig } from '../run/config.js';
export { type KeptRun, type ListedRun, listRuns } from '../run/folder/listRuns.js';
export { type PruneOptions, planPruning, pruneRuns } from '../run/folder/pruneRuns.js';
export { type KeptCheckpointFile, type RunRecord, readRun } from '../run/folder/readRun.js';
export { planRemoval, type RunRemoval, removeRun } from '../run/folder/removeRun.js';
export type { KeptRunState, RunSummary } from '../run/folder/runSummary.js';
export type { OwnParts, RunData } from '../run/ownParts.js';
export { readRunConfig } from '../run/readRunConfig.js';
export { run } from '../run/run.js';
export type { RunOptions } from '../run/runOptions.js';
export { peakSignalToNoise } from '../statistics/peakSignalToNoise.js';
export * from './events.js';
export * from './model.js';
export * from './streams.js';
