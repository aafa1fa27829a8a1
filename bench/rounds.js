// Interleaved rounds: each runs every measurement once, so that a machine that gets slower does so for all of them; in an order of
// its own, since the same measurement had half the speed in one place of a fixed order and not in another.
import { permutation } from '../dist/random.js';
import { Absent } from './child.js';
import { median } from './statistics.js';

/**
 * @typedef {object} Measurement
 * @property {string} name the same name is measured once a round, by any caller
 * @property {string} unit
 * @property {() => Promise<Record<string, unknown>>} run figures by name
 * @property {boolean} [once] in the first round only
 */

/** One figure of a measurement. */
export function figure(measurement, key, unit = measurement.unit) {
  return { measurement, key, unit, name: measurement.name };
}

export class Results {
  /** @type {Map<string, (Record<string, unknown> | undefined)[]>} */
  rounds = new Map();
  /** Why a measurement is missing. */
  absent = new Map();
  /** Why a measurement failed. */
  failed = new Map();

  valueIn(round, { measurement, key }) {
    return this.rounds.get(measurement.name)?.[round]?.[key];
  }

  /** Over the rounds that have it. */
  median({ measurement, key }) {
    const values = (this.rounds.get(measurement.name) ?? []).map((result) => result?.[key]).filter(Number.isFinite);
    return values.length === 0 ? undefined : median(values);
  }
}

/**
 * @param {readonly Measurement[]} measurements
 * @param {number} count
 * @param {(line: string) => void} report
 */
export async function runRounds(measurements, count, report) {
  const results = new Results();
  const distinct = [...new Map(measurements.map((measurement) => [measurement.name, measurement])).values()];
  for (let round = 0; round < count; round++) {
    const place = permutation(distinct.length, round);
    for (const [index, { name, run, once }] of distinct.map((_, at) => distinct[place(at)]).entries()) {
      if (results.absent.has(name) || results.failed.has(name) || (once && round > 0)) continue;
      const outcome = await attempt(name, run, results);
      results.rounds.set(name, [...(results.rounds.get(name) ?? []), outcome]);
      report(
        `round ${round + 1}/${count}, ${index + 1}/${distinct.length}: ${name}: ${inBrief(name, outcome, results)}`,
      );
    }
  }
  return results;
}

async function attempt(name, run, results) {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Absent) results.absent.set(name, error.message);
    else results.failed.set(name, error.message);
    return undefined;
  }
}

function inBrief(name, outcome, { absent, failed }) {
  if (outcome === undefined) return absent.has(name) ? `absent: ${absent.get(name)}` : `failed: ${failed.get(name)}`;
  return Object.entries(outcome)
    .filter(([, value]) => typeof value === 'number')
    .map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
    .join(', ');
}
