// `millrace/model`: networks as data, their weights on disk, and the engines that train them.
export type {
  Activation,
  Architecture,
  CheckedArchitecture,
  CheckedLayer,
  Conv2d,
  Conv2dTranspose,
  Dense,
  Flatten,
  Layer,
  LayerShape,
  Padding,
  Pooling2d,
  Reshape,
  UpSampling2d,
  WeightSpec,
} from './architecture.js';
export { checkArchitecture } from './checkArchitecture.js';
export type { CheckpointState, RunState } from './checkpointState.js';
export {
  BACKENDS,
  type Backend,
  ENGINES,
  type Engine,
  type EngineDescription,
  type EngineName,
  type EngineProfile,
  type Images,
  type LayerTimes,
  type NamedTensors,
  type OptimizerState,
  type Tensor,
  type TrainingBatch,
} from './engine.js';
export { initialWeights } from './initialWeights.js';
export {
  type Checkpoint,
  type CheckpointEngine,
  type CheckpointOptions,
  loadCheckpoint,
  saveCheckpoint,
} from './node/checkpoint.js';
export { createEngine, type EngineOptions } from './node/createEngine.js';
export { readArchitecture } from './node/readArchitecture.js';
export { loadWeights, saveWeights } from './node/weightsFile.js';
export { isPresetName, PRESETS, type PresetName, preset } from './presets.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors/encoding.js';
