import { formatCount } from '../../dashboard/format.js';
import { OptionError } from '../../errors.js';
import { fitThreshold, requireQuantile, type Threshold } from '../../inference/fitThreshold.js';
import type { Model } from '../../inference/model.js';
import { openModel } from '../../inference/node/openModel.js';
import { RocTally } from '../../statistics/rocTally.js';
import { values } from '../../streams/consumers/values.js';
import { pipeline } from '../../streams/pipeline.js';
import type { ProgressLine } from '../data/progressLine.js';
import type { ProgramContext } from '../programContext.js';
import { openDashboardTerminal } from '../show/dashboardTerminal.js';
import { type AnomalyOutput, anomalyLines, anomalyScreen } from './anomalyOutput.js';
import { amountOf, type InferenceFlags, modelOptionsOf } from './inferenceFlags.js';
import { type OpenedImages, openImages } from './openImages.js';
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
      const images = await openImages(path, looked, model, work);
      const output = await openOutput(path, model, threshold, quantile, work);
      const quiet = output.drawn ? { ...work, line: NO_PROGRESS } : work;
      await detect(model, images, threshold, normalLabel, output, quiet);
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

/** Lines, or the screen of a stream that somebody watches on a terminal. */
async function openOutput(
  path: string,
  model: Model,
  threshold: Threshold,
  quantile: number,
  work: Work,
): Promise<AnomalyOutput> {
  const { context } = work;
  const isWatched = path === '-' && context.stdout.isTTY === true && context.stdin.isTTY !== true;
  const terminal = isWatched ? openDashboardTerminal(context).terminal : undefined;
  if (terminal === undefined) return anomalyLines(work);
  const fitted = `${100 * quantile} % of ${formatCount(threshold.items)} normal images`;
  return anomalyScreen(terminal, model, threshold, fitted, work);
}

/** A screen has its own counts. */
const NO_PROGRESS: ProgressLine = { show: () => undefined, clear: () => undefined };

async function detect(
  model: Model,
  { source, items }: OpenedImages,
  { loss: threshold }: Threshold,
  normalLabel: number | undefined,
  output: AnomalyOutput,
  work: Work,
): Promise<void> {
  const { context, signal, line } = work;
  const curve = new RocTally();
  let [seen, found] = [0, 0];
  const batches = endedBy(values(pipeline(source)), output.ended);
  try {
    for await (const batch of withProgress(batches, work, items)) {
      const { pixels, target = pixels, labels } = batch;
      const losses = await model.scoreAsync(pixels, target, { signal });
      // What is no number is not normal.
      const anomalies = [...losses.keys()].filter((item) => !(losses[item]! <= threshold));
      if (labels !== undefined && normalLabel !== undefined)
        for (const [item, loss] of losses.entries()) curve.add(loss, labels[item] !== normalLabel);
      seen += losses.length;
      found += anomalies.length;
      await output.take(batch, losses, anomalies);
    }
  } catch (error) {
    if (!output.ended.aborted) throw error;
  } finally {
    await output.close();
  }
  // Whoever read the lines has gone.
  if (output.ended.aborted && !output.drawn) return;
  line.clear();
  context.stderr.write(`${found} of ${seen} images are above it.\n`);
  if (normalLabel !== undefined) context.stderr.write(`${curveLine(curve, normalLabel)}\n`);
}

/** What is waited for ends, too. */
function endedBy<Value>(batches: AsyncIterable<Value>, signal: AbortSignal): AsyncIterable<Value> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = batches[Symbol.asyncIterator]();
      signal.addEventListener('abort', () => void iterator.return?.(), { once: true });
      return iterator;
    },
  };
}

function curveLine(curve: RocTally, label: number): string {
  const { negatives, positives } = curve;
  const both = `${negatives} images with the label ${label} and ${positives} others`;
  return negatives === 0 || positives === 0
    ? `No ROC-AUC: there are ${both}.`
    : `ROC-AUC ${curve.area().toFixed(4)}: ${both}.`;
}
