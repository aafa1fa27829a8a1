// What the engine calls: thread 0 works on a job with `work`, the others stay in `serve`.
import { adam } from './adam';
import { barrier } from './barrier';
import { gather } from './gather';
import { JOB, Job } from './job';
import { operate } from './operations';

const SHARDS = 4;
const RUN = 1;
const CLEAR = 2;
const UPDATE = 4;
const PACK = 8;
/** Three barriers a job: gradients done, weights done, all done. */
const BARRIERS = 3;
const SPINS = 20000;

/**
 * A thread's share of a job, to the last barrier.
 * @returns false when a thread failed or was lost
 */
export function work(thread: i32, sequence: i32): bool {
  const job = changetype<Job>(JOB);
  const threads = job.threads;
  // Arrivals of all jobs before this one; they wrap around as the counter does.
  let target = sequence * BARRIERS * threads;
  if (job.tasks & RUN) for (let shard = thread; shard < SHARDS; shard += threads) runShard(job, shard, thread);
  target += threads - BARRIERS * threads;
  if (!barrier(target)) return false;
  if (job.tasks & UPDATE) adam(thread, threads);
  target += threads;
  if (!barrier(target)) return false;
  if (job.tasks & PACK)
    for (let at = job.packing; load<usize>(at) != 0; at += 4) gather(load<usize>(at), 1, thread, threads);
  target += threads;
  return barrier(target);
}

/** Its images, tile by tile, through the program. */
function runShard(job: Job, shard: i32, thread: i32): void {
  const program = load<usize>(job.programs + (shard << 2));
  const begin = (job.images * shard) / SHARDS;
  const end = (job.images * (shard + 1)) / SHARDS;
  if (job.tasks & CLEAR) memory.fill(job.gradients + shard * job.gradientBytes, 0, job.gradientBytes);
  for (let first = begin; first < end; first += job.tile) {
    for (let at = program; load<usize>(at) != 0; at += 4) operate(load<usize>(at), min(job.tile, end - first), first);
    atomic.add<i32>(job.beats + (thread << 6), 1);
  }
  if (!(job.tasks & UPDATE)) return;
  for (let at = load<usize>(job.finishes + (shard << 2)); load<usize>(at) != 0; at += 4) operate(load<usize>(at), 1, 0);
}

/** Works on job after job until all shall end. */
export function serve(thread: i32): void {
  let sequence = 1;
  while (true) {
    for (let spin = 0; spin < SPINS && atomic.load<i32>(JOB) - sequence < 0; spin++) {}
    while (atomic.load<i32>(JOB) - sequence < 0) atomic.wait<i32>(JOB, sequence - 1, -1);
    if (atomic.load<i32>(JOB, 8) != 0 || !work(thread, sequence)) return;
    sequence++;
  }
}
