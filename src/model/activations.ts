// What may follow a layer's sums, value by value.

/** The activations that there are; the default comes first. Kernels know each by its place here: see `scripts/writeActivations.js`. */
export const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid'] as const;

export type Activation = (typeof ACTIVATIONS)[number];
