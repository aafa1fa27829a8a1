import type { Observable } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import { openModel } from '../../inference/node/openModel.js';
import { imageTarget } from '../../inference/node/save/imageTarget.js';
import { reconstruct } from '../../inference/operators/reconstruct.js';
import { values } from '../../streams/consumers/values.js';
import { addNoise } from '../../streams/operators/addNoise.js';
import { pipeline } from '../../streams/pipeline.js';
import type { Stage } from '../../streams/stage.js';
import type { ProgramContext } from '../programContext.js';
import { amountOf, type InferenceFlags, modelOptionsOf } from './inferenceFlags.js';
import { openImages } from './openImages.js';
import { doWork } from './work.js';
import { requireErrorFits, writeImages } from './writeImages.js';

export interface ReconstructFlags extends InferenceFlags {
  readonly output: string;
  readonly noise?: number;
  readonly error?: boolean;
}

/** @returns the exit code */
export function reconstructAction(path: string, flags: ReconstructFlags, context: ProgramContext): Promise<number> {
  const target = imageTarget(flags.output);
  requireErrorFits(target, flags.error);
  amountOf(flags);
  const noise: Stage<Batch, Batch> =
    flags.noise === undefined ? (source: Observable<Batch>) => source : addNoise({ factor: flags.noise, seed: 1 });
  return doWork(context, async (work) => {
    const model = await openModel(flags.model, { ...modelOptionsOf(flags), signal: work.signal });
    try {
      const { shape, items, source } = await openImages(path, flags, model, work);
      // The error of a sheet is drawn before it is rounded.
      const dtype = target.format === 'sheet' ? 'float32' : 'uint8';
      const batches = values(pipeline(source, noise, reconstruct(model, { dtype })));
      await writeImages(target, batches, { shape, items, error: flags.error }, work);
    } finally {
      if (path === '-') context.stdin.destroy();
      model.dispose();
    }
  });
}
