// How a thread waits: first awake, then asleep.
import { JOB } from './job';

/**
 * Some 300 µs, as long as a batch of 20 images takes: being woken costs up to 120 µs (on a virtual machine), so that with 4,000
 * turns two threads were no faster than one, and with 100,000 waking them took a tenth of a run.
 */
const TURNS = 300000;
/**
 * On a busy machine a thread that spins may take the processor from the one it waits for: 9,000 to 16,000 images/s where one
 * thread alone does 25,000. So after as many vain attempts in a row it sleeps at once, but for one attempt in sixteen.
 */
const VAIN_ATTEMPTS = 4;
const ATTEMPT_EVERY = 16;

/** Where the job counts those who sleep. */
export const SLEEPERS = 104;

let vain = 0;

/** Waits for a counter to reach `target`. @returns false when it has to be waited for asleep */
export function spin(counter: usize, target: i32): bool {
  const turns = vain < VAIN_ATTEMPTS || vain % ATTEMPT_EVERY == 0 ? TURNS : 1;
  for (let turn = 0; turn < turns; turn++) {
    if (atomic.load<i32>(counter) - target >= 0) {
      if (turns > 1) vain = 0;
      return true;
    }
  }
  vain++;
  return false;
}

/**
 * Until someone wakes it, or the counter is no longer `seen`. Who changes the counter looks for sleepers afterwards: one that
 * is counted later finds the counter changed and does not fall asleep.
 * @returns 2 when it took longer than `nanoseconds`
 */
export function sleep(counter: usize, seen: i32, nanoseconds: i64): i32 {
  atomic.add<i32>(JOB, 1, SLEEPERS);
  const outcome = atomic.wait<i32>(counter, seen, nanoseconds);
  atomic.sub<i32>(JOB, 1, SLEEPERS);
  return outcome;
}
