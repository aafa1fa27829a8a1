// The 2×2 windows of a fused pooling, and which of them are computed: all, or those that a step lists for each image.
import type { windowFields } from '../convolution/convolutionCall.js';
import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import type { Workspace } from '../memory/workspace.js';

export interface PoolWindows {
  /** Address of pairs of input and output offset, row by row. */
  readonly all: number;
  readonly count: number;
  /** Bytes of a list for one image; room for one more than all. */
  readonly listBytes: number;
}

export interface WindowLists {
  /** For each thread the address of the first image's list, and of its length; both for each image of a tile. */
  readonly lists: readonly number[];
  readonly listStep: number;
  readonly lengths: readonly number[];
  readonly lengthStep: number;
  /** What writes them. */
  readonly steps: readonly KernelCall[];
  /** What makes nothing of them depend on images before. */
  readonly forget: readonly KernelCall[];
}

/** Apart from each other, so that they share no cache line. */
const LENGTH_STEP = 64;

export function poolWindows({ memory }: Workspace, output: FeatureMap, window: ReturnType<typeof windowFields>) {
  const windows = Array.from({ length: output.height * output.width }, (_, index) => {
    const [y, x] = [Math.floor(index / output.width), index % output.width];
    return [2 * (y * window.rowStep + x * window.columnStep), y * output.rowStep + x * output.pixelStep];
  });
  return { all: memory.constant(windows.flat()), count: windows.length, listBytes: windows.length * 8 + 8 };
}

/** One list for all images. */
export function allWindows({ memory, threads }: Workspace, { all, count }: PoolWindows): WindowLists {
  const length = memory.constant([count]);
  const same = (address: number) => Array.from({ length: threads }, () => address);
  return { lists: same(all), listStep: 0, lengths: same(length), lengthStep: 0, steps: [], forget: [] };
}

/** Room for a list of each image. */
export function reserveLists(workspace: Workspace, { listBytes }: PoolWindows) {
  return {
    lists: workspace.perThread(workspace.tile * listBytes),
    listStep: listBytes,
    lengths: workspace.perThread(workspace.tile * LENGTH_STEP),
    lengthStep: LENGTH_STEP,
  };
}
