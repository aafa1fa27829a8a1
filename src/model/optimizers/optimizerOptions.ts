import { OptionError } from '../../errors.js';
import { wrongChoice } from '../../options.js';
import type { Optimizer, OptimizerSettings } from './optimizer.js';
import { OPTIMIZERS, type OptimizerName, optimizers } from './optimizers.js';

/** How weights learn from gradients, as a user says it. */
export interface OptimizerOptions {
  /** @default 'adam' */
  readonly optimizer?: OptimizerName | undefined;
  /** adam, adamw: how much of the mean gradient is kept at each update, 0 to below 1. @default 0.9 */
  readonly beta1?: number | undefined;
  /** adam, adamw: how much of the mean squared gradient is kept, 0 to below 1. @default 0.999 */
  readonly beta2?: number | undefined;
  /** adam, adamw, rmsprop: added to what a step is divided by, 1e-30 to 1. @default 1e-8 */
  readonly epsilon?: number | undefined;
  /** sgd, rmsprop: how much of the last step is kept, 0 to below 1. @default 0 */
  readonly momentum?: number | undefined;
  /** sgd with momentum: looks ahead by it. @default false */
  readonly nesterov?: boolean | undefined;
  /** rmsprop: how much of the mean squared gradient is kept, 0 to below 1 (PyTorch's alpha, Keras's rho). @default 0.99 */
  readonly smoothing?: number | undefined;
  /**
   * How strongly weights are drawn to zero, 0 or more: added to the gradients (L2) by all optimizers but adamw, which takes it off
   * the weights. Biases decay, too, as PyTorch's do. @default 0; 0.01 for adamw
   */
  readonly weightDecay?: number | undefined;
  /** Gradients whose norm over all weights is larger are scaled down to it; above 0. @default no bound */
  readonly clipNorm?: number | undefined;
}

/** An optimizer with all its settings. */
export interface ChosenOptimizer {
  readonly name: OptimizerName;
  readonly optimizer: Optimizer;
  readonly settings: OptimizerSettings;
  readonly clipNorm: number | undefined;
}

interface Check {
  readonly expected: string;
  isValid(value: unknown): boolean;
}

const share: Check = {
  expected: 'a number from 0 to below 1',
  isValid: (value) => typeof value === 'number' && value >= 0 && value < 1,
};

/** What each option may be, by itself. */
export const OPTIMIZER_CHECKS: Readonly<Record<Exclude<keyof OptimizerOptions, 'optimizer'>, Check>> = {
  beta1: share,
  beta2: share,
  epsilon: {
    expected: 'a number from 1e-30 to 1',
    isValid: (value) => typeof value === 'number' && value >= 1e-30 && value <= 1,
  },
  momentum: share,
  nesterov: { expected: 'true or false', isValid: (value) => typeof value === 'boolean' },
  smoothing: share,
  weightDecay: {
    expected: 'a finite number, 0 or more',
    isValid: (value) => typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY,
  },
  clipNorm: {
    expected: 'a finite number above 0',
    isValid: (value) => typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY,
  },
};

/** Names of all options of optimizers. */
export const OPTIMIZER_OPTIONS = ['optimizer', ...Object.keys(OPTIMIZER_CHECKS)] as readonly (keyof OptimizerOptions)[];

/** Those options of many that are an optimizer's. */
export function optimizerOptionsOf(options: OptimizerOptions): OptimizerOptions {
  return Object.fromEntries(OPTIMIZER_OPTIONS.map((option) => [option, options[option]]));
}

/** Options that are an optimizer's own: with another one they mean nothing. */
export const OWN_OPTIMIZER_OPTIONS = ['beta1', 'beta2', 'epsilon', 'momentum', 'nesterov', 'smoothing'] as const;

const NO_SETTINGS: OptimizerSettings = {
  beta1: 0,
  beta2: 0,
  epsilon: 0,
  momentum: 0,
  nesterov: false,
  smoothing: 0,
  weightDecay: 0,
};

/**
 * The optimizer that options ask for.
 * @throws OptionError for an option that is out of range, or that the optimizer does not have
 */
export function chooseOptimizer(options: OptimizerOptions): ChosenOptimizer {
  const { optimizer: name = 'adam', clipNorm } = options;
  if (!OPTIMIZERS.includes(name)) throw wrongChoice('optimizer', name, OPTIMIZERS);
  const optimizer = optimizers[name];
  for (const [option, { expected, isValid }] of Object.entries(OPTIMIZER_CHECKS)) {
    const value = options[option as keyof typeof OPTIMIZER_CHECKS];
    if (value !== undefined && !isValid(value)) throw new OptionError(option, value, expected);
  }
  for (const option of OWN_OPTIMIZER_OPTIONS) requireTaken(option, options[option], name);
  const given = OWN_OPTIMIZER_OPTIONS.map((option) => [option, options[option]] as const);
  const { weightDecay = optimizer.defaults.weightDecay ?? 0 } = options;
  const settings = {
    ...NO_SETTINGS,
    ...optimizer.defaults,
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    weightDecay,
  };
  if (settings.nesterov && settings.momentum === 0)
    throw new OptionError('nesterov', true, 'nothing without momentum', 'Give momentum, too: 0.9 is usual.');
  return { name, optimizer, settings, clipNorm };
}

/** Where it is not, the error names the optimizers that take it. */
function requireTaken(option: (typeof OWN_OPTIMIZER_OPTIONS)[number], value: unknown, name: OptimizerName): void {
  if (value === undefined || value === false || option in optimizers[name].defaults) return;
  const takers = OPTIMIZERS.filter((other) => option in optimizers[other].defaults);
  const advice = `Leave it out, or take the optimizer ${takers.join(' or ')}.`;
  throw new OptionError(option, value, `nothing with the optimizer ${name}`, advice);
}
