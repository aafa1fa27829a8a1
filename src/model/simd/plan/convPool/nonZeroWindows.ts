// Windows of the network's input that see anything but zeros. The others come to a value that is computed once a job.

import type { windowFields } from '../convolution/convolutionCall.js';
import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap, NonZeroWindows } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { type PoolWindows, reserveLists, type WindowLists } from './poolWindows.js';

/** Bytes of zero around a map: as far as a window of 8 reaches, and as an 8-byte read goes. */
const BORDER = 8;

export interface NonZeroPart {
  readonly layers: string;
  readonly source: FeatureMap;
  readonly output: FeatureMap;
  readonly windows: PoolWindows;
  readonly window: ReturnType<typeof windowFields>;
  /** Rows and columns of input that a window sees. */
  readonly patch: readonly [rows: number, columns: number];
  readonly argmax: readonly number[];
  /** For each thread the value of an empty window, as a step of the job's preparations computes it. */
  readonly response: readonly number[];
  readonly vectors: number;
  /** An activation works in place on what has been filled. */
  readonly refills: boolean;
}

export function nonZeroWindows(workspace: Workspace, part: NonZeroPart): WindowLists {
  const { layers, source, output, windows, window, argmax, response, vectors } = part;
  const [patchRows, patchColumns] = part.patch;
  const patchRowBytes = Math.ceil((patchColumns * source.pixelStep) / 16) * 16;
  const rowBytes = Math.ceil((2 * (output.width - 1) * window.columnStep + patchRowBytes) / 16) * 16;
  const row = workspace.perThread(rowBytes);
  const nonZero = reserveNonZero(workspace, output);
  workspace.nonZeroWindows.set(output, nonZero);
  workspace.preparations.push(
    resetStep(workspace, layers, { ...nonZero, rows: output.height, rowBytes: output.width, images: workspace.tile }),
  );
  const lists = reserveLists(workspace, windows);
  const step: KernelCall = {
    layers,
    pass: 'forward',
    kernel: 'findNonZeroWindows',
    lanes: 'values of a row',
    bytes: windows.listBytes,
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'findNonZeroWindows', {
        input: source.values[thread]! + window.offset,
        inputImageStep: source.imageStep,
        inputRowStep: source.rowStep,
        patchRows,
        patchRowBytes,
        windows: windows.all,
        count: windows.count,
        columns: output.width,
        rowBytes,
        row: row[thread]!,
        found: lists.lists[thread]!,
        foundImageStep: lists.listStep,
        foundCount: lists.lengths[thread]!,
        foundCountImageStep: lists.lengthStep,
        output: output.values[thread]!,
        outputImageStep: output.imageStep,
        argmax: argmax[thread]!,
        response: response[thread]!,
        vectors,
        nonZero: nonZero.bytes[thread]!,
        nonZeroImageStep: nonZero.imageStep,
        nonZeroRowStep: nonZero.rowStep,
        refills: part.refills ? 1 : 0,
      }),
  };
  return { ...lists, steps: [step], forget: [] };
}

function reserveNonZero(workspace: Workspace, { height, width }: FeatureMap): NonZeroWindows {
  const rowStep = width + 2 * BORDER;
  const imageStep = (height + 2 * BORDER) * rowStep;
  const first = BORDER * rowStep + BORDER;
  const bytes = workspace.perThread(workspace.tile * imageStep).map((address) => address + first);
  return { bytes, rowStep, imageStep };
}

interface Bytes extends NonZeroWindows {
  readonly rows: number;
  readonly rowBytes: number;
  readonly images: number;
}

/** Before a job's first image. */
export function resetStep({ memory }: Workspace, layers: string, { bytes, ...fields }: Bytes): KernelCall {
  return {
    layers,
    pass: 'forward',
    kernel: 'resetWindows',
    lanes: 'none',
    bytes: fields.rows * fields.rowBytes,
    multiplyAdds: 0,
    write: (thread) => writeOperation(memory, 'resetWindows', { bytes: bytes[thread]!, ...fields }),
  };
}
