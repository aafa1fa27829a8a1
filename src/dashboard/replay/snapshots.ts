// An index of a recording of any length in bounded memory: places to read on from, thinned out evenly.
import type { Position } from './replayState.js';

export interface Snapshots {
  /** Least bytes between two of them. */
  readonly spacing: number;
  /** In the order of the recording. */
  readonly positions: readonly Position[];
}

const MOST = 128;
/** About three hundred events, which take some five milliseconds to read again. */
const FIRST_SPACING = 64 * 1024;

export function snapshotsFrom(first: Position): Snapshots {
  return { spacing: FIRST_SPACING, positions: [first] };
}

/** Keeps a place where it is far enough from the last one; when there are too many, every second one leaves. */
export function withSnapshot(snapshots: Snapshots, position: Position): Snapshots {
  const { spacing, positions } = snapshots;
  if (position.offset < positions.at(-1)!.offset + spacing) return snapshots;
  const more = [...positions, position];
  if (more.length <= MOST) return { spacing, positions: more };
  return { spacing: spacing * 2, positions: more.filter((_, index) => index % 2 === 0) };
}

/** The last one that satisfies; the first one where none does. */
export function lastSnapshot({ positions }: Snapshots, satisfies: (position: Position) => boolean): Position {
  return positions.findLast(satisfies) ?? positions[0]!;
}

/** Those up to a place of the recording; the first one stays. */
export function cutSnapshots({ spacing, positions }: Snapshots, offset: number): Snapshots {
  return { spacing, positions: positions.filter((position, index) => index === 0 || position.offset <= offset) };
}
