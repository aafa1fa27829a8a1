import type { KernelFunc } from '@tensorflow/tfjs-core';

/** What TensorFlow.js hands to a kernel. */
export type KernelCall = Parameters<KernelFunc>[0];
