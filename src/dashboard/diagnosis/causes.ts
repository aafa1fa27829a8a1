// Cause before symptom: what follows from something else is not said beside it.
import { type Finding, RULES, type Rule, type Severity } from './finding.js';

/** What each rule explains. A network whose output is always the same makes no progress, but that is not what is wrong with it. */
const EXPLAINS: Readonly<Partial<Record<Rule, readonly Rule[]>>> = {
  notFinite: RULES.filter((rule) => rule !== 'notFinite'),
  divergence: ['collapse', 'oscillation', 'spikes', 'overfitting', 'underfitting', 'deadChannels', 'plateau'],
  collapse: ['oscillation', 'spikes', 'overfitting', 'underfitting', 'deadChannels', 'plateau'],
  oscillation: ['spikes', 'overfitting', 'underfitting', 'plateau'],
  overfitting: ['plateau'],
  underfitting: ['plateau'],
  deadChannels: ['plateau'],
  tinyData: ['overfitting', 'plateau'],
};

const SEVERITIES: readonly Severity[] = ['bad', 'warning', 'note'];

/** The findings that no other one explains, the most urgent first. */
export function withoutSymptoms(findings: readonly Finding[]): Finding[] {
  const explained = new Set(findings.flatMap(({ rule }) => EXPLAINS[rule] ?? []));
  return findings.filter(({ rule }) => !explained.has(rule)).toSorted((one, other) => urgency(one) - urgency(other));
}

function urgency({ severity, rule }: Finding): number {
  return SEVERITIES.indexOf(severity) * RULES.length + RULES.indexOf(rule);
}
