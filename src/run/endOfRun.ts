// How a run ends: the model is kept, then the last event is written.
import { catchError, concat, defer, EMPTY, ignoreElements, type Observable, of, throwError } from 'rxjs';
import { MillraceError, RunError } from '../errors.js';
import type { EventBody, MillraceEvent } from '../events/schema.js';
import type { PreparedRun } from './prepare.js';

type EndBody = Extract<EventBody, { type: 'end' }>;

/** Saves the model and says that it is over. */
export function endInOrder(prepared: PreparedRun): Observable<MillraceEvent> {
  return concat(
    saved(prepared),
    defer(() => {
      const { stopped, reasonToStop: reason } = prepared.progress;
      return of(end(prepared, stopped ? { status: 'stopped', ...(reason && { reason }) } : { status: 'completed' }));
    }),
  );
}

/** Saves what there is (not what has diverged), says what went wrong, and fails with it. */
export function endFailed(prepared: PreparedRun, error: unknown): Observable<MillraceEvent> {
  const diverged = isDivergence(error);
  const { code, message } = error instanceof MillraceError ? error : { code: 'UNEXPECTED', message: String(error) };
  return concat(
    // What cannot be saved either must not hide what went wrong.
    diverged ? badDropped(prepared) : saved(prepared).pipe(catchError(() => EMPTY)),
    defer(() => of(end(prepared, { status: diverged ? 'diverged' : 'failed', error: { code, message } }))),
    throwError(() => error),
  );
}

/** The loss is not a finite number any more. */
export function isDivergence(error: unknown): boolean {
  return error instanceof RunError && error.code === 'RUN_DIVERGED';
}

function badDropped({ checkpoints }: PreparedRun): Observable<never> {
  return defer(async () => checkpoints?.dropBad()).pipe(ignoreElements());
}

/** After a sink has failed: saves what there is without a word, for there is nowhere left to say it. Then fails with the error. */
export function keepModel({ checkpoints }: PreparedRun, error: unknown): Observable<never> {
  return defer(async (): Promise<never> => {
    await checkpoints?.saveModel({ afterEvents: false }).catch(() => undefined);
    throw error;
  });
}

/** The `checkpoint` event of the model, once it is on the disk; nothing where nothing is kept. */
function saved({ checkpoints, stamp, progress }: PreparedRun): Observable<MillraceEvent> {
  if (checkpoints === undefined) return EMPTY;
  return defer(async () => stamp(await checkpoints.saveModel(), progress.position));
}

function end(
  { stamp, engine, progress: { lastEpoch, position } }: PreparedRun,
  how: Pick<EndBody, 'status' | 'error' | 'reason'>,
): MillraceEvent {
  const event = stamp(
    {
      type: 'end',
      ...how,
      steps: engine.step,
      ...(lastEpoch && { trainLoss: lastEpoch.trainLoss }),
      ...(lastEpoch?.testLoss !== undefined && { testLoss: lastEpoch.testLoss }),
      durationMs: 0,
    },
    position,
  );
  // By definition the same instant.
  return { ...event, durationMs: event.elapsedMs } as MillraceEvent;
}
