import type { WarningBody } from './trainingData.js';

/** Says so where a limit takes nothing away. */
export function limitWarnings(limit: number | undefined, items: number | undefined): WarningBody[] {
  if (limit === undefined || items === undefined || limit <= items) return [];
  return [
    {
      type: 'warning',
      code: 'LIMIT',
      message: `The limit is ${limit} training images, but there are only ${items}: all are taken.`,
    },
  ];
}
