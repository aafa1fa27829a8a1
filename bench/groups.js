import { UsageError } from './options.js';
import { agreementRows } from './rows/agreement.js';
import { architectureRows } from './rows/architectures.js';
import { presetRows } from './rows/presets.js';
import { programRows, startRows } from './rows/program.js';
import { rooflineRows } from './rows/roofline.js';
import { thirtyEpochRows } from './rows/thirtyEpochs.js';
import { trainingRows } from './rows/trainings.js';
import { threadRows, transposeRows } from './rows/transpose.js';
import { batchRows, denormalRows, relaxedRows, skippingRows } from './rows/variants.js';

/** Rows by the name that `--only` takes. */
const GROUPS = {
  agreement: agreementRows,
  transpose: transposeRows,
  threads: threadRows,
  roofline: rooflineRows,
  presets: presetRows,
  architectures: architectureRows,
  trainings: trainingRows,
  program: programRows,
  start: startRows,
  batch: batchRows,
  skipping: skippingRows,
  relaxed: relaxedRows,
  denormals: denormalRows,
  'thirty-epochs': thirtyEpochRows,
};
export const GROUP_NAMES = Object.keys(GROUPS);

/** Minutes rather than seconds: run when they are named. */
const ON_REQUEST = ['thirty-epochs'];

/** @returns {import('./rows/row.js').Row[]} */
export function rowsOf(setting) {
  const names = setting.options.only ?? GROUP_NAMES.filter((name) => !ON_REQUEST.includes(name));
  const unknown = names.filter((name) => !GROUP_NAMES.includes(name));
  if (unknown.length > 0)
    throw new UsageError(`--only: expected some of ${GROUP_NAMES.join(', ')}, found ${unknown.join(', ')}`);
  return names.flatMap((name) => GROUPS[name](setting).map((row) => ({ group: name, ...row })));
}
