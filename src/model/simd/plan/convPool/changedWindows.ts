// Windows of a second pooled layer that come to something new; see `assembly/convPool/changedWindows.ts`.

import type { Phase } from '../convolution/phases.js';
import type { Step } from '../kernelCall.js';
import type { FeatureMap, SeenMap } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { forgetStep } from './nonZeroWindows.js';
import { type PoolWindows, reserveLists, type WindowLists } from './poolWindows.js';

/** The kernel reads as many bytes of a row at once. */
export const MOST_PATCH_COLUMNS = 8;

export interface ChangedPart {
  readonly layers: string;
  readonly seen: SeenMap;
  readonly output: FeatureMap;
  readonly windows: PoolWindows;
  readonly rows: Phase;
  readonly columns: Phase;
  readonly patch: readonly [rows: number, columns: number];
}

/** Windows of a second layer that see more than empty windows of the first, or did with the image before. */
export function changedWindows(workspace: Workspace, part: ChangedPart): WindowLists {
  const { layers, seen, output, windows, rows, columns } = part;
  const [patchRows, patchColumns] = part.patch;
  const changed = workspace.perThread(workspace.tile * windows.count);
  const [imageStep, rowStep] = [windows.count, windows.count];
  const forget = forgetStep(workspace, layers, {
    ...{ bytes: changed, rowStep, imageStep },
    ...{ rows: 1, rowBytes: windows.count, images: workspace.tile },
  });
  workspace.preparations.push(forget);
  const lists = reserveLists(workspace, windows);
  const step: Step = {
    layers,
    pass: 'forward',
    kernel: 'changedWindows',
    lanes: 'none',
    bytes: windows.listBytes,
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'changedWindows', {
        seen: seen.bytes[thread]! + rows.origin * seen.rowStep + columns.origin,
        seenImageStep: seen.imageStep,
        seenRowStep: seen.rowStep,
        windowRowStep: 2 * rows.inputStep * seen.rowStep,
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
