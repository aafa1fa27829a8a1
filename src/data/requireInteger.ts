import { OptionError } from '../errors.js';

/** @throws OptionError when the value is not a whole number between the limits */
export function requireInteger(option: string, value: number, least = -Infinity, most = Infinity): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new OptionError(option, value, `a whole number${range(least, most)}`);
}

function range(least: number, most: number): string {
  if (most < Infinity) return `, ${least} to ${most}`;
  return least > -Infinity ? `, ${least} or more` : '';
}
