// One training run: configuration → pipeline → events. The first event is `run`, the last is `end`.
import { catchError, concat, defer, identity, map, Observable, of, tap, throwError } from 'rxjs';
import type { MillraceEvent } from '../events/schema.js';
import { requireKnownOptions } from '../options.js';
import { continuable } from '../streams/continuable.js';
import { measure } from '../streams/operators/measure.js';
import { deliver } from '../streams/sinks/deliver.js';
import type { Stage } from '../streams/stage.js';
import { withFlow } from '../streams/withFlow.js';
import { type CommandQueue, createCommandQueue } from '../training/commands/commandQueue.js';
import { type RunInput, resolveConfig } from './config.js';
import { endFailed, endInOrder, keepModel } from './endOfRun.js';
import { requireOwnParts } from './ownParts.js';
import { type PreparedRun, prepareRun } from './prepare.js';
import { withRollback } from './rollback.js';
import { RUN_OPTIONS, type RunOptions } from './runOptions.js';
import { runPipeline } from './runPipeline.js';
import { requireWorker, runInThread } from './thread/runInThread.js';

/**
 * Trains as the configuration says and emits the run's events; each subscription is a run of its own, or goes on with the one
 * that `resume` names: from a checkpoint, to the same bits as without the interruption.
 *
 * The Observable completes when everything is written and closed. It errors, after an `end` event that says so, with what went wrong;
 * without an `end` where it was a sink (the model is kept all the same), without any event where the run could not begin, or was
 * stopped while it was being prepared. A `stop` sent before ends it after its first events, without an update. Unsubscribing stops at once and saves nothing: to stop in good order
 * send the command `stop`.
 *
 * @throws OptionError for an option out of range
 *
 * @example
 * const events = run({ limit: 20, epochs: 2, output: false });
 * await events.forEach((event) => {
 *   if (event.type === 'epoch') console.log(`epoch ${event.epoch} of 2`); // epoch 1 of 2 epoch 2 of 2
 * });
 */
export function run(input: RunInput = {}, options: RunOptions = {}): Observable<MillraceEvent> {
  resolveConfig(input);
  requireKnownOptions(options, RUN_OPTIONS);
  const { worker } = options;
  if (worker !== undefined) {
    requireWorker(options);
    return runInThread(input, { ...options, worker });
  }
  requireOwnParts(input, options);
  return continuable(running(input, options, identity), (stage) => running(input, options, stage));
}

/** @param last stands at the end, inside the run's flow */
function running<R>(input: RunInput, options: RunOptions, last: Stage<MillraceEvent, R>): Observable<R> {
  return new Observable((subscriber) => {
    const commands = options.commands ?? createCommandQueue();
    const preparing = new AbortController();
    const cancel = (): void => preparing.abort();
    subscriber.add(cancel);
    // A stop that is there already, or comes once it has begun, is the training's affair: it is told as an event.
    commands.stopSignal.addEventListener('abort', cancel, { once: true });
    prepareRun(input, options, preparing.signal).then(
      (prepared) => {
        commands.stopSignal.removeEventListener('abort', cancel);
        if (subscriber.closed) return prepared.close();
        subscriber.add(closing(prepared, execute(prepared, commands, options, last)).subscribe(subscriber));
        return undefined;
      },
      (error: unknown) => {
        // Stopped while it was being prepared: nothing has begun, nothing is lost.
        if (preparing.signal.aborted) subscriber.complete();
        else subscriber.error(error);
      },
    );
  });
}

/** Ends only when everything is closed; an event file that cannot be closed is an error. */
function closing<R>(prepared: PreparedRun, events: Observable<R>): Observable<R> {
  return new Observable((subscriber) => {
    subscriber.add(() => void prepared.close().catch(() => undefined));
    subscriber.add(
      events.subscribe({
        next: (event) => subscriber.next(event),
        error: (error: unknown) =>
          void prepared.close().then(
            () => subscriber.error(error),
            () => subscriber.error(error),
          ),
        complete: () =>
          void prepared.close().then(
            () => subscriber.complete(),
            (error: unknown) => subscriber.error(error),
          ),
      }),
    );
  });
}

function execute<R>(
  prepared: PreparedRun,
  commands: CommandQueue,
  options: RunOptions,
  last: Stage<MillraceEvent, R>,
): Observable<R> {
  return withFlow({}, (flow) => {
    const { stamp, progress } = prepared;
    const { sinks = [], measure: take } = options;
    const stopByRule = (): void => {
      if (progress.reasonToStop !== undefined) commands.send({ action: 'stop', from: 'rule' });
    };
    for (const command of prepared.resumeCommands) commands.send(command);
    let told = false;
    const events = concat(
      of(stamp(prepared.runBody, progress.position)),
      of(...prepared.warnings).pipe(map((warning) => stamp(warning, progress.position))),
      defer(() => {
        stopByRule();
        return withRollback(prepared, () => runPipeline(prepared, commands, flow, options.onLiveSample));
      }),
      defer(() => endInOrder(prepared)),
    ).pipe(
      take === undefined ? identity : measure(stamp, take),
      tap((event) => {
        progress.add(event);
        if (event.type === 'epoch') stopByRule();
      }),
      catchError((error: unknown) => {
        told = true;
        return endFailed(prepared, error);
      }),
    );
    const everySink = prepared.folder === undefined ? sinks : [prepared.folder.events, ...sinks];
    // A sink that fails cannot be told of the end, but the model is still worth keeping.
    const delivered = deliver(...everySink)(events, flow).pipe(
      catchError((error: unknown) => (told ? throwError(() => error) : keepModel(prepared, error))),
    );
    return last(delivered, flow);
  });
}
