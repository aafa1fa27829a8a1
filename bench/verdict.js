import { median } from './statistics.js';

/** What a row came to: numbers, for the table and the JSON. */
export function verdictOf(row, results) {
  const { group, what, measured, peers = [], unit, bar, stretch, atMost } = row;
  const peer = peers.toSorted((one, other) => (results.median(other) ?? 0) - (results.median(one) ?? 0))[0];
  const score = scoreOf(row, results);
  const missing = row.uses.filter(({ measurement }) => results.absent.has(measurement.name));
  const broken = row.uses.filter(({ measurement }) => results.failed.has(measurement.name));
  return {
    ...{ group, what, unit, bar, stretch, atMost },
    measured: measured && results.median(measured),
    measuredUnit: measured?.unit,
    peer: peer && results.median(peer),
    peerName: peer?.name,
    score,
    verdict: broken.length > 0 ? 'failed' : judge(score, row),
    absent: missing.map(({ name }) => name),
  };
}

/** The median of the rounds' scores: what a row compares was measured within minutes of each other. */
function scoreOf({ uses, score }, results) {
  const rounds = Math.max(0, ...uses.map(({ measurement }) => results.rounds.get(measurement.name)?.length ?? 0));
  const scores = Array.from({ length: rounds }, (_, round) => score((figure) => results.valueIn(round, figure)));
  const finite = scores.filter((value) => value !== undefined);
  return finite.length === 0 ? undefined : median(finite);
}

function judge(score, { bar, stretch, atMost, uses, measured }) {
  if (score === undefined) return bar === undefined && measured && uses.length === 1 ? '' : 'absent';
  const reaches = (limit) => limit !== undefined && (atMost ? score <= limit : score >= limit);
  if (bar === undefined) return '';
  if (reaches(stretch)) return 'stretch';
  return reaches(bar) ? 'pass' : 'MISS';
}
