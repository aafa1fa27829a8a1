// `millrace/web`: a trained model at work in a browser, without Node.
export { memoryDataset } from '../data/dataset/memoryDataset.js';
export * from '../errors.js';
export { fitLatents, type LatentSpread } from '../inference/generation/fitLatents.js';
export { interpolateLatents } from '../inference/generation/interpolateLatents.js';
export { sampleLatents } from '../inference/generation/sampleLatents.js';
export { Model } from '../inference/model.js';
export { decode } from '../inference/operators/decode.js';
export { encode } from '../inference/operators/encode.js';
export { quantise } from '../inference/operators/quantise.js';
export { reconstruct } from '../inference/operators/reconstruct.js';
export { score } from '../inference/operators/score.js';
export { type OpenModelOptions, openModel } from '../inference/web/openModel.js';
export type { Architecture } from '../model/architecture.js';
export { preset } from '../model/presets/presets.js';
export { principalComponents } from '../statistics/principalComponents.js';
export { pipeline } from '../streams/pipeline.js';
