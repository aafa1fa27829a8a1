import { type Batch, imageSize } from '../data/batch.js';
import type { ImageMeasures } from '../model/engine.js';
import { peakSignalToNoise } from '../statistics/peakSignalToNoise.js';
import { QuantileSketch } from '../statistics/quantileSketch.js';
import type { ImageScore, LabelSummary, ModelEvaluation, ReconstructedImage, ScoreSummary } from './imageScore.js';
import { toUnit } from './toUnit.js';

/** What a model makes of images. */
type Reconstruct = (images: Batch['pixels']) => Float32Array;

/** The scores of a batch's images, from what was measured of them. */
export function scoresOf(
  { indices, labels }: Batch,
  { losses, meanSquaredErrors, similarities }: ImageMeasures,
): readonly ImageScore[] {
  return Array.from(losses, (loss, item) => {
    const [label, ssim] = [labels?.[item], similarities?.[item]];
    return {
      index: indices[item]!,
      ...(label !== undefined && { label }),
      loss,
      psnr: peakSignalToNoise(meanSquaredErrors[item]!),
      ...(ssim !== undefined && { ssim }),
    };
  });
}

/** Sums up scores, batch by batch: in all, by label, and the worst ones. */
export class EvaluationTally {
  readonly #all = new Summary();
  readonly #labels = new Map<number, Summary>();
  readonly #worst: ReconstructedImage[] = [];
  readonly #keep: number;
  readonly #reconstruct: Reconstruct;

  /** @param worst how many of the worst images are kept @param reconstruct makes the pictures of these */
  constructor(worst: number, reconstruct: Reconstruct) {
    this.#keep = worst;
    this.#reconstruct = reconstruct;
  }

  add(batch: Batch, scores: readonly ImageScore[]): void {
    const [, ...shape] = batch.shape;
    const size = imageSize(shape);
    for (const [item, score] of scores.entries()) {
      this.#count(score);
      if (!this.#isAmongWorst(score.loss)) continue;
      const input = batch.pixels.slice(item * size, (item + 1) * size);
      this.#keepImage({ ...score, input: toUnit(input), reconstruction: this.#reconstruct(input) });
    }
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
