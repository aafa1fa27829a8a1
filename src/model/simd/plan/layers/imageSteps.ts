// Images in and out.

import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

/** Images (or latents) from or to the memory where a job's images lie. */
export function imagesStep(
  workspace: Workspace,
  kernel: 'loadImages' | 'storeImages' | 'storeBytes',
  map: FeatureMap,
  {
    images,
    inputs,
    role,
  }: { readonly images: number; readonly inputs: number; readonly role: 'floats' | 'input' | 'target' },
): KernelCall {
  return {
    layers: role,
    pass: 'forward',
    kernel,
    lanes: 'values side by side',
    bytes: mapBytes(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, kernel, {
        images,
        inputs,
        role: ['floats', 'input', 'target'].indexOf(role),
        height: map.height,
        width: map.width,
        channels: map.channels,
        map: map.values[thread]!,
        mapImageStep: map.imageStep,
        mapRowStep: map.rowStep,
        mapPixelStep: map.pixelStep,
      }),
  };
}
