import type { Comparison } from '../../dashboard/comparison.js';

/** A sentence where the numbers of a file are changed before they are drawn. */
export function comparisonNotice({ name, curves }: Comparison): string | undefined {
  if (!curves.some(({ timesBatchSize }) => timesBatchSize === true)) return undefined;
  return `${name}: taken as the notebook prints its losses, and divided by the batch size`;
}
