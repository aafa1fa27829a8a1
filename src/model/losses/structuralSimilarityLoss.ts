import { gaussianWindow, type Plane, spread } from './gaussianWindow.js';
import type { ImageLoss, ImageShape, ImageValues } from './loss.js';
import {
  channelOf,
  compareWindow,
  structuralDissimilarity,
  type WindowMeans,
  windowMeans,
} from './structuralSimilarity.js';

/** 1 − SSIM. @see structuralSimilarity, whose letters these are */
export const structuralSimilarityLoss: ImageLoss = {
  ofImage: structuralDissimilarity,
  gradientOfImage(output, target, shape) {
    const gradient = new Float64Array(output.length);
    for (let channel = 0; channel < shape[2]; channel++) addGradient(gradient, output, target, shape, channel);
    return gradient;
  },
};

/**
 * What a window's a + b − ab changes with a pixel is the pixel's weight there times P + Q·d + R·x, with the same P, Q and R for all pixels of the window.
 */
function addGradient(
  gradient: Float64Array,
  output: ImageValues,
  target: ImageValues,
  shape: ImageShape,
  channel: number,
): void {
  const [height, width, channels] = shape;
  const windows = { down: gaussianWindow(height), across: gaussianWindow(width) };
  const [one, other] = [channelOf(output, shape, channel), channelOf(target, shape, channel)];
  const { constant, ofDifference, ofValue } = windowFactors(windowMeans(one, other, windows));
  const places = constant.values.length * channels;
  const [p, q, r] = [spread(constant, windows), spread(ofDifference, windows), spread(ofValue, windows)];
  for (let at = 0; at < height * width; at++) {
    const x = one.values[at]!;
    const sum = p.values[at]! + q.values[at]! * (x - other.values[at]!) + r.values[at]! * x;
    gradient[at * channels + channel] = sum / places;
  }
}

/** P, Q and R of each place of a window. */
function windowFactors(means: WindowMeans) {
  const factors = (of: (place: number) => number): Plane => ({
    ...means.one,
    values: means.one.values.map((_, place) => of(place)),
  });
  const places = Array.from(means.one.values, (_, place) => {
    const { brightness, structure, brightnesses, variances } = compareWindow(means, place);
    const [mean, difference] = [means.one.values[place]!, means.difference.values[place]!];
    const byDifference = (2 * (1 - brightness)) / variances;
    const byBrightness = (2 * (1 - structure) * (difference - brightness * mean)) / brightnesses;
    const constant = byBrightness - byDifference * (difference - structure * mean);
    return { constant, ofDifference: byDifference, ofValue: -structure * byDifference };
  });
  return {
    constant: factors((place) => places[place]!.constant),
    ofDifference: factors((place) => places[place]!.ofDifference),
    ofValue: factors((place) => places[place]!.ofValue),
  };
}
