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
   * out for the kernels). */
  tasks: i32;
  /** Where the addresses of the threads' programs are: for each thread a list of operations that ends with 0. */
  programs: usize;
  images: i32;
  /** 1: bytes, 2: floats. */
  inputKind: i32;
  /** 0: the input is the target; 1: bytes, 2: floats. */
  targetKind: i32;
  /** 2 / (values of the whole batch). */
  gradientScale: f32;
  /** Adam: learning rate / (1 − β₁ᵗ), and 1 / √(1 − β₂ᵗ). */
  stepSize: f32;
  secondScale: f32;
  /** For each thread: a count that shows it is alive. */
  beats: usize;
  /** Gradients of a shard: where the first lie, and how many bytes lie between shards. */
  gradients: usize;
  gradientBytes: i32;
  /** How much of a shard's gradients are the parameters' own. */
  parameterBytes: i32;
  /** Weights, and Adam's moments, laid out as the gradients are. */
  weights: usize;
  firstMoments: usize;
  secondMoments: usize;
  /** For each thread what comes before its first shard: as `programs`. */
  preparations: usize;
  /** What comes after a shard's last image: a list that ends with 0. */
  finishes: usize;
  /** Operations that lay out weights for the kernels, after an update: a list that ends with 0. */
  packing: usize;
  /** Images of a tile: what a program takes at once. */
  tile: i32;
  /** Where each shard's squared error is summed (f64). */
  losses: usize;
  /** Threads that are asleep, or about to be: with none no one is woken. */
  sleepers: i32;
  /** A twentieth of how long threads wait for one that shows no sign of life. */
  sliceMicroseconds: i32;
}
