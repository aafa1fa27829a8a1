import type { EventLine } from '../../events/eventLines.js';
import { completedEvent, type SparseEvent } from '../../events/sparseEvent.js';
import { type DashboardState, initialState, reduce } from '../state.js';

/** A place in a recording and what the dashboard knows there. A pure value: going back is taking an earlier one. */
export interface Position {
  /** Bytes of the recording up to here. */
  readonly offset: number;
  /** Milliseconds of run time since the recording began. Never goes back, whatever a resumed run or a damaged file says. */
  readonly time: number;
  /** Of the last event. */
  readonly elapsedMs: number | undefined;
  /** Loss events up to here, and the run time of the last one. */
  readonly losses: number;
  readonly lossTime: number;
  /** Lines up to here that should have been events and were none. */
  readonly damaged: number;
  /** What is wrong with the first of them. */
  readonly problem: string | undefined;
  /** Fields that some event up to here did not say. */
  readonly missing: readonly string[];
  readonly state: DashboardState;
}

export const beginning: Position = {
  offset: 0,
  time: 0,
  elapsedMs: undefined,
  losses: 0,
  lossTime: 0,
  damaged: 0,
  problem: undefined,
  missing: [],
  state: initialState,
};

/** Longer than any run; sums of damaged times stay finite. */
const LONGEST_MS = Number.MAX_SAFE_INTEGER;

/** The line with its event completed by what came before it. */
export function completedLine(line: EventLine, { state }: Position): EventLine {
  if (line.sparse === undefined) return line;
  const { run, epoch, step, elapsedMs, epochs } = state;
  const before = { run: run?.run ?? '', epoch, step, elapsedMs, epochsDone: epochs.at(-1)?.epoch ?? 0 };
  return { ...line, event: completedEvent(line.sparse, before) };
}

/** Run time after one more line. */
export function timeAfter({ time, elapsedMs }: Position, { event }: EventLine): number {
  if (event?.elapsedMs === undefined) return time;
  return Math.min(LONGEST_MS, time + Math.max(0, event.elapsedMs - (elapsedMs ?? event.elapsedMs)));
}

/** The place after one more line. */
export function movedOn(position: Position, line: EventLine): Position {
  const { event, end } = line;
  if (event === undefined)
    return { ...position, offset: end, damaged: position.damaged + 1, problem: position.problem ?? line.problem };
  const time = timeAfter(position, line);
  const isLoss = event.type === 'loss';
  return {
    offset: end,
    time,
    elapsedMs: event.elapsedMs ?? position.elapsedMs,
    losses: position.losses + Number(isLoss),
    lossTime: isLoss ? time : position.lossTime,
    damaged: position.damaged,
    problem: position.problem,
    missing: line.sparse === undefined ? position.missing : withMissing(position.missing, line.sparse),
    state: reduce(position.state, event),
  };
}

function withMissing(before: readonly string[], { missing }: SparseEvent): readonly string[] {
  const more = missing.filter((name) => !before.includes(name));
  return more.length === 0 ? before : [...before, ...more];
}

/** Where to go: to a run time, everything that happened at it included; or to just before the loss after so many. */
export type Target = { readonly time: number } | { readonly losses: number };

/** Whether a place lies behind the target. */
export function isBeyond({ time, losses }: Pick<Position, 'time' | 'losses'>, target: Target): boolean {
  return 'time' in target ? time > target.time : losses > target.losses;
}
