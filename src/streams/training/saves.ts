import { MillraceError } from '../../errors.js';
import type { EventBody, EventPosition } from '../events.js';
import type { Flow } from '../flow.js';

type CheckpointBody = Extract<EventBody, { type: 'checkpoint' }>;

/**
 * Saves a training in between. It copies what training changes before it returns, and writes it afterwards.
 * @returns the event of it, once it is on the disk
 */
export type Save = (position: EventPosition) => Promise<CheckpointBody>;

/** Checkpoints being written beside the training: one at a time, so that no more than one copy is held. */
export class Saves {
  readonly #save: Save;
  readonly #flow: Flow;
  readonly #emit: (body: EventBody) => void;
  #writing: Promise<void> = Promise.resolve();

  constructor(save: Save, flow: Flow, emit: (body: EventBody) => void) {
    this.#save = save;
    this.#flow = flow;
    this.#emit = emit;
  }

  /** Copies the state as it is when the one before is written; resolves before this one is. */
  async begin(position: EventPosition): Promise<void> {
    await this.#writing;
    if (this.#flow.signal.aborted) return;
    this.#writing = this.#write(this.#save(position));
    const release = this.#flow.own({ close: () => this.#writing });
    void this.#writing.then(release);
  }

  /** Resolves when all are written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #write(saving: Promise<CheckpointBody>): Promise<void> {
    try {
      this.#emit(await saving);
    } catch (error) {
      const reason = error instanceof MillraceError ? error.message : String(error);
      this.#emit({ type: 'warning', code: 'CHECKPOINT', message: `The command save failed: ${reason}` });
    }
  }
}
