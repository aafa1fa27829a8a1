// The diagnosis: what is wrong with a run, the most urgent first. It is empty when nothing is.
import { withoutSymptoms } from './causes.js';
import { collapse } from './collapse.js';
import { deadChannels } from './deadChannels.js';
import { divergence } from './divergence.js';
import type { Finding, Rule } from './finding.js';
import { inputBound } from './inputBound.js';
import { noTestData } from './noTestData.js';
import { notFinite } from './notFinite.js';
import { oscillation } from './oscillation.js';
import { overfitting } from './overfitting.js';
import { plateau } from './plateau.js';
import { spikes } from './spikes.js';
import { type Observed, type Symptoms, symptomsOf } from './symptoms.js';
import { tinyData } from './tinyData.js';
import { underfitting } from './underfitting.js';

const FINDERS: Readonly<Record<Rule, (symptoms: Symptoms) => Finding | undefined>> = {
  notFinite,
  divergence,
  collapse,
  oscillation,
  spikes,
  overfitting,
  underfitting,
  deadChannels,
  inputBound,
  tinyData,
  noTestData,
  plateau,
};

/** What the rules find in a run as it stands now, without what follows from something else that they find. */
export function diagnose(state: Observed): Finding[] {
  const symptoms = symptomsOf(state);
  const found = Object.values(FINDERS).map((finder) => finder(symptoms));
  return withoutSymptoms(found.filter((finding) => finding !== undefined));
}
