/**
 * Peak signal-to-noise ratio of an image, in decibels: 10·log₁₀(1 / mean squared error) for values 0..1; infinite where nothing differs.
 *
 * @example
 * console.log(peakSignalToNoise(0.01)); // 20
 * @see skimage.metrics.peak_signal_noise_ratio with data_range=1
 */
export function peakSignalToNoise(meanSquaredError: number): number {
  return -10 * Math.log10(meanSquaredError);
}
