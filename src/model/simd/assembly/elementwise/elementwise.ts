/**
 * The values of a feature map, as vectors: images, rows, groups (a pixel, or a whole row where there is one channel), and
 * the vectors of a group. The planner writes it, in this order.
 */
@unmanaged
export class Elementwise {
  kind: i32;
  values: usize;
  gradient: usize;
  imageStep: i32;
  rows: i32;
  rowStep: i32;
  groups: i32;
  groupStep: i32;
  vectors: i32;
  /** Which lanes of a group's last vector are values; the others are kept at zero. A vector in memory. */
  mask: usize;
  /** A number of `activations.ts`. */
  activation: i32;
  /** Where among the shard's gradients the sums go, a vector for each of a group; added to. */
  biasGradient: usize;
  /** 1: a group holds one channel, whose sum goes into one place. */
  single: i32;
  /** The loss: what the values are compared with, laid out as they are. */
  target: usize;
  /** Of leakyRelu: what negative values are multiplied by. */
  slope: f32;
  /** Where gelu and silu keep their derivative, laid out as the values; on the way back that is what `values` says. */
  derivative: usize;
  /** What its gradient is multiplied by beside the job's scale: its weight, of the squared error twice that. */
  weight: f32;
  /** Where among the shard's losses it is summed, in bytes. */
  lossAt: i32;
  /** Another gradient, laid out as the values are. */
  added: usize;
}
