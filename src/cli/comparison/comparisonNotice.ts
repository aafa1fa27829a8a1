import { type Comparison, type ComparisonCurve, curveFor, lossOf } from '../../dashboard/comparison.js';
import { formatLoss } from '../../dashboard/format.js';
import { lossNameOf } from '../../dashboard/lossTitle.js';
import type { RunEvent } from '../../events/schema.js';
import { printable } from '../../text/printable.js';

/** A sentence where the numbers of a file are changed before they are drawn, or are not those of the run's loss. */
export function comparisonNotice(comparison: Comparison, run: RunEvent): string | undefined {
  const { name, curves } = comparison;
  const curve = curveFor(run, comparison);
  if (curve !== undefined && lossOf(curve) !== lossNameOf(run)) return otherLoss(name, curve, lossNameOf(run));
  if (!curves.some(({ timesBatchSize }) => timesBatchSize === true)) return undefined;
  return `${name}: taken as the notebook prints its losses, and divided by the batch size`;
}

function otherLoss(name: string, curve: ComparisonCurve, loss: string): string {
  const { testError } = curve;
  const not = `its loss is ${lossOf(curve)}, and this run's is ${loss}: the two cannot be compared`;
  if (testError === undefined) return printable(`${name}: ${not}, and it says no mean squared error of test images`);
  const error = formatLoss(testError.loss);
  return printable(
    `${name}: ${not}; by the mean squared error of test images it came to ${error} after epoch ${testError.epoch}`,
  );
}
