// A transposed convolution all of whose phases read the same pixels, as one convolution.

import type { KernelCall } from '../kernelCall.js';
import type { Workspace } from '../memory/workspace.js';
import { always, type ConvolutionPart, kernelSteps, packedOrder } from './convolutionCall.js';
import { tapSources } from './weights.js';

/** A transposed convolution whose windows are as large as its strides: all phases read the same pixel. */
export function canJoinPhases({ geometry, direction, to }: ConvolutionPart): boolean {
  const { rows, columns } = geometry[direction];
  if (direction !== 'forward' || geometry.kind !== 'conv2dTranspose' || rows.length * columns.length < 2) return false;
  if (to.map.pixelStep === 4 && rows.length * columns.length !== 4) return false;
  const [first] = rows;
  return (
    [...rows, ...columns].every(
      ({ taps, origin, count }) => taps.length === 1 && origin === 0 && taps[0]!.length === 1 && count > 0,
    ) &&
    rows.every(({ count }) => count === first!.count) &&
    columns.every(({ count }) => count === columns[0]!.count)
  );
}

/** The phases' outputs are channels of one 1×1 convolution, each put where its phase belongs. */
export function joinedPhases(workspace: Workspace, part: ConvolutionPart): readonly KernelCall[] {
  const { geometry, kept, from, to, layers } = part;
  const { rows, columns } = geometry.forward;
  const pixelValues = from.map.pixelStep / 4;
  const lanes = to.map.pixelStep / 4;
  const phases = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const sizes = { kernelRows: 1, rowValues: pixelValues, outputs: phases.length * lanes };
  const sources = phases.map(({ row, column }) =>
    tapSources(geometry, kept, { rows: row, columns: column }, { direction: 'forward', pixelValues }),
  );
  const weights = workspace.pack(layers, packedOrder(sizes), (kernelRow, value, output) =>
    sources[Math.floor(output / lanes)]!(kernelRow, value, output % lanes),
  );
  const bias = workspace.packLists(
    layers,
    Array.from({ length: sizes.outputs }, (_, output) =>
      Array.from(kept.biasOffsets.subarray(output % lanes, (output % lanes) + 1)),
    ),
  );
  const places = phases.map(({ row, column }) => row.first * to.map.rowStep + column.first * to.map.pixelStep);
  const vectorPlaces = places.flatMap((place) => Array.from({ length: lanes / 4 }, (_, vector) => place + vector * 16));
  const [row, column] = [rows[0]!, columns[0]!];
  return kernelSteps(workspace, part, {
    row,
    column,
    sizes,
    weights: always(weights),
    bias: always(bias),
    offsets: always(workspace.memory.constant(lanes === 1 ? [places[0]!, places[2]!] : vectorPlaces)),
    storesHalves: lanes === 1,
    isSingle: false,
  });
}
