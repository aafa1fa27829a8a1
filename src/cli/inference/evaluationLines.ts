import type { ModelEvaluation, ScoreSummary } from '../../inference/imageScore.js';
import type { Model } from '../../inference/model.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';

const NUMBERS = Array<'right'>(7).fill('right');

/** An evaluation for people: a table by label, and the worst images. */
export function evaluationLines(evaluation: ModelEvaluation, model: Model, listed = 0): string {
  const { labels = [], worst } = evaluation;
  const head = ['', 'images', 'mean', 'median', '95 %', '99 %', 'PSNR', 'SSIM'];
  const rows = labels.map((summary) => [`label ${summary.label}`, ...cells(summary)]);
  const table = inColumns([head, ['all', ...cells(evaluation)], ...rows], ['left', ...NUMBERS]);
  const images = worst
    .slice(0, listed)
    .map(({ index, label, loss, psnr, ssim }) => [
      String(index),
      label === undefined ? '–' : String(label),
      formatError(loss),
      psnr.toFixed(2),
      ssim === undefined ? '–' : ssim.toFixed(4),
    ]);
  const list = images.length === 0 ? [] : ['', 'The worst', ...listOf(images)];
  return [`${printable(model.name)} (error: ${model.loss})`, ...table, ...list].map((line) => `${line}\n`).join('');
}

function listOf(images: readonly (readonly string[])[]): readonly string[] {
  return inColumns([['index', 'label', 'error', 'PSNR', 'SSIM'], ...images], Array<'right'>(5).fill('right'));
}

function cells({ items, loss, psnr, ssim }: ScoreSummary): string[] {
  const { mean, median, percentile95, percentile99 } = loss;
  const errors = [mean, median, percentile95, percentile99].map(formatError);
  return [String(items), ...errors, psnr.toFixed(2), ssim === undefined ? '–' : ssim.toFixed(4)];
}

function formatError(value: number): string {
  return value.toPrecision(4);
}
