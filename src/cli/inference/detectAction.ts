import { OptionError } from '../../errors.js';
import { fitThreshold, requireQuantile, type Threshold } from '../../inference/fitThreshold.js';
import type { Model } from '../../inference/model.js';
import { openModel } from '../../inference/node/openModel.js';
import { RocTally } from '../../statistics/rocTally.js';
import { values } from '../../streams/consumers/values.js';
import { pipeline } from '../../streams/pipeline.js';
import type { ProgramContext } from '../programContext.js';
import { writeChunk } from '../writeText.js';
import { amountOf, type InferenceFlags, modelOptionsOf } from './inferenceFlags.js';
import { type OpenedImages, openImages } from './openImages.js';
import { scoreLine } from './scoreLine.js';
import { doWork, type Work, withProgress } from './work.js';

export interface DetectFlags extends Omit<InferenceFlags, 'fit'> {
  /** Where the normal images are. */
  readonly fit: string;
  readonly quantile?: number;
  readonly normalLabel?: number;
  readonly resizeFit?: NonNullable<InferenceFlags['fit']>;
}

/** @returns the exit code */
export function detectAction(path: string, flags: DetectFlags, context: ProgramContext): Promise<number> {
  requireFitting(flags);
  const { fit: normalPath, resizeFit: fit, quantile = 0.99, normalLabel, ...others } = flags;
  const imageFlags: InferenceFlags = { ...others, fit };
  return doWork(context, async (work) => {
    const model = await openModel(flags.model, { ...modelOptionsOf(flags), signal: work.signal });
    try {
      const { part: _, limit: __, ...ofNormal } = imageFlags;
      const normal = await openImages(normalPath, ofNormal, model, work);
      const threshold = await fitThreshold(model, normal.source, { quantile, normalLabel, signal: work.signal });
      const { loss, items } = threshold;
      context.stderr.write(
        `Threshold ${loss.toPrecision(4)}: ${100 * quantile} % of ${items} normal images are below.\n`,
      );
      // A frame of a stream is looked at when it comes.
      const looked = path === '-' ? { batchSize: 1, ...imageFlags } : imageFlags;
      await detect(model, await openImages(path, looked, model, work), threshold, normalLabel, work);
    } finally {
      if (path === '-') context.stdin.destroy();
      model.dispose();
    }
  });
}

/** @throws OptionError, before anything is opened */
function requireFitting(flags: DetectFlags): void {
  const { fit, quantile, normalLabel } = flags;
  amountOf(flags);
  if (fit === '-')
    throw new OptionError('fit', fit, 'a file or a folder', 'Only the images to look at come from stdin.');
  if (quantile !== undefined) requireQuantile(quantile);
  if (normalLabel !== undefined && !(Number.isInteger(normalLabel) && normalLabel >= 0 && normalLabel <= 255))
    throw new OptionError('normalLabel', normalLabel, 'a label, 0 to 255');
}

async function detect(
  model: Model,
  { source, items }: OpenedImages,
  { loss: threshold }: Threshold,
  normalLabel: number | undefined,
  work: Work,
): Promise<void> {
  const { context, signal, line } = work;
  const curve = new RocTally();
  let [seen, found] = [0, 0];
  for await (const { pixels, target = pixels, indices, labels } of withProgress(
    values(pipeline(source)),
    work,
    items,
  )) {
    const losses = await model.scoreAsync(pixels, target, { signal });
    const lines: string[] = [];
    for (const [item, loss] of losses.entries()) {
      const label = labels?.[item];
      if (label !== undefined && normalLabel !== undefined) curve.add(loss, label !== normalLabel);
      // What is no number is not normal.
      if (loss <= threshold) continue;
      lines.push(scoreLine({ index: indices[item]!, ...(label !== undefined && { label }), loss }));
    }
    seen += losses.length;
    found += lines.length;
    if (lines.length === 0) continue;
    line.clear();
    if (!(await writeChunk(context.stdout, lines.join('')))) return;
  }
  line.clear();
  context.stderr.write(`${found} of ${seen} images are above it.\n`);
  if (normalLabel !== undefined) context.stderr.write(`${curveLine(curve, normalLabel)}\n`);
}

function curveLine(curve: RocTally, label: number): string {
  const { negatives, positives } = curve;
  const both = `${negatives} images with the label ${label} and ${positives} others`;
  return negatives === 0 || positives === 0
    ? `No ROC-AUC: there are ${both}.`
    : `ROC-AUC ${curve.area().toFixed(4)}: ${both}.`;
}
