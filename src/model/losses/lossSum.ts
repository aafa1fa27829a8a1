// A loss as text: one of those that there are, or a sum of them with weights, `mse+0.2*ssim`.
import { OptionError } from '../../errors.js';
import { closestName } from '../../text/closestName.js';
import { quote } from '../../text/quote.js';
import { LOSSES, type LossName } from './losses.js';

/** A name, or a sum such as `mse+0.2*ssim`: names with positive weights before them, spaces as one likes. */
export type LossText = LossName | `${string}*${string}` | `${string}+${string}`;

/** A loss of a sum. */
export interface LossTerm {
  readonly name: LossName;
  readonly weight: number;
}

/** Kernels count in float32. */
const [LEAST, MOST] = [1e-6, 1e6];
const WEIGHT = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i;
const EXPECTED = `${LOSSES.slice(0, -1).join(', ')} or ${LOSSES.at(-1)}, or a sum of them such as mse+0.2*ssim`;

/** @throws OptionError where the text is no such sum */
export function parseLoss(text: unknown): readonly LossTerm[] {
  if (typeof text !== 'string') throw refused(text, `Give the name of a loss, such as 'mse'.`);
  const terms = text.split('+').map((term) => parseTerm(term.trim(), text));
  const twice = terms.find(({ name }, at) => terms.findIndex((other) => other.name === name) < at);
  if (twice !== undefined) throw refused(text, `${twice.name} stands there twice: add up its weights.`);
  return terms;
}

/** The same sum always in the same text; `parseLoss` reads it. */
export function lossText(terms: readonly LossTerm[]): LossText {
  return terms.map(({ name, weight }) => (weight === 1 ? name : `${weight}*${name}`)).join('+') as LossText;
}

function parseTerm(term: string, text: string): LossTerm {
  const parts = term.split('*').map((part) => part.trim());
  const [name = '', weight = '1'] = parts.toReversed();
  if (parts.length > 2) throw refused(text, `In ${quote(term)} there is more than a weight and a name.`);
  if (!isLossName(name)) throw refused(text, adviceFor(name));
  const number = WEIGHT.test(weight) ? Number(weight) : Number.NaN;
  if (!(number >= LEAST && number <= MOST))
    throw refused(text, `The weight of ${name} is a number from ${LEAST} to ${MOST}, not ${quote(weight)}.`);
  return { name, weight: number };
}

function isLossName(name: string): name is LossName {
  return (LOSSES as readonly string[]).includes(name);
}

function adviceFor(name: string): string {
  const near = closestName(name, LOSSES);
  if (near !== undefined) return `Did you mean ${near}?`;
  return name === '' ? 'A name is missing.' : `There is no loss ${quote(name)}.`;
}

function refused(text: unknown, advice: string): OptionError {
  return new OptionError('loss', text, EXPECTED, advice);
}
