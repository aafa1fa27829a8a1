// Histograms of both kinds, as TensorBoard shows them (tensorboard/data_compat.py): the old message `HistogramProto`, whose outermost
// limits may be the largest doubles, and tensors of rows (left, right, count).
import { MessageReader } from '../../protobuf/read.js';
import type { ToldBody } from '../format.js';
import { joinedBins } from '../joinedBins.js';
import { HISTOGRAM } from './fields.js';

/** More bins than any writer makes. */
const MOST_NUMBERS = 65_536;

/** @throws WireError */
export function histogramOfMessage(name: string, bytes: Uint8Array): ToldBody | undefined {
  const message = new MessageReader(bytes);
  let [minimum, maximum] = [0, 0];
  const limits: number[] = [];
  const counts: number[] = [];
  while (message.next()) {
    if (message.field === HISTOGRAM.minimum) minimum = message.real();
    else if (message.field === HISTOGRAM.maximum) maximum = message.real();
    else if (message.field === HISTOGRAM.limits) message.numbers(8, limits);
    else if (message.field === HISTOGRAM.counts) message.numbers(8, counts);
    if (Math.max(limits.length, counts.length) > MOST_NUMBERS) return undefined;
  }
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  if (first < 0) return undefined;
  const edges = [minimum, ...limits.slice(first, last), maximum];
  return joinedBins(name, edges, counts.slice(first, last + 1));
}

/** @param numbers left edge, right edge and count of one bin after the other */
export function histogramOfTriples(name: string, numbers: readonly number[]): ToldBody | undefined {
  const edges: number[] = [];
  const counts: number[] = [];
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    edges.push(numbers[at]!);
    counts.push(numbers[at + 2]!);
  }
  if (counts.length > 0) edges.push(numbers[3 * counts.length - 2]!);
  return joinedBins(name, edges, counts);
}
