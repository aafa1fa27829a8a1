// Where the time of the pipeline went during the last seconds.
import type { StatsEvent } from '../../events/schema.js';
import { type Phases, phasesBetween } from './phases.js';

export interface StageShares {
  readonly name: string;
  /** Since the process began. */
  readonly items: number;
  readonly bytes: number;
  readonly dropped: number;
  readonly itemsPerSecond: number;
  /** Shares of the time, 0..1: on its items, for the stage before, blocked by the stage after. */
  readonly works: number;
  readonly waits: number;
  readonly blocked: number;
}

/** Long enough for shares that stand still, short enough to see a change. */
const WINDOW_MS = 10_000;

/** The newest reading and the one that the window begins with; nothing before it is taken as zero. */
function windowOf(stats: readonly StatsEvent[]): { newest: StatsEvent; oldest: StatsEvent | undefined } | undefined {
  const newest = stats.at(-1);
  if (newest === undefined) return undefined;
  const oldest = stats.find(({ elapsedMs }) => newest.elapsedMs - elapsedMs <= WINDOW_MS);
  return { newest, oldest: oldest === newest ? undefined : oldest };
}

export function stageShares(stats: readonly StatsEvent[]): StageShares[] {
  const { newest, oldest } = windowOf(stats) ?? {};
  if (newest === undefined) return [];
  return newest.stages.map((stage, place) => {
    const before = oldest?.stages[place];
    const since = (field: 'items' | 'busyMs' | 'waitingMs' | 'blockedMs'): number =>
      Math.max(0, stage[field] - (before?.[field] ?? 0));
    const [works, waits, blocked] = [since('busyMs'), since('waitingMs'), since('blockedMs')];
    const whole = Math.max(works + waits + blocked, 1e-9);
    const { name, items, bytes, dropped } = stage;
    return {
      name,
      items,
      bytes,
      dropped,
      itemsPerSecond: (since('items') / whole) * 1000,
      works: works / whole,
      waits: waits / whole,
      blocked: blocked / whole,
    };
  });
}

/** Milliseconds of each phase within the window; nothing where they are not measured. */
export function recentPhases(stats: readonly StatsEvent[]): Phases | undefined {
  const { newest, oldest } = windowOf(stats) ?? {};
  return newest && phasesBetween(oldest, newest);
}
