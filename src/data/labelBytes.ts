import { OptionError } from '../errors.js';

/**
 * Labels as bytes.
 * @throws OptionError when there is not one for each of the items, or one is not 0 to 255
 */
export function labelBytes(labels: Uint8Array | readonly number[], items: number): Uint8Array {
  if (labels.length !== items) throw new OptionError('labels', `${labels.length} labels`, `${items}, one an image`);
  if (labels instanceof Uint8Array) return labels;
  return Uint8Array.from(labels, (label, index) => {
    if (Number.isInteger(label) && label >= 0 && label <= 255) return label;
    throw new OptionError('labels', `${label} as label ${index}`, 'whole numbers, 0 to 255');
  });
}
