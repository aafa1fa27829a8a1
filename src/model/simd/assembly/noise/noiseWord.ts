// Random bits for a value: `noiseKey` and `noiseWord` of `model/layers/definition/trainingNoise.ts`, bit by bit.
import { JOB, Job } from '../job';

/** What lies between the counters of two places. */
const STEP = 0x9e3779b9;

/** @param item its number in the job */
export function noiseKey(layer: i32, item: i32): i32 {
  const job = changetype<Job>(JOB);
  return mix(mix(mix(mix(0x9e3779b9, job.seed), job.step), layer), job.firstItem + item);
}

/** One word more of `hash` in `random.ts`. */
function mix(state: i32, word: i32): i32 {
  state = (state ^ word) * 0x85ebca6b;
  state = (state ^ (state >>> 13)) * 0xc2b2ae35;
  return (state ^ (state >>> 16)) + 0x9e3779b9;
}

/** The counters of four places side by side, `noiseWords` of which are their random bits. */
@inline
export function noiseCounters(key: i32, place: i32): v128 {
  return i32x4.add(i32x4.splat(key + place * STEP), i32x4(STEP, 2 * STEP, 3 * STEP, 4 * STEP));
}

/** The counters of the next four. */
@inline
export function nextCounters(counters: v128): v128 {
  return i32x4.add(counters, i32x4.splat(4 * STEP));
}

@inline
export function noiseWords(counters: v128): v128 {
  let words = i32x4.mul(v128.xor(counters, i32x4.shr_u(counters, 16)), i32x4.splat(0x7feb352d));
  words = i32x4.mul(v128.xor(words, i32x4.shr_u(words, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(words, i32x4.shr_u(words, 16));
}
