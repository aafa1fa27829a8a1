import { type ErrorDetails, WeightsError, type WeightsErrorCode } from '../../errors.js';

/** What is wrong with a file; the path where there is one. */
export function weightsError(
  code: WeightsErrorCode,
  path: string | undefined,
  details: Omit<ErrorDetails, 'code' | 'path'>,
): WeightsError {
  return new WeightsError({ ...details, code, ...(path === undefined ? {} : { path }) });
}
