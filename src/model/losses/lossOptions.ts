import { OptionError } from '../../errors.js';
import { wrongChoice } from '../../options.js';
import type { Network } from '../architecture.js';
import { activationOf } from '../layers/layers.js';
import { isOpaque } from '../opaqueNetwork.js';
import type { Loss, LossSettings } from './loss.js';
import { LOSSES, type LossName, losses } from './losses.js';

/** What training makes as small as it can, as a user says it. */
export interface LossOptions {
  /** `mse`, `mae`, `huber`, or `bce` where the network's last activation is sigmoid. @default 'mse' */
  readonly loss?: LossName | undefined;
  /** huber: how far from the target the loss begins to grow straight, above 0; 1 is all of the brightness. @default 1 */
  readonly huberDelta?: number | undefined;
}

/** Names of all options of losses. */
export const LOSS_OPTIONS = ['loss', 'huberDelta'] as const satisfies readonly (keyof LossOptions)[];

export const HUBER_DELTA = {
  expected: 'a finite number above 0',
  isValid: (value: unknown): boolean => typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY,
};

/** A loss with all its settings. */
export interface ChosenLoss {
  readonly name: LossName;
  readonly loss: Loss;
  readonly settings: LossSettings;
}

/**
 * The loss that options ask for.
 * @throws OptionError for an option that is out of range, or that the loss does not have
 */
export function chooseLoss({ loss: name = 'mse', huberDelta }: LossOptions): ChosenLoss {
  if (!LOSSES.includes(name)) throw wrongChoice('loss', name, LOSSES);
  if (huberDelta !== undefined && !HUBER_DELTA.isValid(huberDelta))
    throw new OptionError('huberDelta', huberDelta, HUBER_DELTA.expected);
  if (huberDelta !== undefined && name !== 'huber')
    throw new OptionError('huberDelta', huberDelta, `nothing with the loss ${name}`, 'Leave it out, or take huber.');
  const settings = { huberDelta: huberDelta ?? 1 };
  return { name, loss: losses[name](settings), settings };
}

/** @throws OptionError where the loss is not defined for all that the network may put out */
export function requireFittingLoss({ name, loss }: ChosenLoss, network: Network): void {
  if (loss.isOfShares !== true || isOpaque(network)) return;
  const activations = [...network.encoder, ...network.decoder].flatMap(({ layer }) => activationOf(layer) ?? []);
  const last = activations.at(-1) ?? 'none';
  if (last === 'sigmoid') return;
  const expected = `a network whose last activation is sigmoid (it is ${last})`;
  throw new OptionError('loss', name, expected, 'End the network with sigmoid, or take mse, mae or huber.');
}
