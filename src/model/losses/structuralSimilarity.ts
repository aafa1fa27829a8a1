// How alike two images are in brightness, contrast and structure (SSIM), as mean of what windows see that lie within the image.
//
// With x and y what a window sees of the two images, μ its weighted means, σ² its weighted variances and d = x − y,
//   (2 μx μy + C₁)(2 σxy + C₂) / ((μx² + μy² + C₁)(σx² + σy² + C₂)) = (1 − a)(1 − b),
//   a = μd² / (μx² + μy² + C₁),  b = σd² / (σx² + σy² + C₂).
// Of images that are nearly the same, a and b keep the digits that 1 minus a number near 1 would lose.
import { gaussianWindow, type Plane, slide, type Windows } from './gaussianWindow.js';
import type { ImageShape, ImageValues } from './loss.js';

/** (K × the range of values)², with K = 0.01 and 0.03 as Wang et al. chose, and values from 0 to 1. */
export const C1 = 0.01 ** 2;
export const C2 = 0.03 ** 2;

/**
 * The structural similarity of two images: 1 where they are the same; the mean over channels and over all places of a window.
 *
 * Windows are Gaussian, 11 × 11 with σ = 1.5, and stay within the image, so that pixels at its edge count less; along a side of fewer than 11
 * pixels a window has the greatest odd number of them that fits.
 *
 * @param one and `other`: values from 0 to 1, `[height, width, channels]`
 * @see Wang et al. 2004; scikit-image's `structural_similarity` with `gaussian_weights=True, use_sample_covariance=False, data_range=1`
 */
export function structuralSimilarity(one: ImageValues, other: ImageValues, shape: ImageShape): number {
  return 1 - structuralDissimilarity(one, other, shape);
}

/** 1 − their structural similarity, from 0 to 2. */
export function structuralDissimilarity(one: ImageValues, other: ImageValues, shape: ImageShape): number {
  const [height, width, channels] = shape;
  const windows = { down: gaussianWindow(height), across: gaussianWindow(width) };
  let [sum, places] = [0, 0];
  for (let channel = 0; channel < channels; channel++) {
    const means = windowMeans(channelOf(one, shape, channel), channelOf(other, shape, channel), windows);
    for (let place = 0; place < means.one.values.length; place++) {
      const { brightness: a, structure: b } = compareWindow(means, place);
      sum += a + b - a * b;
    }
    places += means.one.values.length;
  }
  return sum / places;
}

export function channelOf(image: ImageValues, [height, width, channels]: ImageShape, channel: number): Plane {
  const values = Float64Array.from({ length: height * width }, (_, at) => image[at * channels + channel]!);
  return { rows: height, columns: width, values };
}

/** What a window sees, at each of its places: means of x, d, d² and x² + y². */
export interface WindowMeans {
  readonly one: Plane;
  readonly difference: Plane;
  readonly squaredDifference: Plane;
  readonly squares: Plane;
}

export function windowMeans(one: Plane, other: Plane, windows: Windows): WindowMeans {
  const mean = (of: (x: number, y: number) => number) =>
    slide({ ...one, values: one.values.map((x, at) => of(x, other.values[at]!)) }, windows);
  return {
    one: mean((x) => x),
    difference: mean((x, y) => x - y),
    squaredDifference: mean((x, y) => (x - y) ** 2),
    squares: mean((x, y) => x * x + y * y),
  };
}

export interface WindowComparison {
  /** a and b of the formula, and what they are divided by. */
  readonly brightness: number;
  readonly structure: number;
  readonly brightnesses: number;
  readonly variances: number;
}

export function compareWindow(means: WindowMeans, place: number): WindowComparison {
  const [mean, difference] = [means.one.values[place]!, means.difference.values[place]!];
  const squares = mean ** 2 + (mean - difference) ** 2;
  const [brightnesses, variances] = [squares + C1, means.squares.values[place]! - squares + C2];
  return {
    brightness: difference ** 2 / brightnesses,
    structure: (means.squaredDifference.values[place]! - difference ** 2) / variances,
    brightnesses,
    variances,
  };
}
