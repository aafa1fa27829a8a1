// Layers that disturb values while they train, and pass them on otherwise.
import type { NetworkLayer } from '../../../architecture.js';
import { noiseLayer, normalParts } from '../../../layers/definition/trainingNoise.js';
import { type Dropout, dropoutThreshold } from '../../../layers/dropout.js';
import type { GaussianNoise } from '../../../layers/gaussianNoise.js';
import { type FusedLayer, layerNames } from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { mapPairSteps } from '../memory/mapPair.js';
import { type OperationFields, writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

type NoiseKernel = 'copyMap' | 'dropout' | 'gaussianNoise';

/** How a layer computes in training, forward and back; its own fields. */
interface Noise {
  readonly forward: NoiseKernel;
  readonly backward: NoiseKernel;
  readonly fields: OperationFields<NoiseKernel>;
}

export function dropoutLayer(layer: NetworkLayer): FusedLayer {
  const { rate } = layer.layer as Dropout;
  const fields = { threshold: dropoutThreshold(rate), factor: 1 / (1 - rate) };
  return noisyLayer(layer, () => ({ forward: 'dropout', backward: 'dropout', fields }));
}

export function gaussianNoiseLayer(layer: NetworkLayer): FusedLayer {
  const { standardDeviation } = layer.layer as GaussianNoise;
  return noisyLayer(layer, ({ memory }) => {
    const table = memory.constant(new Int32Array(normalParts().buffer));
    return { forward: 'gaussianNoise', backward: 'copyMap', fields: { factor: standardDeviation, table } };
  });
}

function noisyLayer(layer: NetworkLayer, noiseOf: (workspace: Workspace) => Noise): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    passesValues: true,
    plan(workspace, { from, to, hasInputGradient }) {
      const { forward, backward, fields } = noiseOf(workspace);
      const own = { ...fields, layer: noiseLayer(layer.name) };
      const step = (kernel: NoiseKernel, pass: 'forward' | 'backward') =>
        noiseStep(workspace, { kernel, pass, layers: layerNames([layer]), from, to, fields: own });
      return {
        forward: [step('copyMap', 'forward')],
        trainingForward: [step(forward, 'forward')],
        backward: hasInputGradient ? [step(backward, 'backward')] : [],
      };
    },
  };
}

/** Values as they are, on the way forward. */
export function copyStep(workspace: Workspace, layers: string, from: FeatureMap, to: FeatureMap): KernelCall {
  return noiseStep(workspace, { kernel: 'copyMap', pass: 'forward', layers, from, to, fields: {} });
}

function noiseStep(
  { memory }: Workspace,
  {
    from,
    to,
    fields,
    ...step
  }: {
    readonly kernel: NoiseKernel;
    readonly pass: 'forward' | 'backward';
    readonly layers: string;
    readonly from: FeatureMap;
    readonly to: FeatureMap;
    readonly fields: OperationFields<NoiseKernel>;
  },
): KernelCall {
  const [source, result] = step.pass === 'forward' ? [from, to] : [to, from];
  const addresses = step.pass === 'forward' ? [from.values, to.values] : [to.gradient, from.gradient];
  return {
    ...step,
    lanes: 'one by one',
    bytes: mapBytes(to),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(memory, step.kernel, {
        ...fields,
        from: addresses[0]![thread]!,
        to: addresses[1]![thread]!,
        ...mapPairSteps(source, result),
        rows: from.height,
        columns: from.width,
        channels: from.channels,
      }),
  };
}
