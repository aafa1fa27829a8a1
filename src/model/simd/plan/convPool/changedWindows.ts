// Windows of a second pooled layer that come to something new; see `assembly/convPool/changedWindows.ts`.

import type { Phase } from '../convolution/phases.js';
import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap, NonZeroWindows } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { resetStep } from './nonZeroWindows.js';
import { type PoolWindows, reserveLists, type WindowLists } from './poolWindows.js';

/** The kernel reads as many bytes of a row at once. */
export const MOST_PATCH_COLUMNS = 8;

export interface ChangedPart {
  readonly layers: string;
  readonly nonZero: NonZeroWindows;
  readonly output: FeatureMap;
  readonly windows: PoolWindows;
  readonly rows: Phase;
  readonly columns: Phase;
  readonly patch: readonly [rows: number, columns: number];
}

/** Windows of a second layer that see more than empty windows of the first, or did with the image before. */
export function changedWindows(workspace: Workspace, part: ChangedPart): WindowLists {
  const { layers, nonZero, output, windows, rows, columns } = part;
  const [patchRows, patchColumns] = part.patch;
  const changed = workspace.perThread(workspace.tile * windows.count);
  const [imageStep, rowStep] = [windows.count, windows.count];
  const forget = resetStep(workspace, layers, {
    ...{ bytes: changed, rowStep, imageStep },
    ...{ rows: 1, rowBytes: windows.count, images: workspace.tile },
  });
  workspace.preparations.push(forget);
  const lists = reserveLists(workspace, windows);
  const step: KernelCall = {
    layers,
    pass: 'forward',
    kernel: 'changedWindows',
    lanes: 'none',
    bytes: windows.listBytes,
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'changedWindows', {
        nonZero: nonZero.bytes[thread]! + rows.origin * nonZero.rowStep + columns.origin,
        nonZeroImageStep: nonZero.imageStep,
        nonZeroRowStep: nonZero.rowStep,
        windowRowStep: 2 * rows.inputStep * nonZero.rowStep,
        windowColumnStep: 2 * columns.inputStep,
        patchRows,
        patchColumns,
        windows: windows.all,
        rows: output.height,
        columns: output.width,
        changed: changed[thread]!,
        changedImageStep: imageStep,
        found: lists.lists[thread]!,
        foundImageStep: lists.listStep,
        foundCount: lists.lengths[thread]!,
        foundCountImageStep: lists.lengthStep,
      }),
  };
  return { ...lists, steps: [step], forget: [forget] };
}
