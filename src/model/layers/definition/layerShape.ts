// Shapes, and what a layer says of one that it cannot take.
import { ArchitectureError } from '../../../errors.js';

/** `[height, width, channels]`, or `[units]` after flatten and dense. */
export type LayerShape = readonly number[];

export type ImageShape = readonly [height: number, width: number, channels: number];

/** Where a layer stands, for errors. */
export interface LayerPlace {
  /** The file the network is from. */
  readonly path?: string | undefined;
  /** e.g. `decoder.1`. */
  readonly name: string;
  /** Outputs of the layers before it, by their names. @default none */
  readonly earlier?: ReadonlyMap<string, LayerShape>;
}

/** As much of a layer as an error tells. */
interface NamedType {
  readonly type: string;
}

/** `28×28×1`, or `784 values` for a flat shape. */
export function formatShape(shape: LayerShape): string {
  return shape.length === 1 ? `${shape[0]} values` : shape.join('×');
}

/** Number of values in a shape. */
export function shapeSize(shape: LayerShape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/**
 * The input of a layer that takes images.
 * @param least what height and width have to be at least
 * @throws ArchitectureError `ARCHITECTURE_SHAPE` for any other input
 */
export function imageInput(
  layer: NamedType,
  input: LayerShape,
  place: LayerPlace,
  least: readonly [height: number, width: number] = [1, 1],
): ImageShape {
  const [height, width, channels] = input;
  const [leastHeight, leastWidth] = least;
  if (height === undefined || width === undefined || channels === undefined)
    throw shapeError(layer, place, {
      expected: 'an image (height×width×channels) as input',
      actual: formatShape(input),
      advice: 'Put a reshape with targetShape [height, width, channels] before it.',
    });
  if (height < leastHeight || width < leastWidth)
    throw shapeError(layer, place, {
      expected: `an input of at least ${leastHeight}×${leastWidth}`,
      actual: formatShape(input),
      advice: 'Use a smaller window here, or reduce less in the layers before.',
    });
  return [height, width, channels];
}

/** A complaint about shapes that says where: `net.json: decoder.1 (dense): …`. */
export function shapeError(
  layer: NamedType,
  { path, name }: LayerPlace,
  details: {
    readonly problem?: string;
    readonly expected: string;
    readonly actual: string;
    readonly advice: string;
  },
): ArchitectureError {
  const where = `${name} (${layer.type})`;
  return new ArchitectureError({
    ...details,
    code: 'ARCHITECTURE_SHAPE',
    layer: name,
    problem: details.problem === undefined ? where : `${where}: ${details.problem}`,
    ...(path === undefined ? {} : { path }),
  });
}
