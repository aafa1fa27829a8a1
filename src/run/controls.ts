import { type Observable, Subject } from 'rxjs';
import type { CommandEvent } from '../streams/events.js';

/** What a person or a program asks of a running run. */
export interface Command {
  readonly action: 'stop';
  readonly from: CommandEvent['from'];
}

/**
 * The way into one running run: commands come out again as `command` events with the step at which they took effect.
 * After a `stop` they are used up; a second run needs its own.
 */
export interface Controls {
  readonly commands: Observable<Command>;
  /** Aborts at the first `stop`. */
  readonly stopSignal: AbortSignal;
  send(command: Command): void;
}

export function createControls(): Controls {
  const commands = new Subject<Command>();
  const stop = new AbortController();
  return {
    commands: commands.asObservable(),
    stopSignal: stop.signal,
    send(command) {
      if (stop.signal.aborted) return;
      commands.next(command);
      if (command.action === 'stop') stop.abort();
    },
  };
}
