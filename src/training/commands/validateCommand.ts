import type { Command } from '../../events/commands/command.js';

/** What decides whether a command makes sense now. */
export interface CommandContext {
  readonly paused: boolean;
  /** Of the last update; counts from 1. */
  readonly epoch: number;
  /** More than these the data do not allow. */
  readonly mostEpochs: number;
  readonly canSave: boolean;
  readonly canEvaluate: boolean;
  /** There is another update to do, as far as can be known. */
  readonly updatesLeft: boolean;
}

/** Why a command makes no sense now, as a sentence; `undefined` where it does. */
export function rejectionOf(command: Command, context: CommandContext): string | undefined {
  const reason = rejectionReason(command, context);
  return reason && `The command ${command.action} has no effect: ${reason}.`;
}

function rejectionReason({ action, value }: Command, context: CommandContext): string | undefined {
  if (action === 'learningRate') return isRate(value) ? undefined : `a learning rate is a number above 0, not ${value}`;
  if (action === 'epochs') return epochsRejection(value, context);
  if (value !== undefined) return 'it takes no value';
  if (action === 'pause' && context.paused) return 'the training is paused already';
  if (action === 'resume' && !context.paused) return 'the training is not paused';
  if (action === 'step' && !context.paused) return 'only a paused training goes step by step';
  if (action === 'step' && !context.updatesLeft) return 'no update is left to do';
  if (action === 'save' && !context.canSave)
    return 'nothing is kept of this run, there is no folder to save into, or the engine gives no weights';
  if (action === 'evaluate' && !context.canEvaluate) return 'there are no test data, or the engine cannot evaluate';
  return undefined;
}

function epochsRejection(value: number | undefined, { epoch, mostEpochs }: CommandContext): string | undefined {
  if (value === undefined || !Number.isSafeInteger(value) || value < 1)
    return `the number of epochs is a whole number of 1 or more, not ${value}`;
  if (value < epoch) return `epoch ${epoch} has begun, the run cannot end after epoch ${value}`;
  if (value > mostEpochs) return 'the data come from a stream, which passes once';
  return undefined;
}

function isRate(value: number | undefined): boolean {
  return value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY;
}
