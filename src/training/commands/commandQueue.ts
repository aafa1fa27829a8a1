// The way into one running training: commands go in from anywhere, at any time, and wait here until the training asks.
import { type Command, type CommandProblem, endsTraining } from '../../events/commands/command.js';
import { checkCommand } from '../../events/commands/readCommand.js';

/**
 * Commands for one training, sent from anywhere at any time, also from within the handler of one of its events. Each comes
 * out again as a `command` event with the step at which it took effect, or as a `warning` that says why it did not; so does
 * what is no command at all, which JavaScript and JSON do not keep from being sent.
 *
 * After the end of the training the queue is used up; a second training needs its own.
 */
export interface CommandQueue {
  send(command: Command | CommandProblem): void;
  /** Aborts when a `stop` or `abandon` is sent that waits for no step. */
  readonly stopSignal: AbortSignal;
  /** For the training: the step at which the next one is due; 0 at once, infinite where there is none. */
  readonly dueAt: number;
  /** For the training: the step at which an `abandon` is due. */
  readonly abandonedAt: number;
  /** For the training: takes the next one that is due after so many updates. */
  take(step: number): Command | CommandProblem | undefined;
  /** For the training: calls back whenever one has been sent; the returned function ends that. */
  listen(listener: () => void): () => void;
}

/**
 * The way into one training: it is given to `train` or `run`, and takes commands from anywhere.
 *
 * @example
 * const commands = createCommandQueue();
 * commands.send({ action: 'stop', step: 1 });
 * const events = pipeline(digits.train.batches({ epochs: 9 }), train(engine, { commands }));
 * console.log((await lastValueFrom(events)).step); // 1
 */
export function createCommandQueue(): CommandQueue {
  return new OrderedCommandQueue();
}

/** Commands that may wait for their step. */
export const MOST_WAITING = 10_000;

interface Waiting {
  readonly dueAt: number;
  readonly command: Command | CommandProblem;
}

class OrderedCommandQueue implements CommandQueue {
  dueAt = Number.POSITIVE_INFINITY;
  abandonedAt = Number.POSITIVE_INFINITY;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  /** By the step at which they are due, those for the same one as they came. */
  #waiting: Waiting[] = [];

  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  send(command: Command | CommandProblem): void {
    this.#enqueue(checkCommand(command));
    for (const listener of this.#listeners) listener();
  }

  take(step: number): Command | CommandProblem | undefined {
    if (this.dueAt > step) return undefined;
    const { command } = this.#waiting.shift()!;
    this.dueAt = this.#waiting[0]?.dueAt ?? Number.POSITIVE_INFINITY;
    return command;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #enqueue(command: Command | CommandProblem): void {
    const ends = endsTraining(command);
    if (!ends && this.#waiting.length > MOST_WAITING) return;
    const isFull = !ends && this.#waiting.length === MOST_WAITING;
    this.#insert(isFull ? { problem: `More than ${MOST_WAITING} commands wait: no more are taken for now.` } : command);
    if (!ends) return;
    if (command.action === 'abandon') this.abandonedAt = Math.min(this.abandonedAt, command.step ?? 0);
    if (command.step === undefined) this.#stop.abort();
  }

  #insert(command: Command | CommandProblem): void {
    const dueAt = 'action' in command ? (command.step ?? 0) : 0;
    const place = this.#waiting.findLastIndex((other) => other.dueAt <= dueAt) + 1;
    this.#waiting.splice(place, 0, { dueAt, command });
    this.dueAt = this.#waiting[0]!.dueAt;
  }
}
