import { writeAtomically } from '../../../files/writeAtomically.js';
import type { LatentBatch } from '../../latentBatch.js';

/**
 * Writes latents as a CSV file: a head of `label` (where there are labels), `z0`, `z1` …, then a line an image. A number has as many digits as
 * it takes to come back to the same float32.
 * @returns the paths that were written
 * @throws FileError; what the batches throw
 */
export async function writeLatentRows(path: string, batches: AsyncIterable<LatentBatch>): Promise<readonly string[]> {
  await writeAtomically(path, async (file) => {
    let isFirst = true;
    for await (const batch of batches) {
      await file.appendFile(`${isFirst ? headOf(batch) : ''}${rowsOf(batch)}`);
      isFirst = false;
    }
  });
  return [path];
}

function headOf({ latents, length, labels }: LatentBatch): string {
  const names = Array.from({ length: latents.length / length }, (_, at) => `z${at}`);
  return `${[...(labels === undefined ? [] : ['label']), ...names].join(',')}\n`;
}

function rowsOf({ latents, length, labels }: LatentBatch): string {
  const size = latents.length / length;
  let text = '';
  for (let item = 0; item < length; item++) {
    if (labels !== undefined) text += `${labels[item]},`;
    const row = Array.from(latents.subarray(item * size, (item + 1) * size), shortest);
    text += `${row.join(',')}\n`;
  }
  return text;
}

/** Nine digits tell any two float32 apart; most need fewer. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}
