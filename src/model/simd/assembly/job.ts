/** Where the job lies; the planner keeps the first 256 bytes of memory for it. */
export const JOB: usize = 64;

/** What all threads work on together; the engine writes it (`jobMemory.ts`), in this order. */
@unmanaged
export class Job {
  /** Grows by one with each job; the threads wait for that. */
  sequence: i32;
  /** Grows by one whenever a thread has come to a barrier. */
  arrivals: i32;
  /** Not 0: a thread failed, or all shall end. */
  ended: i32;
  threads: i32;
  /** The next shard that no one has taken: threads take one after the other. */
  nextShard: i32;
  /** Parts of a batch, of which each has its own gradients: sums do not depend on who computed what. */
  shards: i32;
  /** What to do: a sum of 1 (run a program), 2 (clear gradients before), 4 (update the weights after), 8 (lay them
   * out for the kernels), 16 (sum the gradients' squares). */
  tasks: i32;
  /**
   * Where the addresses of the threads' programs are. A program is a list of segments that ends with 0, and a segment two lists of
   * operations that end with 0: what a thread does once, and what it does for each image. A segment begins when all images have
   * come through the one before.
   */
  programs: usize;
  images: i32;
  /** 1: bytes, 2: floats. */
  inputKind: i32;
  /** 0: the input is the target; 1: bytes, 2: floats. */
  targetKind: i32;
  /** What losses' gradients are multiplied by beside their weights: 1 / (values of the whole batch). */
  gradientScale: f32;
  /** What gradients are multiplied by before an update; 1 where they are not. */
  gradientFactor: f32;
  /** How much of its weight each gradient gets. */
  gradientDecay: f32;
  /** For each thread: a count that shows it is alive. */
  beats: usize;
  /** Gradients of a shard: where the first lie, and how many bytes lie between shards. */
  gradients: usize;
  gradientBytes: i32;
  /** How much of a shard's gradients are the parameters' own. */
  parameterBytes: i32;
  /** Weights, and what the optimizer remembers, laid out as the gradients are; 0 where there is no such slot. */
  weights: usize;
  firstSlot: usize;
  secondSlot: usize;
  /** How many images' feature maps lie between those of two threads, where an image keeps none; 0: each thread's lie elsewhere. */
  threadImages: i32;
  /** What comes after a shard's last image: a list that ends with 0. */
  finishes: usize;
  /** Operations that lay out weights for the kernels, after an update: a list that ends with 0. */
  packing: usize;
  /** Images of a tile: what a program takes at once. */
  tile: i32;
  /** Where each shard's sums lie (f64): its losses, each with its squared error behind it, where it is another one, and then what layers add. */
  losses: usize;
  /** Threads that are asleep, or about to be: with none no one is woken. */
  sleepers: i32;
  /** A twentieth of how long threads wait for one that shows no sign of life. */
  sliceMicroseconds: i32;
  /** Which rule updates the weights; see `optimizers/update.ts`. */
  optimizer: i32;
  /** What weights are multiplied by before an update; 1 where they are not. */
  weightFactor: f32;
  /** Where sums of the gradients' squares go (f64). */
  squares: usize;
  /** All bits set where a value is a parameter's: between them gradients are whatever kernels left. */
  mask: usize;
  /** Where Huber's loss begins to grow straight. */
  huberDelta: f32;
  /** What random numbers depend on: the training, the updates before this one, and the batch's items before this job's. */
  seed: i32;
  step: i32;
  firstItem: i32;
  /** One divided by the items of the whole batch. */
  itemScale: f32;
  /** From a shard's sums to the next one's. */
  lossBytes: i32;
  /** Not 0: each image has feature maps of its own from one segment to the next. */
  keepsMaps: i32;
}
