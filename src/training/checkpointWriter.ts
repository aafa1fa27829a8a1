import { MillraceError } from '../errors.js';
import type { EventBody, EventPosition } from '../events/schema.js';
import type { Flow } from '../streams/flow.js';

type CheckpointBody = Extract<EventBody, { type: 'checkpoint' }>;

/**
 * Saves a checkpoint of a training that goes on. The function copies what training changes before it returns, and writes the copy afterwards.
 * @param requested true where a command asks for the checkpoint, false where one is due
 * @returns the event of the checkpoint, once it is on the disk; nothing where there is nothing worth keeping
 */
export type SaveCheckpoint = (position: EventPosition, requested: boolean) => Promise<CheckpointBody | undefined>;

/** Checkpoints being written beside the training: one at a time, so that no more than one copy is held. */
export class CheckpointWriter {
  readonly #save: SaveCheckpoint;
  readonly #flow: Flow;
  readonly #emit: (body: EventBody) => void;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;

  constructor(save: SaveCheckpoint, flow: Flow, emit: (body: EventBody) => void) {
    this.#save = save;
    this.#flow = flow;
    this.#emit = emit;
  }

  /** Whether a checkpoint is being written. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** Copies the state as soon as the checkpoint before is written; resolves before this one is. */
  async begin(position: EventPosition, requested: boolean): Promise<void> {
    await this.#writing;
    if (this.#flow.signal.aborted) return;
    this.#writing = this.#write(this.#save(position, requested), position.step, requested);
    const release = this.#flow.own({ close: () => this.#writing });
    void this.#writing.then(release);
  }

  /** Resolves when all checkpoints are written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #write(saving: Promise<CheckpointBody | undefined>, step: number, requested: boolean): Promise<void> {
    this.#isWriting = true;
    try {
      const checkpoint = await saving;
      if (checkpoint) this.#emit(checkpoint);
    } catch (error) {
      const what = requested ? 'The command save' : `The checkpoint of step ${step}`;
      const reason = error instanceof MillraceError ? error.message : String(error);
      this.#emit({ type: 'warning', code: 'CHECKPOINT', message: `${what} failed: ${reason}` });
    } finally {
      this.#isWriting = false;
    }
  }
}
