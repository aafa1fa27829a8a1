// Skip connections: an earlier layer's output is added to what comes in, or its channels are put behind those.
import type { NetworkLayer } from '../../../architecture.js';
import { type FusedLayer, type FusedLayerPlace, type FusedLayerSteps, layerNames } from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import { mapPairSteps } from '../memory/mapPair.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import type { Channels } from './joinedGradientStep.js';

export function addLayer(layer: NetworkLayer): FusedLayer {
  return skipLayer(layer, 'addMap');
}

export function concatenateLayer(layer: NetworkLayer): FusedLayer {
  return skipLayer(layer, 'copyMap');
}

type ChannelsKernel = 'copyMap' | 'addMap';

/** @param joins what is done with the skipped channels on the way forward */
function skipLayer(layer: NetworkLayer, joins: ChannelsKernel): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    plan: (workspace, place) => skipSteps(workspace, layerNames([layer]), place, joins),
  };
}

function skipSteps(
  workspace: Workspace,
  layers: string,
  { from, to, skipped: earlier, hasInputGradient }: FusedLayerPlace,
  joins: ChannelsKernel,
): FusedLayerSteps {
  const skipped = earlier!;
  const first = joins === 'addMap' ? 0 : from.channels;
  const step = (pass: KernelCall['pass'], kernel: ChannelsKernel, source: Channels, target: Channels) =>
    channelsStep(workspace, { layers, pass, kernel, source, target });
  const part = (map: FeatureMap, addresses: 'values' | 'gradient', at = 0): Channels => ({
    map,
    address: (thread) => map[addresses][thread]! + at * 4,
  });
  return {
    forward: [
      step('forward', 'copyMap', part(from, 'values'), part(to, 'values')),
      step('forward', joins, part(skipped, 'values'), part(to, 'values', first)),
    ],
    backward: hasInputGradient ? [step('backward', 'copyMap', part(to, 'gradient'), part(from, 'gradient'))] : [],
    skipGradients: { own: part(to, 'gradient'), earlier: part(to, 'gradient', first) },
    skipGradient: [step('backward', 'addMap', part(to, 'gradient', first), part(skipped, 'gradient'))],
  };
}

interface ChannelsCall extends Pick<KernelCall, 'layers' | 'pass'> {
  readonly kernel: ChannelsKernel;
  readonly source: Channels;
  readonly target: Channels;
}

/** As many channels as the map with fewer of them has. */
function channelsStep({ memory }: Workspace, { layers, pass, kernel, source, target }: ChannelsCall): KernelCall {
  const { height, width } = source.map;
  const channels = Math.min(source.map.channels, target.map.channels);
  const pixelBytes = channels * 4;
  // A row without gaps on both sides is one piece.
  const isPlain = source.map.pixelStep === pixelBytes && target.map.pixelStep === pixelBytes;
  return {
    layers,
    pass,
    kernel,
    lanes: 'channels',
    bytes: height * width * pixelBytes,
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(memory, kernel, {
        from: source.address(thread),
        to: target.address(thread),
        ...mapPairSteps(source.map, target.map),
        rows: height,
        columns: isPlain ? 1 : width,
        channels: isPlain ? width * channels : channels,
      }),
  };
}
