// What a run cannot do, said once at its beginning.
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
  if (lacks.length === 0) return [];
  const message = `The engine ${engine.description.name} lacks what they take: ${lacks.join(', ')} in this run.`;
  return [{ type: 'warning', code: 'ENGINE_PARTIAL', message }];
}

/** Data that a run on them, once interrupted, cannot go on with. */
export function sourceWarning(name: string): WarningBody {
  const message = `The source ${name} does not say how to go on from a place: this run cannot be resumed.`;
  return { type: 'warning', code: 'NOT_RESUMABLE', message };
}
