// What may follow a layer's sums, value by value.

/** The activations that there are; the default comes first. Kernels know each by its place here: see `scripts/writeActivations.js`. */
export const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid', 'leakyRelu', 'elu', 'gelu', 'silu'] as const;

export type Activation = (typeof ACTIVATIONS)[number];

/** What becomes of a negative value under leakyRelu: it is multiplied by this. @see torch.nn.LeakyReLU */
export const NEGATIVE_SLOPE = 0.01;
