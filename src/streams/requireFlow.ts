import { MillraceError } from '../errors.js';
import type { Flow } from './flow.js';

/**
 * A stage in rxjs's `pipe` is called without a flow.
 * @throws MillraceError `FLOW_MISSING`
 */
export function requireFlow(flow: Flow | undefined, stage: string): Flow {
  if (flow !== undefined) return flow;
  throw new MillraceError({
    code: 'FLOW_MISSING',
    problem: `${stage} stands in a plain pipe, where no bound is`,
    advice: `Put it into a pipeline as a stage of its own: pipeline(source, …, ${stage}(…)); an Observable becomes a source by fromObservable.`,
  });
}
