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
/** Three barriers a job: gradients done, weights done, all done. */
const BARRIERS = 3;

/**
 * A thread's share of a job, to the last barrier.
 * @returns false when a thread failed or was lost
 */
export function work(thread: i32, sequence: i32): bool {
  const job = changetype<Job>(JOB);
  const threads = job.threads;
  // Arrivals of all jobs before this one; they wrap around as the counter does.
  let target = sequence * BARRIERS * threads;
  if (job.tasks & RUN) runShards(job, thread);
  target += threads - BARRIERS * threads;
  if (!barrier(target)) return false;
  if (job.tasks & UPDATE) {
    if (thread == 0) beginUpdate();
    update(thread, threads);
  }
  if (job.tasks & SUM_SQUARES) sumSquares(thread, threads);
  target += threads;
  if (!barrier(target)) return false;
  if (job.tasks & PACK)
    for (let at = job.packing; load<usize>(at) != 0; at += 4) pack(load<usize>(at), thread, threads);
  target += threads;
  return barrier(target);
}

/** Shard after shard, as long as there are any: a thread that is slower takes fewer. */
function runShards(job: Job, thread: i32): void {
  run(load<usize>(job.preparations + (thread << 2)), 1, 0);
  const program = load<usize>(job.programs + (thread << 2));
  while (true) {
    const shard = atomic.add<i32>(JOB, 1, 16);
    if (shard >= job.shards) return;
    const gradients = job.gradients + shard * job.gradientBytes;
    if (job.tasks & CLEAR) memory.fill(gradients, 0, job.gradientBytes);
    takeShard(gradients, job.losses + shard * job.lossBytes);
    const end = (job.images * (shard + 1)) / job.shards;
    for (let first = (job.images * shard) / job.shards; first < end; first += job.tile) {
      run(program, min(job.tile, end - first), first);
      atomic.add<i32>(job.beats + (thread << 6), 1);
    }
    if (job.tasks & (UPDATE | SUM_SQUARES)) run(job.finishes, 1, 0);
  }
}

/**
 * A list of operations that ends with 0. Image by image, so that what one operation leaves the next one finds in the cache;
 * between 1 and 2 each operation takes all images of the tile at once, as dense layers want it.
 */
function run(program: usize, images: i32, first: i32): void {
  let at = program;
  while (load<usize>(at) != 0) {
    if (load<usize>(at) == 1) {
      for (at += 4; load<usize>(at) != 2; at += 4) operate(load<usize>(at), 0, images, first);
      at += 4;
      continue;
    }
    let end = at;
    for (let image = 0; image < images; image++)
      for (end = at; load<usize>(end) > 2; end += 4) operate(load<usize>(end), image, image + 1, first);
    at = end;
  }
}

/** Works on job after job until all shall end. */
export function serve(thread: i32): void {
  let sequence = 1;
  while (true) {
    if (!spin(JOB, sequence)) while (atomic.load<i32>(JOB) - sequence < 0) sleep(JOB, sequence - 1, -1);
    if (atomic.load<i32>(JOB, 8) != 0 || !work(thread, sequence)) return;
    sequence++;
  }
}
