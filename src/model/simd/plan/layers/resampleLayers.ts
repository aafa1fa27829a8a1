// Pooling and upsampling that are fused with nothing.
import type { NetworkLayer } from '../../../architecture.js';
import type { AveragePooling2d } from '../../../layers/averagePooling2d.js';
import type { ImageShape } from '../../../layers/definition/layerShape.js';
import type { MaxPooling2d } from '../../../layers/maxPooling2d.js';
import type { UpSampling2d } from '../../../layers/upSampling2d.js';
import { type FusedLayer, layerNames } from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { type Kernel, writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

type Resample = 'maxPool' | 'averagePool' | 'upSample' | 'bilinear';
/** Pixels of the fine map that one of the coarse map stands for. */
type Window = readonly [rows: number, columns: number];

export function maxPoolLayer(layer: NetworkLayer): FusedLayer {
  const { poolSize } = layer.layer as MaxPooling2d;
  return resampleLayer(layer, 'maxPool', [poolSize, poolSize]);
}

export function averagePoolLayer(layer: NetworkLayer): FusedLayer {
  const { poolSize } = layer.layer as AveragePooling2d;
  return resampleLayer(layer, 'averagePool', [poolSize, poolSize]);
}

/** One window, the whole image. */
export function globalAveragePoolLayer(layer: NetworkLayer): FusedLayer {
  const [height, width] = layer.inputShape as ImageShape;
  return resampleLayer(layer, 'averagePool', [height, width]);
}

export function upSampleLayer(layer: NetworkLayer): FusedLayer {
  const { size, interpolation } = layer.layer as UpSampling2d;
  return resampleLayer(layer, interpolation === 'bilinear' ? 'bilinear' : 'upSample', [size, size]);
}

function resampleLayer(layer: NetworkLayer, kernel: Resample, window: Window): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    plan(workspace, { from, to, hasInputGradient }) {
      const isFiner = kernel === 'upSample' || kernel === 'bilinear';
      const [fine, coarse] = isFiner ? [to, from] : [from, to];
      const weights = kernel === 'bilinear' ? workspace.memory.constant(bilinearWeights(window[0])) : 0;
      const step = resampleStep(workspace, layerNames([layer]), { fine, coarse, window, cleared: from, weights });
      return {
        forward: [step(kernel, 'forward')],
        backward: hasInputGradient ? [step(`${kernel}Gradient`, 'backward')] : [],
      };
    },
  };
}

/** As `assembly/resample/bilinear.ts` reads them: of `size` fine pixels between the centers of two coarse ones. */
function bilinearWeights(size: number): Int32Array {
  const parts = Array.from({ length: size }, (_, pixel) => (pixel + (size % 2 === 0 ? 0.5 : 0)) / size);
  return new Int32Array(Float32Array.from(parts.flatMap((part) => [1 - part, part])).buffer);
}

function resampleStep(
  workspace: Workspace,
  layers: string,
  {
    fine,
    coarse,
    window,
    cleared,
    weights,
  }: {
    readonly fine: FeatureMap;
    readonly coarse: FeatureMap;
    readonly window: Window;
    /** Its gradient is zero before anything is added to it. */
    readonly cleared: FeatureMap;
    /** Of neighbours, where it is between them. */
    readonly weights: number;
  },
) {
  return (name: Kernel, pass: 'forward' | 'backward'): KernelCall => ({
    layers,
    pass,
    kernel: name,
    lanes: 'channels',
    bytes: mapBytes(fine),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, name as 'maxPool', {
        fine: fine.values[thread]!,
        fineGradient: fine.gradient[thread] ?? 0,
        fineImageStep: fine.imageStep,
        fineRowStep: fine.rowStep,
        finePixelStep: fine.pixelStep,
        coarse: coarse.values[thread]!,
        coarseGradient: coarse.gradient[thread] ?? 0,
        coarseImageStep: coarse.imageStep,
        coarseRowStep: coarse.rowStep,
        coarsePixelStep: coarse.pixelStep,
        coarseRows: coarse.height,
        coarseColumns: coarse.width,
        windowRows: window[0],
        windowColumns: window[1],
        channels: coarse.channels,
        clear: (cleared.gradient[thread] ?? 0) - cleared.lead,
        clearBytes: cleared.imageStep,
        weights,
      }),
  });
}
