// The feature maps of a network: one for its input and one for what comes out of each unit.

import { describeLinear } from './convolution/linear.js';
import { reach } from './convolution/phases.js';
import type { Unit } from './fuseLayers.js';
import { type Border, type FeatureMap, imageShape, reserveMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

/** The network's input, and what comes out of each unit. */
export function planMaps({ memory, tile, threads }: Workspace, units: readonly Unit[]): readonly FeatureMap[] {
  const shapes = [
    units[0]!.layers[0]!.inputShape,
    ...units.map(({ layers }) => layers[layers.length - 1]!.outputShape),
  ];
  return shapes.map((shape, index) => {
    const isInput = index === 0;
    const [height, width] = imageShape(shape);
    return reserveMap(memory, {
      shape,
      packing: isInput || isSingleOutput(units, index, shape) ? 'packed' : 'padded',
      ...borders(units[index - 1], units[index], height, width),
      tile,
      threads,
      hasGradient: !isInput,
      hasGradientBorder: readsGradientBorder(units[index - 1]),
    });
  });
}

/** Images of one channel come out as they are; everything else is padded to whole vectors. */
function isSingleOutput(units: readonly Unit[], index: number, shape: readonly number[]): boolean {
  const last = units[units.length - 1]!;
  const isPooled = last.kind === 'linear' && last.isPooled;
  return index === units.length && !isPooled && imageShape(shape)[2] === 1;
}

/** A map for what the output is compared with. */
export function likeOutput({ memory, tile, threads }: Workspace, units: readonly Unit[]): FeatureMap {
  const last = units[units.length - 1]!;
  const shape = last.layers[last.layers.length - 1]!.outputShape;
  const [height, width] = imageShape(shape);
  return reserveMap(memory, {
    shape,
    packing: isSingleOutput(units, units.length, shape) ? 'packed' : 'padded',
    ...borders(last, undefined, height, width),
    tile,
    threads,
    hasGradient: false,
    hasGradientBorder: false,
  });
}

/** Pooling's gradient goes by winners; an unpooled layer's is a convolution. */
function readsGradientBorder(unit: Unit | undefined): unit is Extract<Unit, { kind: 'linear' }> {
  return unit?.kind === 'linear' && !unit.isPooled;
}

/** As far as the next unit reads beyond the values, and the one before beyond their gradient. */
function borders(
  before: Unit | undefined,
  after: Unit | undefined,
  height: number,
  width: number,
): { readonly rows: Border; readonly columns: Border } {
  const grids = [
    ...(after?.kind === 'linear' ? [describeLinear(after).forward] : []),
    ...(readsGradientBorder(before) ? [describeLinear(before).backward] : []),
  ];
  const widest = (reaches: readonly Border[]): Border => ({
    before: Math.max(0, ...reaches.map((one) => one.before)),
    after: Math.max(0, ...reaches.map((one) => one.after)),
  });
  return {
    rows: widest(grids.map(({ rows }) => reach(rows, height))),
    columns: widest(grids.map(({ columns }) => reach(columns, width))),
  };
}
