// Findings become alerts when they hold, and stay until they have been over for a while: what a person reads does not flicker.
// Time is the run's own, so that a replay shows what was seen then.
import { withoutSymptoms } from './causes.js';
import type { Finding, Rule } from './finding.js';

export interface Alerts {
  /** Run time of the last look, in milliseconds. */
  readonly judgedAt: number;
  readonly watched: readonly WatchedFinding[];
}

interface WatchedFinding {
  readonly finding: Finding;
  /** Run time since which it was found without a break. */
  readonly since: number;
  /** Run time when it was found last. */
  readonly last: number;
  readonly raised: boolean;
}

export const noAlerts: Alerts = { judgedAt: Number.NEGATIVE_INFINITY, watched: [] };

/** Between two looks. The rules take about 30 µs. */
const LOOK_MS = 1000;
/** So long it has to hold. */
const HOLD_MS = 1000;
/** So long it has to be over. */
const CLEAR_MS = 5000;
/** It is a fact from the first loss on. */
const AT_ONCE: readonly Rule[] = ['notFinite'];

/** Whether it is time for another look; also where time has gone back. */
export function isDue({ judgedAt }: Alerts, elapsedMs: number): boolean {
  return elapsedMs < judgedAt || elapsedMs - judgedAt >= LOOK_MS;
}

/** @param final nothing more will come: what is found now is true, and nothing else */
export function afterLook({ watched }: Alerts, findings: readonly Finding[], elapsedMs: number, final = false): Alerts {
  const found = findings.map((finding): WatchedFinding => {
    const before = watched.find((other) => other.finding.rule === finding.rule);
    const since = before?.since ?? elapsedMs;
    const held = elapsedMs - since >= HOLD_MS || AT_ONCE.includes(finding.rule);
    return { finding, since, last: elapsedMs, raised: final || held || before?.raised === true };
  });
  const over = final ? [] : watched.filter((other) => isLingering(other, findings, elapsedMs));
  return { judgedAt: elapsedMs, watched: [...found, ...over] };
}

function isLingering({ finding, last, raised }: WatchedFinding, findings: readonly Finding[], elapsedMs: number) {
  const found = findings.some(({ rule }) => rule === finding.rule);
  return !found && raised && elapsedMs - last < CLEAR_MS;
}

/** What there is to say now, the most urgent first. */
export function alertsOf({ watched }: Alerts): Finding[] {
  return withoutSymptoms(watched.flatMap(({ finding, raised }) => (raised ? [finding] : [])));
}
