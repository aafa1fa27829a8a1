// What an optimizer is: data and one formula. Everything else that a training needs of it follows from these.

/** What can be set; an optimizer takes some of it. */
export interface OptimizerSettings {
  /** How much of the mean gradient is kept at each update. */
  readonly beta1: number;
  /** How much of the mean squared gradient is kept. */
  readonly beta2: number;
  /** Added to what a step is divided by. */
  readonly epsilon: number;
  /** How much of the last step is kept. */
  readonly momentum: number;
  /** Looks ahead by the momentum. */
  readonly nesterov: boolean;
  /** How much of the mean squared gradient is kept (PyTorch's alpha, Keras's rho). */
  readonly smoothing: number;
  /** How strongly weights are drawn to zero. */
  readonly weightDecay: number;
}

/** An update whose numbers are known: it is the same for every parameter. */
export interface Update {
  /** What a kernel needs to know of it, in the order in which it reads them. */
  readonly numbers: readonly number[];
  /** One tensor, in place: float32 in memory, float64 in between. @param slots in the order of `Optimizer.slots` */
  apply(weight: Float32Array, gradient: Float32Array, slots: readonly Float32Array[]): void;
}

/** A rule by which weights learn from gradients. */
export interface Optimizer {
  /** The settings that it takes, with their defaults. */
  readonly defaults: Partial<OptimizerSettings>;
  /** Where weight decay goes: into the gradients (L2), or straight into the weights (decoupled). */
  readonly decays: 'gradients' | 'weights';
  /** Names of what it remembers of each parameter. */
  slots(settings: OptimizerSettings): readonly string[];
  /** @param step counts from 1 */
  update(settings: OptimizerSettings, step: number, learningRate: number): Update;
}
