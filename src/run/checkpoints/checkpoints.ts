import { rm } from 'node:fs/promises';
import type { RunClock } from '../../events/runClock.js';
import type { EventBody } from '../../events/schema.js';
import type { Stamp } from '../../events/stamp.js';
import type { RunState } from '../../model/checkpointState.js';
import type { RestorableEngine } from '../../model/engine.js';
import { type CheckpointCopy, copyCheckpoint, loadCheckpoint, writeCheckpoint } from '../../model/node/checkpoint.js';
import type { Checkpoint } from '../../model/weights/readCheckpoint.js';
import type { TrainingPosition } from '../../training/trainingPosition.js';
import type { RunConfig } from '../config.js';
import { checkpointFile, MODEL_FILE, type RunFolder } from '../folder/runFolder.js';
import type { RunProgress } from '../runProgress.js';
import { restore } from './restore.js';
import { type KeptCheckpoint, keptCheckpoint, superfluous } from './retention.js';

type CheckpointBody = Extract<EventBody, { type: 'checkpoint' }>;

/** What checkpoints are made of. */
export interface CheckpointedRun {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly engine: RestorableEngine;
  readonly stamp: Stamp;
  readonly clock: RunClock;
  readonly position: TrainingPosition;
  readonly progress: RunProgress;
  readonly data: RunState['data'];
  readonly own: RunState['own'];
}

/**
 * The checkpoints of a run in its folder. Each is copied when it is asked for, written when the events before it are on the
 * disk, and there as a whole or not at all.
 */
export class Checkpoints {
  readonly #run: CheckpointedRun;
  readonly #ended = new AbortController();
  readonly #writing = new Set<Promise<unknown>>();
  #kept: readonly KeptCheckpoint[];

  /** @param kept those that are in the folder */
  constructor(run: CheckpointedRun, kept: readonly KeptCheckpoint[] = []) {
    this.#run = run;
    this.#kept = kept;
  }

  /**
   * Saves the run in between. One that no one asked for is not made of weights that are not numbers, and takes the place of
   * older ones.
   * @param requested a command asks for it: it stays
   * @throws WeightsError `WEIGHTS_UNWRITABLE`
   */
  async save(requested: boolean): Promise<CheckpointBody | undefined> {
    const start = performance.now();
    const file = checkpointFile(this.#run.engine.step);
    // One that was asked for stays so, though the run comes by again after a resume.
    const stays = requested || this.#kept.some((kept) => kept.file === file && kept.requested);
    const copy = this.#copy(stays);
    const isGood = hasNumbers(copy);
    if (!isGood && !requested) return undefined;
    const write = async (): Promise<CheckpointBody> => {
      const body = await this.#write(file, copy, start);
      if (isGood) await this.#keep(keptCheckpoint(file, copy.state));
      return body;
    };
    return this.#underWay(write());
  }

  /**
   * Saves the run as it ends, as its model.
   * @param afterEvents waits for the events before it; @default true
   * @throws WeightsError `WEIGHTS_UNWRITABLE`
   */
  async saveModel({ afterEvents = true }: { readonly afterEvents?: boolean } = {}): Promise<CheckpointBody> {
    const start = performance.now();
    return this.#underWay(this.#write(MODEL_FILE, this.#copy(false), start, afterEvents));
  }

  /** Puts the run back to where it was at one of them. */
  goBackTo(checkpoint: Checkpoint): void {
    restore(this.#run, checkpoint);
  }

  /** The newest one that is whole; `undefined` where there is none. */
  async last(): Promise<{ readonly file: string; readonly checkpoint: Checkpoint } | undefined> {
    await this.settled();
    for (const { file } of this.#kept.toSorted((one, other) => other.seq - one.seq)) {
      const checkpoint = await loadCheckpoint(this.#run.folder.pathOf(file)).catch(() => undefined);
      if (checkpoint?.state.run !== undefined) return { file, checkpoint };
    }
    return undefined;
  }

  /** After a loss that is not a number: the state before it was no good either, and a checkpoint of it is of no use. */
  async dropBad(): Promise<void> {
    await this.settled();
    const isBad = ({ step }: KeptCheckpoint): boolean => step >= this.#run.engine.step - 1;
    const bad = this.#kept.filter(isBad);
    this.#kept = this.#kept.filter((kept) => !isBad(kept));
    await this.#remove(bad.filter(({ requested }) => !requested));
  }

  /** Resolves when none is being written. */
  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.allSettled(this.#writing);
  }

  /** Gives up those that wait for events; resolves when none is being written. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.settled();
  }

  #copy(requested: boolean): CheckpointCopy {
    const { engine, config, stamp, clock, position, progress, data, own } = this.#run;
    const { name, backend, relaxed = false } = engine.description;
    const { epoch, ...rest } = position.state;
    const { next, last } = stamp;
    const run: RunState = {
      run: stamp.run,
      events: { seq: next, ...(last && { last: { time: last.time, elapsedMs: last.elapsedMs } }) },
      elapsedMs: clock.read(),
      position: rest,
      data,
      engine: { name, backend, relaxed },
      ...(own && { own }),
      requested,
      ...progress.state,
    };
    return copyCheckpoint(engine, { config, position: { epoch }, run });
  }

  async #underWay<T>(writing: Promise<T>): Promise<T> {
    this.#writing.add(writing);
    return writing.finally(() => this.#writing.delete(writing));
  }

  async #write(file: string, copy: CheckpointCopy, start: number, afterEvents = true): Promise<CheckpointBody> {
    const { best } = this.#run.progress;
    const bytes = await this.#writeAfterEvents(file, copy, afterEvents);
    const { requested } = copy.state.run!;
    return { type: 'checkpoint', path: file, bytes, durationMs: performance.now() - start, best, requested };
  }

  async #writeAfterEvents(file: string, copy: CheckpointCopy, afterEvents: boolean): Promise<number> {
    const { folder } = this.#run;
    // What an event file lacks that cannot be flushed is found at a resume.
    if (afterEvents) await folder.events.until(copy.state.run!.events.seq, this.#ended.signal).catch(() => undefined);
    if (afterEvents) this.#ended.signal.throwIfAborted();
    return writeCheckpoint(folder.pathOf(file), copy);
  }

  async #keep(checkpoint: KeptCheckpoint): Promise<void> {
    const all = [...this.#kept.filter(({ file }) => file !== checkpoint.file), checkpoint];
    const leaving = superfluous(all, this.#run.config.keep);
    this.#kept = all.filter((kept) => !leaving.includes(kept));
    await this.#remove(leaving);
  }

  /** One that cannot be removed does no harm. */
  async #remove(checkpoints: readonly KeptCheckpoint[]): Promise<void> {
    const { folder } = this.#run;
    for (const { file } of checkpoints) await rm(folder.pathOf(file), { force: true }).catch(() => undefined);
  }
}

function hasNumbers({ weights }: CheckpointCopy): boolean {
  for (const { data } of weights.values()) if (!data.every(Number.isFinite)) return false;
  return true;
}
