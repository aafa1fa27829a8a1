// Where threads wait for each other: spinning for a while, then asleep.
import { JOB, Job } from './job';
import { sleep, SLEEPERS, spin } from './spin';

/** Slices of sleep without a sign of life from the others until they count as lost; the job says how long a slice is. */
const PATIENCE = 20;

/** @returns false when a thread failed or was lost */
export function barrier(target: i32): bool {
  const job = changetype<Job>(JOB);
  if (atomic.add<i32>(JOB, 1, 4) + 1 == target) {
    if (atomic.load<i32>(JOB, SLEEPERS) != 0) atomic.notify(JOB + 4, -1);
    return atomic.load<i32>(JOB, 8) == 0;
  }
  if (spin(JOB + 4, target)) return atomic.load<i32>(JOB, 8) == 0;
  let patience = PATIENCE;
  let beats = sumOfBeats(job);
  while (true) {
    const arrived = atomic.load<i32>(JOB, 4);
    if (arrived - target >= 0) return atomic.load<i32>(JOB, 8) == 0;
    if (atomic.load<i32>(JOB, 8) != 0) return false;
    // 2: timed out
    if (sleep(JOB + 4, arrived, <i64>job.sliceMicroseconds * 1000) != 2) continue;
    const now = sumOfBeats(job);
    if (now != beats) patience = PATIENCE;
    else if (--patience == 0) return false;
    beats = now;
  }
}

function sumOfBeats(job: Job): i32 {
  let sum = 0;
  for (let thread = 0; thread < job.threads; thread++) sum += atomic.load<i32>(job.beats + (thread << 6));
  return sum;
}
