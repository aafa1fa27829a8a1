// Where the time of the training went between two readings.
import type { StatsEvent } from '../../events/schema.js';

export type Phases = NonNullable<StatsEvent['phases']>;

/**
 * Milliseconds of each phase; nothing where they are not measured.
 *
 * While a stage before the training works on a batch, the source may not go on, as if readers of the events blocked it. The
 * stages tell the two apart: what one of them was busy for, the training has waited for data.
 *
 * @param before the earlier reading. @default the beginning
 */
export function phasesBetween(before: StatsEvent | undefined, newest: StatsEvent): Phases | undefined {
  const now = newest.phases;
  if (now === undefined) return undefined;
  const since = (field: keyof Phases): number => Math.max(0, now[field] - (before?.phases?.[field] ?? 0));
  const waitingMs = since('waitingMs');
  const forStages = Math.min(waitingMs, busiestStage(before, newest)?.busyMs ?? 0);
  return {
    dataMs: since('dataMs') + forStages,
    forwardBackwardMs: since('forwardBackwardMs'),
    updateMs: since('updateMs'),
    waitingMs: waitingMs - forStages,
    otherMs: since('otherMs'),
  };
}

/** Of those between the source and the training. */
export function busiestStage(
  before: StatsEvent | undefined,
  { stages }: StatsEvent,
): { readonly name: string; readonly busyMs: number } | undefined {
  const between = stages
    .map(({ name, busyMs }, place) => ({ name, busyMs: busyMs - (before?.stages[place]?.busyMs ?? 0) }))
    .slice(1, -1);
  return between.toSorted((one, other) => other.busyMs - one.busyMs)[0];
}
