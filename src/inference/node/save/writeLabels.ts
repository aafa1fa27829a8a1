import { encodeIdxHeader } from '../../../data/idx/encoder.js';
import { encodeNpyHeader } from '../../../data/npy/encoder.js';
import { writeAtomically } from '../../../files/writeAtomically.js';

/** Labels of images that pass, one byte each. */
export class LabelTally {
  readonly #parts: Uint8Array[] = [];

  add(labels: Uint8Array | undefined): void {
    if (labels !== undefined) this.#parts.push(labels.slice());
  }

  /** All of them; `undefined` where there are none. */
  result(): Uint8Array | undefined {
    if (this.#parts.length === 0) return undefined;
    const labels = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of this.#parts) {
      labels.set(part, offset);
      offset += part.length;
    }
    return labels;
  }
}

/** @throws FileError */
export function writeLabels(path: string, labels: Uint8Array, format: 'idx' | 'npy'): Promise<void> {
  return writeAtomically(path, async (file) => {
    await file.appendFile((format === 'npy' ? encodeNpyHeader : encodeIdxHeader)('uint8', [labels.length]));
    await file.appendFile(labels);
  });
}
