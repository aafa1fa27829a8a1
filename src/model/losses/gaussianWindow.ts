// A Gaussian window that slides over an image and stays within it.

/** @see Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity", III B */
const LENGTH = 11;
const STANDARD_DEVIATION = 1.5;

/**
 * What a window weighs along a side of an image, in all 1: eleven values, and fewer along a shorter side: the greatest odd number that fits.
 * @param side of the image, 1 or more
 */
export function gaussianWindow(side: number): Float64Array {
  const length = Math.min(LENGTH, side - ((side + 1) % 2));
  const weights = Float64Array.from({ length }, (_, at) =>
    Math.exp(-((at - (length - 1) / 2) ** 2) / (2 * STANDARD_DEVIATION ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** A value for each pixel, or for each place of a window: rows of columns. */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export interface Windows {
  /** What a window weighs from top to bottom, and from left to right. */
  readonly down: Float64Array;
  readonly across: Float64Array;
}

/** The weighted mean within the window at each of its places. */
export function slide({ rows, columns, values }: Plane, { down, across }: Windows): Plane {
  const [placesDown, placesAcross] = [rows - down.length + 1, columns - across.length + 1];
  const sums = new Float64Array(placesDown * columns);
  for (let at = 0; at < sums.length; at++)
    for (let k = 0; k < down.length; k++) sums[at]! += down[k]! * values[at + k * columns]!;
  const means = new Float64Array(placesDown * placesAcross);
  for (let row = 0; row < placesDown; row++)
    for (let column = 0; column < placesAcross; column++)
      for (let k = 0; k < across.length; k++)
        means[row * placesAcross + column]! += across[k]! * sums[row * columns + column + k]!;
  return { rows: placesDown, columns: placesAcross, values: means };
}

/** The other way: for each pixel the sum over the places of windows that see it, each by the pixel's weight there. */
export function spread({ rows, columns, values }: Plane, { down, across }: Windows): Plane {
  const [height, width] = [rows + down.length - 1, columns + across.length - 1];
  const sums = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let k = 0; k < across.length; k++)
        sums[row * width + column + k]! += across[k]! * values[row * columns + column]!;
  const pixels = new Float64Array(height * width);
  for (let at = 0; at < sums.length; at++)
    for (let k = 0; k < down.length; k++) pixels[at + k * width]! += down[k]! * sums[at]!;
  return { rows: height, columns: width, values: pixels };
}
