import type { Tags } from './tags.js';

/** The steps with a picture under any name, ascending, each once. */
export function imageSteps({ images }: Tags): number[] {
  const steps = new Set(images.rows.flatMap(({ items }) => items.map(({ step }) => step)));
  return [...steps].sort((one, other) => one - other);
}
