import type { CheckpointState } from '../../model/checkpointState.js';

/** A checkpoint in the run folder. */
export interface KeptCheckpoint {
  readonly file: string;
  /** Updates done. */
  readonly step: number;
  /** Of the event that comes next: it grows over the run, also where the run goes back. */
  readonly seq: number;
  /** Of the last finished epoch; infinite where there is none. */
  readonly loss: number;
  /** A command asked for it. */
  readonly requested: boolean;
}

export function keptCheckpoint(file: string, { run, step }: CheckpointState): KeptCheckpoint {
  const { testLoss, trainLoss = Number.POSITIVE_INFINITY } = run?.history.at(-1) ?? {};
  return { file, step, seq: run?.events.seq ?? 0, loss: testLoss ?? trainLoss, requested: run?.requested ?? true };
}

/**
 * Those that may go: neither asked for, nor among the last so many, nor the best, which is the first one after the best epoch.
 * The last two stay in any case: whether the newest is good, only the loss of the next update tells.
 */
export function superfluous(all: readonly KeptCheckpoint[], keep: number): readonly KeptCheckpoint[] {
  const regular = all.filter(({ requested }) => !requested).toSorted((one, other) => one.seq - other.seq);
  const best = regular.reduce<KeptCheckpoint | undefined>(
    (lowest, checkpoint) => (lowest === undefined || checkpoint.loss < lowest.loss ? checkpoint : lowest),
    undefined,
  );
  return regular
    .slice(0, -Math.max(keep, 2))
    .filter((checkpoint) => checkpoint !== best || best.loss === Number.POSITIVE_INFINITY);
}
