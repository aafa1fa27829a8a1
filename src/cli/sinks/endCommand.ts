import type { EventSink } from '../../streams/sinks/eventSink.js';
import { commandSink } from '../../streams/sinks/node/commandSink.js';
import type { CliStreams } from '../programContext.js';
import { sinkSentence } from './openSinks.js';

/** What a command may have written while the screen was the dashboard's: the newest part of it is kept. */
const MOST_HELD_BYTES = 64 * 1024;

export interface EndCommandSettings {
  readonly command: string;
  readonly environment: CliStreams['environment'];
  /** Where the run keeps itself. @default where its `run` event says */
  readonly runFolder?: string;
  /** Takes what it writes, where the terminal is free. */
  readonly write: (piece: Uint8Array | string) => void;
}

/** The command of `--on-end`: its output waits while a dashboard has the terminal. */
export class EndCommand {
  /** Takes the events of the run. */
  readonly sink: EventSink;
  readonly #stop = new AbortController();
  readonly #write: EndCommandSettings['write'];
  #held: Uint8Array[] | undefined;
  #heldBytes = 0;
  #done: Promise<string | undefined> | undefined;

  constructor({ command, environment, runFolder, write }: EndCommandSettings) {
    this.#write = write;
    this.sink = commandSink(command, {
      environment,
      ...(runFolder !== undefined && { runFolder }),
      stop: this.#stop.signal,
      onOutput: (piece) => this.#take(piece),
    });
  }

  /**
   * Runs it, once.
   * @param held whether a dashboard has the terminal
   * @returns what was wrong, as a sentence
   */
  run(held: boolean): Promise<string | undefined> {
    if (this.#done !== undefined) return this.#done;
    if (held) this.#held = [];
    this.#done = Promise.resolve(this.sink.close()).then(
      () => undefined,
      (error: unknown) => `--on-end: ${sinkSentence(error)}`,
    );
    return this.#done;
  }

  /** The terminal is free again. */
  release(): void {
    for (const piece of this.#held ?? []) this.#write(piece);
    this.#held = undefined;
  }

  /** Ends it where it runs. */
  stop(): void {
    if (this.#done !== undefined) this.#stop.abort();
  }

  #take(piece: Uint8Array): void {
    const held = this.#held;
    if (held === undefined) {
      this.#write(piece);
      return;
    }
    held.push(piece);
    this.#heldBytes += piece.length;
    while (this.#heldBytes > MOST_HELD_BYTES) this.#heldBytes -= held.shift()!.length;
  }
}
