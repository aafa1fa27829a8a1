import { mnist } from '../../data/node/mnist/mnist.js';
import { MillraceError } from '../../errors.js';
import type { ProgramContext } from '../programContext.js';

/** What `--data mnist` would open without the network: the fields of a `run` event's data set. */
export type DataFinding = { readonly name: 'mnist' } & (
  | {
      readonly available: true;
      /** A folder, or `embedded sample`. */
      readonly source: string;
      readonly items: number;
      readonly testItems: number;
      readonly sample: boolean;
    }
  /** What is wrong with the folder that was named: a sentence for a person. */
  | { readonly available: false; readonly reason: string }
);

/** Long for a local disk; a pipe without a writer, or a network drive that is gone, would hold the report up. */
const PATIENCE_MS = 5000;

/** Opens it, as `millrace train --offline` does. */
export async function examineData(env: ProgramContext['environment']): Promise<DataFinding> {
  const name = 'mnist';
  try {
    const { train, test } = await mnist({ env, offline: true, signal: AbortSignal.timeout(PATIENCE_MS) });
    const { source, items, sample } = train;
    return { name, available: true, source, items, testItems: test.items, sample };
  } catch (error) {
    if (error instanceof MillraceError) return { name, available: false, reason: error.message };
    return { name, available: false, reason: `its files do not open within ${PATIENCE_MS / 1000} s` };
  }
}
