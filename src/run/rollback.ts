// `onNan: 'rollback'`: a run whose loss is not a number any more goes back to its last checkpoint and is more careful from there.
import { catchError, concat, defer, type Observable, throwError } from 'rxjs';
import type { MillraceEvent } from '../events/schema.js';
import { isDivergence } from './endOfRun.js';
import type { PreparedRun } from './prepare.js';

/** Times that a run goes back; then its loss does not become a number by itself. */
const MOST_ROLLBACKS = 3;

/** @param train trains on from where the run is */
export function withRollback(prepared: PreparedRun, train: () => Observable<MillraceEvent>): Observable<MillraceEvent> {
  const { config, progress, isResumable } = prepared;
  return train().pipe(
    catchError((error: unknown) => {
      const mayGoBack = config.onNan === 'rollback' && isResumable && progress.rollbacks < MOST_ROLLBACKS;
      if (!isDivergence(error) || !mayGoBack) return throwError(() => error);
      return concat(
        defer(() => rollBack(prepared, error)),
        defer(() => withRollback(prepared, train)),
      );
    }),
  );
}

/** @returns the event that says so, at the step of the checkpoint, with the new learning rate */
async function rollBack(prepared: PreparedRun, error: unknown): Promise<MillraceEvent> {
  const { checkpoints, engine, progress, stamp } = prepared;
  await checkpoints?.dropBad();
  const last = await checkpoints?.last();
  if (checkpoints === undefined || last === undefined) throw error;
  const learningRate = engine.learningRate / 2;
  checkpoints.goBackTo(last.checkpoint);
  engine.learningRate = learningRate;
  progress.rollbacks += 1;
  return stamp({ type: 'command', action: 'rollback', value: learningRate, from: 'rule' }, progress.position);
}
