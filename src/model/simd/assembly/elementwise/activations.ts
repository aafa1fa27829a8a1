// Written by scripts/writeActivations.js: the places of src/model/activations.ts.
export const LINEAR = 0;
export const RELU = 1;
export const TANH = 2;
export const SIGMOID = 3;
export const LEAKY_RELU = 4;
export const ELU = 5;
export const GELU = 6;
export const SILU = 7;
