import { adam } from './adam.js';
import type { Optimizer } from './optimizer.js';

/**
 * Adam whose weight decay does not pass through the moments: w ← (1 − ηλ)w, then Adam's update.
 * @see Loshchilov and Hutter, https://arxiv.org/abs/1711.05101, with torch.optim.AdamW's default of 0.01
 */
export const adamw: Optimizer = { ...adam, defaults: { ...adam.defaults, weightDecay: 0.01 }, decays: 'weights' };
