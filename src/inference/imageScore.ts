// What is said of reconstructions: of one image, and of many.

/** How good the reconstruction of an image is. */
export interface ImageScore {
  /** Place of the image in the data set, from 0. */
  readonly index: number;
  readonly label?: number;
  /** The loss that the network was trained with, the mean over all values of the image. */
  readonly loss: number;
  /** Peak signal-to-noise ratio in decibels; infinite where nothing differs. */
  readonly psnr: number;
  /** Mean structural similarity, at most 1; absent for images with a side below 11 pixels. */
  readonly ssim?: number;
}

/** How good reconstructions of many images are. */
export interface ScoreSummary {
  readonly items: number;
  /** Of the images' losses; quantiles are exact to 0.05 %. */
  readonly loss: {
    readonly mean: number;
    readonly median: number;
    readonly percentile95: number;
    readonly percentile99: number;
  };
  /** Mean of the images' ratios, in decibels; infinite where an image is reconstructed exactly. */
  readonly psnr: number;
  /** Mean of the images' similarities; absent for images with a side below 11 pixels. */
  readonly ssim?: number;
}

/** The summary of images with one label. */
export interface LabelSummary extends ScoreSummary {
  readonly label: number;
}

/** An image with its reconstruction. */
export interface ReconstructedImage extends ImageScore {
  /** What went in, 0..1; `[height, width, channels]`. */
  readonly input: Float32Array;
  readonly reconstruction: Float32Array;
}

/** How good a model is on images. */
export interface ModelEvaluation extends ScoreSummary {
  /** By label, in their order; absent where images have none. */
  readonly labels?: readonly LabelSummary[];
  /** The images with the highest losses, the worst first. */
  readonly worst: readonly ReconstructedImage[];
}
