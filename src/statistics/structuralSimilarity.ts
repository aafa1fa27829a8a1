// Structural similarity of images: how alike brightness, contrast and structure are, in windows of 11 × 11.

const RADIUS = 5;
const SIGMA = 1.5;
const K1 = 0.01;
const K2 = 0.03;
/** The smallest side of an image that has a window. */
export const SMALLEST_SIDE = 2 * RADIUS + 1;

/** One side of the window; the window is their product. */
const WEIGHTS = gaussianWeights();

function gaussianWeights(): Float64Array {
  const weights = Float64Array.from({ length: SMALLEST_SIDE }, (_, at) =>
    Math.exp(-((at - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The mean structural similarity of two images of values 0..1: Gaussian windows with σ 1.5 that lie within the image, population
 * variances, the mean over channels.
 *
 * @param first `[height, width, channels]`, and `second` of the same shape
 * @returns at most 1; `undefined` for images with a side below 11, which have no window
 *
 * @example
 * const image = Float32Array.from({ length: 144 }, (_, at) => (at % 7) / 7);
 * console.log(structuralSimilarity(image, image, [12, 12, 1])); // 1
 * @see Z. Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004;
 * skimage.metrics.structural_similarity with gaussian_weights=True, use_sample_covariance=False, data_range=1
 */
export function structuralSimilarity(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
): number | undefined {
  if (height < SMALLEST_SIDE || width < SMALLEST_SIDE) return undefined;
  let sum = 0;
  for (let channel = 0; channel < channels; channel++)
    sum += ofChannel(first, second, height, width, channels, channel);
  return sum / channels;
}

/** Sums of the two images, of their squares and of their products, filtered along one side and then along the other. */
function ofChannel(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  height: number,
  width: number,
  channels: number,
  channel: number,
): number {
  const across = width - 2 * RADIUS;
  const down = height - 2 * RADIUS;
  const rows = new Float64Array(4 * across * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < across; column++) {
      let a = 0;
      let b = 0;
      let squares = 0;
      let products = 0;
      for (let tap = 0; tap < SMALLEST_SIDE; tap++) {
        const at = (row * width + column + tap) * channels + channel;
        const [x, y, weight] = [first[at]!, second[at]!, WEIGHTS[tap]!];
        a += weight * x;
        b += weight * y;
        squares += weight * (x * x + y * y);
        products += weight * x * y;
      }
      const to = 4 * (row * across + column);
      rows[to] = a;
      rows[to + 1] = b;
      rows[to + 2] = squares;
      rows[to + 3] = products;
    }
  let sum = 0;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      let a = 0;
      let b = 0;
      let squares = 0;
      let products = 0;
      for (let tap = 0; tap < SMALLEST_SIDE; tap++) {
        const at = 4 * ((row + tap) * across + column);
        const weight = WEIGHTS[tap]!;
        a += weight * rows[at]!;
        b += weight * rows[at + 1]!;
        squares += weight * rows[at + 2]!;
        products += weight * rows[at + 3]!;
      }
      sum += similarity(a, b, squares, products);
    }
  return sum / (across * down);
}

/** @param squares mean of x² + y² @param products mean of x·y */
function similarity(a: number, b: number, squares: number, products: number): number {
  const c1 = K1 ** 2;
  const c2 = K2 ** 2;
  const means = a * a + b * b;
  return ((2 * a * b + c1) * (2 * (products - a * b) + c2)) / ((means + c1) * (squares - means + c2));
}
