// What a run cannot do, said once.
import type { Batch } from '../data/batch.js';
import type { EventBody } from '../events/schema.js';
import { canReconstruct, isRestorable, type PartialEngine } from '../model/engine.js';

type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** Abilities that this run would have used and its engine lacks. */
export function engineWarning(
  engine: PartialEngine,
  { hasTestData, hasFolder }: { readonly hasTestData: boolean; readonly hasFolder: boolean },
): readonly WarningBody[] {
  const lacks = [
    ...(hasTestData && engine.evaluate === undefined ? ['no test loss (evaluate)'] : []),
    ...(canReconstruct(engine) ? [] : ['no samples (reconstruct)']),
    ...(hasFolder && !isRestorable(engine) ? ['no checkpoints and no resume (weights, setWeights)'] : []),
  ];
  const { name } = engine.description;
  const isKept = hasFolder && isRestorable(engine);
  return [
    ...(lacks.length > 0 ? [`The engine ${name} lacks what they take: ${lacks.join(', ')} in this run.`] : []),
    ...(isKept && engine.notSaved !== undefined
      ? [`A resume of this run begins anew what the engine ${name} cannot save: ${engine.notSaved}.`]
      : []),
  ].map((message) => ({ type: 'warning', code: 'ENGINE_PARTIAL', message }));
}

/** Data that a run on them, once interrupted, cannot go on with. */
export function sourceWarning(name: string): WarningBody {
  const message = `The source ${name} does not say how to go on from a place: this run cannot be resumed.`;
  return { type: 'warning', code: 'NOT_RESUMABLE', message };
}

/** Stages that cut batches otherwise, so that a place in the data is not known any more. */
export function otherBatchesWarning({ epoch, index, length }: Batch): WarningBody {
  const message = `The stages hand on other batches than they get (batch ${index} of epoch ${epoch}, of ${length}): a resume of this run goes on at another place in the data.`;
  return { type: 'warning', code: 'NOT_RESUMABLE', message };
}
