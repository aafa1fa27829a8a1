import { OptionError } from '../../../errors.js';
import { fitLatents, type LatentSpread } from '../../../inference/generation/fitLatents.js';
import { isVariational, requireSampling, sampleLatents } from '../../../inference/generation/sampleLatents.js';
import type { Model } from '../../../inference/model.js';
import { openModel } from '../../../inference/node/openModel.js';
import { imageTarget } from '../../../inference/node/save/imageTarget.js';
import { decode } from '../../../inference/operators/decode.js';
import { values } from '../../../streams/consumers/values.js';
import { pipeline } from '../../../streams/pipeline.js';
import { printable } from '../../../text/printable.js';
import type { ProgramContext } from '../../programContext.js';
import { amountOf, type InferenceFlags, modelOptionsOf } from '../inferenceFlags.js';
import { openImages } from '../openImages.js';
import { doWork, type Work } from '../work.js';
import { writeImages } from '../writeImages.js';

export interface SampleFlags extends Omit<InferenceFlags, 'fit'> {
  readonly output: string;
  readonly count?: number;
  readonly seed?: number;
  /** Images whose latents say where to draw. */
  readonly fit?: string;
  readonly resizeFit?: NonNullable<InferenceFlags['fit']>;
}

/** As many as a sheet has. */
const COUNT = 100;

/** @returns the exit code */
export function sampleAction(flags: SampleFlags, context: ProgramContext): Promise<number> {
  const target = imageTarget(flags.output);
  const { count = COUNT, seed, fit } = flags;
  const { size } = amountOf(flags);
  requireSampling({ count, seed, size });
  return doWork(context, async (work) => {
    const model = await openModel(flags.model, { ...modelOptionsOf(flags), signal: work.signal });
    try {
      model.requireDecodable();
      const spread = fit === undefined ? requireVariational(model) : await fitTo(fit, flags, model, work);
      const drawn = pipeline(sampleLatents(model, { count, seed, spread, size }), decode(model));
      await writeImages(target, values(drawn), { shape: model.inputShape, items: count }, work);
    } finally {
      if (fit === '-') context.stdin.destroy();
      model.dispose();
    }
  });
}

/** @throws OptionError where nothing says which latents make images */
function requireVariational(model: Model): undefined {
  if (isVariational(model)) return undefined;
  throw new OptionError(
    'fit',
    undefined,
    `images like those that ${printable(model.name)} was trained on`,
    'Only of a variational network it is known without them where latents lie: give --fit mnist, for example.',
  );
}

async function fitTo(path: string, flags: SampleFlags, model: Model, work: Work): Promise<LatentSpread> {
  const { fit: _, resizeFit: fit, ...others } = flags;
  const { source, items } = await openImages(path, { ...others, fit }, model, work);
  const of = items === undefined ? '' : ` of ${items}`;
  const onItems = (done: number): void => work.line.show(`Fitting: ${done}${of} images`);
  const spread = await fitLatents(model, source, { signal: work.signal, onItems });
  work.line.clear();
  work.context.stderr.write(`Drawn as the latents of ${spread.items} images are spread.\n`);
  return spread;
}
