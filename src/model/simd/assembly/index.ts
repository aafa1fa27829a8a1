// What the engine calls: thread 0 works on a job with `work`, the others stay in `serve`.
import { barrier } from './barrier';
import { JOB, Job } from './job';
import { operate, pack } from './operations';
import { sumSquares } from './optimizers/sumSquares';
import { update } from './optimizers/update';
import { takeShard } from './shard';
import { sleep, spin } from './spin';

/** One kernel call, and where it adds gradients, for those who time them. */
export { operate, takeShard };

/** The engine's clock: 0.1 µs a batch. */
@external('env', 'beginUpdate')
declare function beginUpdate(): void;

const RUN = 1;
const CLEAR = 2;
const UPDATE = 4;
const PACK = 8;
const SUM_SQUARES = 16;
/** What the counter of arrivals has come to when all threads are where this one is; it wraps around as that does. */
let arrivals: i32 = 0;

/** Waits for all threads. @returns false when a thread failed or was lost */
function meet(job: Job): bool {
  arrivals += job.threads;
  return barrier(arrivals);
}

/**
 * A thread's share of a job, to the last barrier: gradients done, weights done, all done.
 * @returns false when a thread failed or was lost
 */
export function work(thread: i32): bool {
  const job = changetype<Job>(JOB);
  const threads = job.threads;
  if (job.tasks & RUN && !runProgram(job, thread)) return false;
  if (!meet(job)) return false;
  if (job.tasks & UPDATE) {
    if (thread == 0) beginUpdate();
    update(thread, threads);
  }
  if (job.tasks & SUM_SQUARES) sumSquares(thread, threads);
  if (!meet(job)) return false;
  if (job.tasks & PACK)
    for (let at = job.packing; load<usize>(at) != 0; at += 4) pack(load<usize>(at), thread, threads);
  return meet(job);
}

/** Segment after segment, with a barrier between them. @returns false when a thread failed or was lost */
function runProgram(job: Job, thread: i32): bool {
  let segment = load<usize>(job.programs + (thread << 2));
  const first = segment;
  // Each thread takes one shard more than there are, and so leaves a segment.
  let taken = 0;
  while (true) {
    const isLast = load<usize>(segment, 8) == 0;
    run(load<usize>(segment), 1, 0, 0);
    runShards(job, thread, load<usize>(segment, 4), taken, segment == first, isLast);
    if (isLast) return true;
    if (!meet(job)) return false;
    taken += job.shards + job.threads;
    segment += 8;
  }
}

/** Shard after shard, as long as there are any: a thread that is slower takes fewer. */
function runShards(job: Job, thread: i32, program: usize, taken: i32, isFirst: bool, isLast: bool): void {
  while (true) {
    const shard = atomic.add<i32>(JOB, 1, 16) - taken;
    if (shard >= job.shards) return;
    const gradients = job.gradients + shard * job.gradientBytes;
    if (isFirst && job.tasks & CLEAR) memory.fill(gradients, 0, job.gradientBytes);
    takeShard(gradients, job.losses + shard * job.lossBytes);
    const end = (job.images * (shard + 1)) / job.shards;
    for (let first = (job.images * shard) / job.shards; first < end; first += job.tile) {
      // A kernel that takes a whole tile may reach past its last image, but not as far as a tile: shards lie apart by as much.
      const map = job.keepsMaps ? first + shard * (job.tile - 1) : thread * job.threadImages;
      run(program, min(job.tile, end - first), first, map);
      atomic.add<i32>(job.beats + (thread << 6), 1);
    }
    if (isLast && job.tasks & (UPDATE | SUM_SQUARES)) run(job.finishes, 1, 0, 0);
  }
}

/**
 * A list of operations that ends with 0. Image by image, so that what one operation leaves the next one finds in the cache;
 * between 1 and 2 each operation takes all images of the tile at once, as dense layers want it.
 * @param first the number of the first image in the job @param map that of its feature maps
 */
function run(program: usize, images: i32, first: i32, map: i32): void {
  let at = program;
  while (load<usize>(at) != 0) {
    if (load<usize>(at) == 1) {
      for (at += 4; load<usize>(at) != 2; at += 4) operate(load<usize>(at), map, map + images, first - map);
      at += 4;
      continue;
    }
    let end = at;
    for (let image = map; image < map + images; image++)
      for (end = at; load<usize>(end) > 2; end += 4) operate(load<usize>(end), image, image + 1, first - map);
    at = end;
  }
}

/** Works on job after job until all shall end. */
export function serve(thread: i32): void {
  let sequence = 1;
  while (true) {
    if (!spin(JOB, sequence)) while (atomic.load<i32>(JOB) - sequence < 0) sleep(JOB, sequence - 1, -1);
    if (atomic.load<i32>(JOB, 8) != 0 || !work(thread)) return;
    sequence++;
  }
}
