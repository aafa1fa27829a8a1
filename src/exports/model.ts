// `millrace/model`: networks as data, their weights on disk, and the engines that train them.
export type { Activation } from '../model/activations.js';
export type { Architecture, Network, NetworkLayer } from '../model/architecture.js';
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
  type ImageMeasures,
  type Images,
  type LayerTimes,
  type NamedTensors,
  type OptimizerSlots,
  type OptimizerState,
  type PartialEngine,
  type Tensor,
  type TrainingBatch,
} from '../model/engine.js';
export { INITIALS, type InitialName, initialWeights } from '../model/initialWeights.js';
export type { Add } from '../model/layers/add.js';
export type { AveragePooling2d } from '../model/layers/averagePooling2d.js';
export type { BatchNormalization } from '../model/layers/batchNormalization.js';
export type { Concatenate } from '../model/layers/concatenate.js';
export type { Conv2d } from '../model/layers/conv2d.js';
export type { Conv2dTranspose } from '../model/layers/conv2dTranspose.js';
export type { WeightSpec } from '../model/layers/definition/layerDefinition.js';
export type { Padding } from '../model/layers/definition/layerKeys.js';
export type { LayerShape } from '../model/layers/definition/layerShape.js';
export type { Dense } from '../model/layers/dense.js';
export type { Flatten } from '../model/layers/flatten.js';
export type { Layer } from '../model/layers/layers.js';
export type { MaxPooling2d } from '../model/layers/maxPooling2d.js';
export type { Reshape } from '../model/layers/reshape.js';
export type { UpSampling2d } from '../model/layers/upSampling2d.js';
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
export { isPresetName, PRESETS, type PresetName, preset } from '../model/presets/presets.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from '../model/safetensors/encoding.js';
export type {
  LayersLoss,
  LayersModelOptions,
  OwnLayersModel,
  OwnOptimizer,
} from '../model/tfjs/layersModel/layersModelOptions.js';
export { fromLayersModel } from '../model/tfjs/node/fromLayersModel.js';
