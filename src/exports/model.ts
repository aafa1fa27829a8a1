// `millrace/model`: networks as data, their weights on disk, and the engines that train them.
export type {
  Activation,
  Architecture,
  Conv2d,
  Conv2dTranspose,
  Dense,
  Flatten,
  Layer,
  LayerShape,
  Network,
  NetworkLayer,
  Padding,
  Pooling2d,
  Reshape,
  UpSampling2d,
  WeightSpec,
} from '../model/architecture.js';
export { checkArchitecture } from '../model/checkArchitecture.js';
export type { CheckpointState, RunState } from '../model/checkpointState.js';
export { defineEngine, type EngineAuthor, type EngineDefinition } from '../model/defineEngine.js';
export {
  BACKENDS,
  type Backend,
  type BatchLoss,
  ENGINES,
  type Engine,
  type EngineDescription,
  type EngineFactory,
  type EngineFactoryOptions,
  type EngineName,
  type EngineProfile,
  type Images,
  type LayerTimes,
  type NamedTensors,
  type OptimizerSlots,
  type OptimizerState,
  type PartialEngine,
  type Tensor,
  type TrainingBatch,
} from '../model/engine.js';
export { initialWeights } from '../model/initialWeights.js';
export { LOSSES, type LossName } from '../model/losses/losses.js';
export type { LossOptions } from '../model/losses/lossOptions.js';
export type { LossText } from '../model/losses/lossSum.js';
export {
  type Checkpoint,
  type CheckpointEngine,
  type CheckpointOptions,
  loadCheckpoint,
  saveCheckpoint,
} from '../model/node/checkpoint.js';
export { createEngine, type EngineOptions } from '../model/node/createEngine.js';
export { readArchitecture } from '../model/node/readArchitecture.js';
export { loadWeights, saveWeights } from '../model/node/weightsFile.js';
export type { OptimizerOptions } from '../model/optimizers/optimizerOptions.js';
export { OPTIMIZERS, type OptimizerName } from '../model/optimizers/optimizers.js';
export { isPresetName, PRESETS, type PresetName, preset } from '../model/presets.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from '../model/safetensors/encoding.js';
