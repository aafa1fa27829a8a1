/** Added to the norm, as PyTorch does: no norm is zero. */
const LEAST_NORM = 1e-6;

/**
 * What gradients are multiplied by so that their norm is at most `clipNorm`; 1 where it is anyway, NaN where it is not a number.
 * @param squares the sum of the gradients' squares, over all weights
 * @see torch.nn.utils.clip_grad_norm_
 */
export function clipFactor(squares: number, clipNorm: number): number {
  return Math.min(1, clipNorm / (Math.sqrt(squares) + LEAST_NORM));
}
