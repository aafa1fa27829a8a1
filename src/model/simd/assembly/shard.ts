// The shard of a batch that this thread works on. Each thread has an instance of its own, and so its own of these.

/** Where the shard's gradients begin: kernels add what the planner says of a parameter's place. */
export let gradients: usize = 0;
/** Where its losses are summed (f64), each with, 8 bytes further, its squared error, where it is another one; then what layers add. */
export let loss: usize = 0;

/** What is compared next adds there. */
export function sumLossesAt(place: usize): void {
  loss = place;
}

export function takeShard(gradientsOfShard: usize, lossOfShard: usize): void {
  gradients = gradientsOfShard;
  loss = lossOfShard;
}
