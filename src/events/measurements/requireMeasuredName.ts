import { OptionError } from '../../errors.js';

/** @throws OptionError when it is not a text, or an empty one */
export function requireMeasuredName(name: unknown): void {
  if (typeof name !== 'string' || name === '')
    throw new OptionError('name', name, 'what is measured, in a word or two');
}
