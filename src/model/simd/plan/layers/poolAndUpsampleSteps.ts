// Pooling and upsampling that are fused with nothing.
import type { Pooling2d, UpSampling2d } from '../../../architecture.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { type Kernel, writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

export function resampleSteps(
  workspace: Workspace,
  layers: string,
  {
    layer,
    from,
    to,
    hasGradient,
  }: {
    readonly layer: Pooling2d | UpSampling2d;
    readonly from: FeatureMap;
    readonly to: FeatureMap;
    readonly hasGradient: boolean;
  },
): { readonly forward: readonly KernelCall[]; readonly backward: readonly KernelCall[] } {
  const isUp = layer.type === 'upSampling2d';
  const [fine, coarse] = isUp ? [to, from] : [from, to];
  const kernel = isUp ? 'upSample' : layer.type === 'maxPooling2d' ? 'maxPool' : 'averagePool';
  const step = (name: Kernel, pass: 'forward' | 'backward'): KernelCall => ({
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
        size: isUp ? layer.size : layer.poolSize,
        channels: coarse.channels,
        clear: (fine.gradient[thread] ?? 0) - fine.lead,
        clearBytes: fine.imageStep,
      }),
  });
  return {
    forward: [step(kernel, 'forward')],
    backward: hasGradient ? [step(`${kernel}Gradient`, 'backward')] : [],
  };
}
