import { hash } from '../../dist/random.js';
import { mutate } from './mutate.js';
import { Random } from './random.js';

/** An input follows from the seed, the parser and its place, so that it can be had again. */
export function inputOf(parser, seed, name, index) {
  const random = new Random(hash(seed, index, ...Buffer.from(name)));
  const mutated = mutate(random.pick(parser.seeds), random, parser.seeds, parser.isText === true);
  return { bytes: parser.wrap === undefined ? mutated : parser.wrap(mutated, random), random };
}
