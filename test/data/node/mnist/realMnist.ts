import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The real files, gzip, on machines that have them beside the project. */
export const REAL_MNIST = fileURLToPath(new URL('../../../../../shared/data/mnist/', import.meta.url));

export const withoutMnist = !existsSync(REAL_MNIST);
