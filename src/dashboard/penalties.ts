import type { RunEvent } from '../events/schema.js';

type Run = Pick<RunEvent, 'architecture'> | undefined;

/** What layers add to the loss of a run, by the type of the layer: a short name, and a title. */
const PENALTIES = {
  variational: { name: 'kl', title: 'KL divergence' },
  activityRegularization: { name: 'l1', title: 'L1' },
} as const;
type PenaltyType = keyof typeof PENALTIES;

/** Each kind once. */
export function penaltiesOf(run: Run): readonly (typeof PENALTIES)[PenaltyType][] {
  return (Object.keys(PENALTIES) as PenaltyType[]).filter((type) => hasLayer(run, type)).map((type) => PENALTIES[type]);
}

/** Whether the network of a run has a layer of that type. */
export function hasLayer(run: Run, type: PenaltyType): boolean {
  const { encoder = [], decoder = [] } = run?.architecture ?? {};
  return [...encoder, ...decoder].some((layer) => layer.type === type);
}
