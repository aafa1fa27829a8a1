// Random bits for a value: `noiseKey` and `noiseWord` of `model/layers/definition/trainingNoise.ts`, bit by bit.
import { JOB, Job } from '../job';

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

@inline
export function noiseWord(key: i32, place: i32): u32 {
  let word: u32 = key + (place + 1) * 0x9e3779b9;
  word = (word ^ (word >>> 16)) * 0x7feb352d;
  word = (word ^ (word >>> 15)) * 0x846ca68b;
  return word ^ (word >>> 16);
}
