import { OptionError } from '../../errors.js';
import type { Network } from '../architecture.js';
import { activationOf, type LayerType } from '../layers/layers.js';
import { isOpaque } from '../opaqueNetwork.js';
import { isImageLoss, type Loss, type LossSettings } from './loss.js';
import { losses } from './losses.js';
import { type LossTerm, type LossText, lossText, parseLoss } from './lossSum.js';

/** What training makes as small as it can, as a user says it. */
export interface LossOptions {
  /**
   * `mse`, `mae`, `huber`, `ssim`, `bce` where the network's last activation is sigmoid, or a sum of them with weights from 0.000001 to 1000000:
   * `mse+0.2*ssim`.
   * @default 'mse'
   */
  readonly loss?: LossText | undefined;
  /** huber: how far from the target the loss begins to grow straight, above 0; 1 is all of the brightness. @default 1 */
  readonly huberDelta?: number | undefined;
}

/** Names of all options of losses. */
export const LOSS_OPTIONS = ['loss', 'huberDelta'] as const satisfies readonly (keyof LossOptions)[];

export const HUBER_DELTA = {
  expected: 'a finite number above 0',
  isValid: (value: unknown): boolean => typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY,
};

/** A loss of a sum, with its formulas. */
export interface ChosenTerm extends LossTerm {
  readonly loss: Loss;
}

/** A loss with all its settings: a sum, mostly of one. */
export interface ChosenLoss {
  readonly name: LossText;
  readonly terms: readonly ChosenTerm[];
  readonly settings: LossSettings;
}

/** Whether it is the mean squared error itself, and none beside it is wanted. */
export function isMeanSquaredError({ name }: Pick<ChosenLoss, 'name'>): boolean {
  return name === 'mse';
}

/**
 * The loss that options ask for.
 * @throws OptionError for an option that is out of range, or that the loss does not have
 */
export function chooseLoss({ loss = 'mse', huberDelta }: LossOptions): ChosenLoss {
  const terms = parseLoss(loss);
  const name = lossText(terms);
  if (huberDelta !== undefined && !HUBER_DELTA.isValid(huberDelta))
    throw new OptionError('huberDelta', huberDelta, HUBER_DELTA.expected);
  if (huberDelta !== undefined && terms.every((term) => term.name !== 'huber'))
    throw new OptionError('huberDelta', huberDelta, `nothing with the loss ${name}`, 'Leave it out, or take huber.');
  const settings = { huberDelta: huberDelta ?? 1 };
  return { name, terms: terms.map((term) => ({ ...term, loss: losses[term.name](settings) })), settings };
}

/** What may come to other values than 0 to 1 though all that goes in lies there. */
const LEAVES_SHARES: ReadonlySet<LayerType> = new Set(['add', 'concatenate', 'dropout', 'gaussianNoise'] as const);

/** @throws OptionError where the loss is not defined for all that the network may put out */
export function requireFittingLoss({ name, terms }: ChosenLoss, network: Network): void {
  const isOfShares = terms.some(({ loss }) => !isImageLoss(loss) && loss.isOfShares === true);
  if (!isOfShares || isOpaque(network)) return;
  const layers = [...network.encoder, ...network.decoder];
  const at = layers.findLastIndex(({ layer }) => activationOf(layer) !== undefined);
  const last = (at >= 0 && activationOf(layers[at]!.layer)) || 'none';
  const leaving = layers.slice(at + 1).find(({ layer: { type } }) => LEAVES_SHARES.has(type));
  if (last === 'sigmoid' && leaving === undefined) return;
  const expected =
    last === 'sigmoid'
      ? `a network whose output lies from 0 to 1 (${leaving!.name}, ${leaving!.layer.type}, comes after the last sigmoid)`
      : `a network whose last activation is sigmoid (it is ${last})`;
  throw new OptionError('loss', name, expected, 'End the network with sigmoid, or take mse, mae or huber.');
}
