// The optimizers that there are. One more is a file beside these, a line here, and one in each engine that has kernels.
import { adam } from './adam.js';
import { adamw } from './adamw.js';
import type { Optimizer } from './optimizer.js';
import { rmsprop } from './rmsprop.js';
import { sgd } from './sgd.js';

/** What `--optimizer` takes; the default comes first. */
export const OPTIMIZERS = ['adam', 'adamw', 'sgd', 'rmsprop'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

export const optimizers: Readonly<Record<OptimizerName, Optimizer>> = { adam, adamw, sgd, rmsprop };
