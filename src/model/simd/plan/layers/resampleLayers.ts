// Pooling and upsampling that are fused with nothing.
import type { NetworkLayer } from '../../../architecture.js';
import type { AveragePooling2d } from '../../../layers/averagePooling2d.js';
import type { MaxPooling2d } from '../../../layers/maxPooling2d.js';
import type { UpSampling2d } from '../../../layers/upSampling2d.js';
import { type FusedLayer, layerNames } from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { type Kernel, writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

type Resample = 'maxPool' | 'averagePool' | 'upSample';

export function maxPoolLayer(layer: NetworkLayer): FusedLayer {
  return resampleLayer(layer, 'maxPool', (layer.layer as MaxPooling2d).poolSize);
}

export function averagePoolLayer(layer: NetworkLayer): FusedLayer {
  return resampleLayer(layer, 'averagePool', (layer.layer as AveragePooling2d).poolSize);
}

export function upSampleLayer(layer: NetworkLayer): FusedLayer {
  return resampleLayer(layer, 'upSample', (layer.layer as UpSampling2d).size);
}

function resampleLayer(layer: NetworkLayer, kernel: Resample, size: number): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    plan(workspace, { from, to, hasInputGradient }) {
      const [fine, coarse] = kernel === 'upSample' ? [to, from] : [from, to];
      const step = resampleStep(workspace, layerNames([layer]), { fine, coarse, size });
      return {
        forward: [step(kernel, 'forward')],
        backward: hasInputGradient ? [step(`${kernel}Gradient`, 'backward')] : [],
      };
    },
  };
}

function resampleStep(
  workspace: Workspace,
  layers: string,
  { fine, coarse, size }: { readonly fine: FeatureMap; readonly coarse: FeatureMap; readonly size: number },
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
        size,
        channels: coarse.channels,
        clear: (fine.gradient[thread] ?? 0) - fine.lead,
        clearBytes: fine.imageStep,
      }),
  });
}
