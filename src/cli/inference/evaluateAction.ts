import type { ImageShape } from '../../data/batch.js';
import { writePng } from '../../data/node/save/writePng.js';
import { OptionError } from '../../errors.js';
import { writeAtomically } from '../../files/writeAtomically.js';
import type { ModelEvaluation } from '../../inference/imageScore.js';
import type { Model } from '../../inference/model.js';
import { openModel } from '../../inference/node/openModel.js';
import { requirePng } from '../../inference/node/save/writeImageFolder.js';
import { sheetOf } from '../../inference/sheet.js';
import { printable } from '../../text/printable.js';
import type { ProgramContext } from '../programContext.js';
import { writeChunk, writeText } from '../writeText.js';
import { evaluationLines } from './evaluationLines.js';
import { amountOf, type InferenceFlags, modelOptionsOf } from './inferenceFlags.js';
import { type OpenedImages, openImages } from './openImages.js';
import { jsonNumber, scoreLine } from './scoreLine.js';
import { doWork, type Work } from './work.js';

export interface EvaluateFlags extends InferenceFlags {
  readonly worst?: number;
  readonly output?: string;
  readonly each?: string;
  readonly json?: boolean;
}

/** As many of the worst are drawn where `--worst` does not say. */
const DRAWN = 25;

/** @returns the exit code */
export function evaluateAction(path: string, flags: EvaluateFlags, context: ProgramContext): Promise<number> {
  requireFitting(flags);
  return doWork(context, async (work) => {
    const model = await openModel(flags.model, { ...modelOptionsOf(flags), signal: work.signal });
    try {
      const images = await openImages(path, flags, model, work);
      const evaluation = await evaluate(model, images, flags, work);
      if (evaluation === undefined) return;
      work.line.clear();
      if (flags.output !== undefined) await drawWorst(flags.output, evaluation, images.shape, work);
      const text =
        flags.json === true ? `${asJson(evaluation, model)}\n` : evaluationLines(evaluation, model, flags.worst);
      // Where lines of images go to stdout, what sums them up is for people.
      if (flags.each === '-') context.stderr.write(text);
      else await writeText(context.stdout, text);
    } finally {
      if (path === '-') context.stdin.destroy();
      model.dispose();
    }
  });
}

/** @throws OptionError, before anything is opened */
function requireFitting(flags: EvaluateFlags): void {
  const { worst, output, each, json } = flags;
  amountOf(flags);
  if (worst !== undefined && !(Number.isSafeInteger(worst) && worst >= 1))
    throw new OptionError('worst', worst, 'a whole number, 1 or more');
  if (output !== undefined && !/\.png$/i.test(output))
    throw new OptionError('output', output, 'a name that ends in .png', 'It is drawn as a sheet.');
  if (each === '-' && json === true)
    throw new OptionError('each', each, 'a file with json', 'Both would go to stdout: name a file for one of them.');
}

/** @returns nothing where the reader of `--each -` has gone */
async function evaluate(
  model: Model,
  { source, items }: OpenedImages,
  { each, worst, output }: EvaluateFlags,
  { signal, line, context }: Work,
): Promise<ModelEvaluation | undefined> {
  let done = 0;
  const gone = new AbortController();
  const run = (write: (lines: string) => Promise<unknown>): Promise<ModelEvaluation> =>
    model.evaluate(source, {
      worst: worst ?? (output === undefined ? 0 : DRAWN),
      signal: AbortSignal.any([signal, gone.signal]),
      async onScores(scores) {
        await write(scores.map(scoreLine).join(''));
        done += scores.length;
        line.show(items === undefined ? `${done} images` : `${done} of ${items} images`);
      },
    });
  if (each === undefined) return run(async () => undefined);
  if (each === '-') {
    const toStdout = async (lines: string): Promise<void> => {
      if (!(await writeChunk(context.stdout, lines))) gone.abort();
    };
    return run(toStdout).catch((error: unknown) => {
      if (gone.signal.aborted) return undefined;
      throw error;
    });
  }
  let evaluation: ModelEvaluation | undefined;
  await writeAtomically(each, async (file) => {
    evaluation = await run((lines) => file.appendFile(lines));
  });
  return evaluation;
}

function asJson({ worst, ...evaluation }: ModelEvaluation, model: Model): string {
  const images = worst.map(({ input: _, reconstruction: __, ...score }) => score);
  const report = {
    model: model.name,
    lossName: model.loss,
    ...evaluation,
    ...(images.length > 0 && { worst: images }),
  };
  return JSON.stringify(report, (_, value: unknown) => (typeof value === 'number' ? jsonNumber(value) : value));
}

async function drawWorst(
  path: string,
  { worst }: ModelEvaluation,
  shape: ImageShape,
  { context }: Work,
): Promise<void> {
  requirePng(path, shape);
  const { pixels, shape: size } = sheetOf(worst, shape);
  await writePng(path, pixels, size);
  context.stderr.write(`The ${worst.length} worst images, written to ${printable(path)}\n`);
}
