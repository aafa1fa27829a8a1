// How a run ends: the model is kept, then the last event is written.
import { catchError, concat, defer, EMPTY, lastValueFrom, type Observable, of, throwError } from 'rxjs';
import { MillraceError, RunError } from '../errors.js';
import type { EventBody, MillraceEvent } from '../streams/events.js';
import { saveInFolder } from './checkpoints.js';
import { MODEL_FILE } from './folder.js';
import type { PreparedRun } from './prepare.js';
import type { RunProgress } from './progress.js';

type EndBody = Extract<EventBody, { type: 'end' }>;

/** Saves the model and says that it is over. */
export function endInOrder(prepared: PreparedRun, progress: RunProgress): Observable<MillraceEvent> {
  return concat(
    saved(prepared, progress),
    defer(() => of(end(prepared, progress, { status: progress.stopped ? 'stopped' : 'completed' }))),
  );
}

/** Saves what there is (not what has diverged), says what went wrong, and fails with it. */
export function endFailed(prepared: PreparedRun, progress: RunProgress, error: unknown): Observable<MillraceEvent> {
  const diverged = error instanceof RunError && error.code === 'RUN_DIVERGED';
  const { code, message } = error instanceof MillraceError ? error : { code: 'UNEXPECTED', message: String(error) };
  return concat(
    // What cannot be saved either must not hide what went wrong.
    diverged ? EMPTY : saved(prepared, progress).pipe(catchError(() => EMPTY)),
    defer(() => of(end(prepared, progress, { status: diverged ? 'diverged' : 'failed', error: { code, message } }))),
    throwError(() => error),
  );
}

/** After a sink has failed: saves what there is without a word, for there is nowhere left to say it. Then fails with the error. */
export function keepModel(prepared: PreparedRun, progress: RunProgress, error: unknown): Observable<never> {
  return defer(async (): Promise<never> => {
    await lastValueFrom(saved(prepared, progress), { defaultValue: undefined }).catch(() => undefined);
    throw error;
  });
}

/** The `checkpoint` event of the model, once it is on the disk; nothing where nothing is kept or nothing was learnt. */
function saved(prepared: PreparedRun, progress: RunProgress): Observable<MillraceEvent> {
  const { folder, stamp } = prepared;
  if (folder === undefined) return EMPTY;
  return defer(async () => {
    const checkpoint = await saveInFolder(MODEL_FILE, folder, prepared, progress, progress.position);
    return stamp(checkpoint, progress.position);
  });
}

function end(
  { stamp, engine }: PreparedRun,
  { lastEpoch, position }: RunProgress,
  how: Pick<EndBody, 'status' | 'error'>,
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
