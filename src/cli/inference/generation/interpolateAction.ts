import { interpolateLatents, requireInterpolation } from '../../../inference/generation/interpolateLatents.js';
import { openModel } from '../../../inference/node/openModel.js';
import { imageTarget } from '../../../inference/node/save/imageTarget.js';
import { decode } from '../../../inference/operators/decode.js';
import { values } from '../../../streams/consumers/values.js';
import { pipeline } from '../../../streams/pipeline.js';
import type { ProgramContext } from '../../programContext.js';
import { type InferenceFlags, modelOptionsOf } from '../inferenceFlags.js';
import { doWork } from '../work.js';
import { writeImages } from '../writeImages.js';
import { imageOpener } from './imageOpener.js';

export interface InterpolateFlags extends Omit<InferenceFlags, 'limit' | 'batchSize'> {
  readonly output: string;
  readonly steps?: number;
}

const STEPS = 10;
/** More of them on a sheet are below each other. */
const COLUMNS = 20;

/** @returns the exit code */
export function interpolateAction(
  names: readonly [string, string],
  flags: InterpolateFlags,
  context: ProgramContext,
): Promise<number> {
  const target = imageTarget(flags.output);
  const { steps = STEPS } = flags;
  requireInterpolation({ steps });
  return doWork(context, async (work) => {
    const model = await openModel(flags.model, { ...modelOptionsOf(flags), signal: work.signal });
    try {
      model.requireDecodable();
      const openImage = imageOpener(flags, model, work);
      const from = model.encode(await openImage(names[0]));
      const to = model.encode(await openImage(names[1]));
      const between = pipeline(interpolateLatents(model, { from, to, steps }), decode(model));
      const columns = Math.min(steps, COLUMNS);
      await writeImages(target, values(between), { shape: model.inputShape, items: steps, columns }, work);
    } finally {
      model.dispose();
    }
  });
}
