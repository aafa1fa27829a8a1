// The newest value of everything that users measure themselves.
import type { MetricEvent } from '../events/schema.js';

/** More names than this are no names: the ones that were measured longest ago leave. */
const KEPT = 64;

/** Whether two of them are values of the same thing. */
export function isSameMetric(one: MetricEvent, other: MetricEvent): boolean {
  return one.name === other.name && one.split === other.split;
}

/** The metrics with one more value, each at the place where it was first seen. */
export function withMetric(metrics: readonly MetricEvent[], event: MetricEvent): readonly MetricEvent[] {
  const place = metrics.findIndex((metric) => isSameMetric(metric, event));
  return place < 0 ? [...metrics.slice(1 - KEPT), event] : metrics.with(place, event);
}
