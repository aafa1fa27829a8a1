import { type Batch, imageSize } from '../data/batch.js';
import { chooseLoss } from '../model/losses/lossOptions.js';
import { structuralSimilarity } from '../model/losses/structuralSimilarity.js';
import { peakSignalToNoise } from '../statistics/peakSignalToNoise.js';
import { QuantileSketch } from '../statistics/quantileSketch.js';
import { imageLosses } from './imageLosses.js';
import type { ImageScore, LabelSummary, ModelEvaluation, ReconstructedImage, ScoreSummary } from './imageScore.js';
import { toUnit } from './toUnit.js';

/** The side of a window of SSIM: scikit-image, too, knows none of smaller images. */
const WINDOW = 11;
const MEAN_SQUARED_ERROR = chooseLoss({});

/** What a model has made of a batch. */
export interface ScoredImages {
  readonly reconstruction: Float32Array;
  readonly losses: Float32Array;
  /** Whether the losses are mean squared errors, which PSNR is of. */
  readonly isSquaredError: boolean;
}

/** Sums up scores, batch by batch: in all, by label, and the worst ones. */
export class EvaluationTally {
  readonly #all = new Summary();
  readonly #labels = new Map<number, Summary>();
  readonly #worst: ReconstructedImage[] = [];
  readonly #keep: number;

  /** @param worst how many of the worst images are kept */
  constructor(worst: number) {
    this.#keep = worst;
  }

  add(batch: Batch, scored: ScoredImages): readonly ImageScore[] {
    const [, ...shape] = batch.shape;
    const size = imageSize(shape);
    const target = toUnit(batch.target ?? batch.pixels);
    const { reconstruction, losses, isSquaredError } = scored;
    const squaredErrors = isSquaredError ? losses : imageLosses(reconstruction, target, shape, MEAN_SQUARED_ERROR);
    const hasWindow = Math.min(shape[0], shape[1]) >= WINDOW;
    return Array.from(losses, (loss, item) => {
      const [from, to] = [item * size, (item + 1) * size];
      const output = reconstruction.subarray(from, to);
      const ssim = hasWindow ? structuralSimilarity(output, target.subarray(from, to), shape) : undefined;
      const label = batch.labels?.[item];
      const score: ImageScore = {
        index: batch.indices[item]!,
        ...(label !== undefined && { label }),
        loss,
        psnr: peakSignalToNoise(squaredErrors[item]!),
        ...(ssim !== undefined && { ssim }),
      };
      this.#count(score);
      if (this.#isAmongWorst(loss))
        this.#keepImage({ ...score, input: toUnit(batch.pixels.slice(from, to)), reconstruction: output.slice() });
      return score;
    });
  }

  result(): ModelEvaluation {
    const labels = [...this.#labels].sort(([one], [other]) => one - other);
    return {
      ...this.#all.result(),
      ...(labels.length > 0 && {
        labels: labels.map(([label, summary]): LabelSummary => ({ label, ...summary.result() })),
      }),
      worst: this.#worst,
    };
  }

  #count(score: ImageScore): void {
    this.#all.add(score);
    if (score.label === undefined) return;
    const summary = this.#labels.get(score.label) ?? new Summary();
    this.#labels.set(score.label, summary);
    summary.add(score);
  }

  #isAmongWorst(loss: number): boolean {
    return this.#worst.length < this.#keep || (this.#keep > 0 && loss > this.#worst.at(-1)!.loss);
  }

  #keepImage(image: ReconstructedImage): void {
    const before = this.#worst.findIndex(({ loss }) => loss < image.loss);
    this.#worst.splice(before === -1 ? this.#worst.length : before, 0, image);
    if (this.#worst.length > this.#keep) this.#worst.pop();
  }
}

class Summary {
  readonly #losses = new QuantileSketch();
  #items = 0;
  #loss = 0;
  #psnr = 0;
  #ssim: number | undefined = 0;

  add({ loss, psnr, ssim }: ImageScore): void {
    this.#items += 1;
    this.#losses.add(loss);
    this.#loss += loss;
    this.#psnr += psnr;
    this.#ssim = ssim === undefined || this.#ssim === undefined ? undefined : this.#ssim + ssim;
  }

  result(): ScoreSummary {
    const [items, losses] = [this.#items, this.#losses];
    return {
      items,
      loss: {
        mean: this.#loss / items,
        median: losses.quantile(0.5),
        percentile95: losses.quantile(0.95),
        percentile99: losses.quantile(0.99),
      },
      psnr: this.#psnr / items,
      ...(this.#ssim !== undefined && { ssim: this.#ssim / items }),
    };
  }
}
