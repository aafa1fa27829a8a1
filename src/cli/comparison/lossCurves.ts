// Losses in a JSON file: a list of what was printed after each epoch, or lists by the name of the network.
import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import type { ComparisonCurve, EpochLoss } from '../../dashboard/comparison.js';
import { RunError } from '../../errors.js';
import { decodeText, EncodingError } from '../../text/decodeText.js';
import { parseShallowJson } from '../../text/parseShallowJson.js';

/** Thousands of epochs take a few hundred kilobytes. */
const MOST_BYTES = 16 * 1024 * 1024;

// Not `min`, which zod asks of anything with a length, and which throws where that is an object.
const isFilled = ({ length }: readonly unknown[]) => length > 0;
const printed = z.array(z.number()).refine(isFilled);
/** What was printed, mean squared error of the epoch, and further columns. */
const rows = z.array(z.tuple([z.number(), z.number()]).rest(z.unknown())).refine(isFilled);

/**
 * @returns a curve for any network, or one for each network that the file names
 * @throws RunError for anything else
 */
export async function readCurves(file: string): Promise<ComparisonCurve[]> {
  if ((await stat(file)).size > MOST_BYTES) throw notUnderstood(file, 'a larger file');
  const value = parseShallowJson(decode(await readFile(file), file));
  const list = printed.safeParse(value);
  if (list.success) return [{ epochs: inOrder(list.data), timesBatchSize: true }];
  if (typeof value !== 'object' || value === null) throw notUnderstood(file, 'something else');
  const curves = Object.entries(value).flatMap(([architecture, entry]): ComparisonCurve[] => {
    const table = rows.safeParse(entry);
    return table.success ? [{ architecture, epochs: inOrder(table.data.map(([, trainLoss]) => trainLoss)) }] : [];
  });
  if (curves.length === 0) throw notUnderstood(file, 'something else');
  return curves;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    throw error instanceof EncodingError ? notUnderstood(path, error.actual) : error;
  }
}

function inOrder(losses: readonly number[]): EpochLoss[] {
  return losses.map((loss, index) => ({ epoch: index + 1, loss }));
}

function notUnderstood(path: string, actual: string): RunError {
  return new RunError({
    code: 'COMPARISON_FORM',
    path,
    expected:
      'the events of a run, a JSON list of losses such as [0.5468, 0.2722], or an object of such lists by network',
    actual,
    advice: 'Name a run folder, its events.ndjson, or such a JSON file.',
  });
}
