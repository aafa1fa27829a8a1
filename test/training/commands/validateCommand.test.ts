import { expect, test } from 'vitest';
import type { Command } from '../../../src/events/commands/command.js';
import { type CommandContext, rejectionOf } from '../../../src/training/commands/validateCommand.js';

const context: CommandContext = {
  paused: false,
  epoch: 3,
  mostEpochs: Number.POSITIVE_INFINITY,
  canSave: true,
  canEvaluate: true,
  updatesLeft: true,
};

test.each<[Command, Partial<CommandContext>, RegExp]>([
  [{ action: 'pause' }, { paused: true }, /paused already/],
  [{ action: 'resume' }, {}, /not paused/],
  [{ action: 'step' }, {}, /only a paused training/],
  [{ action: 'step' }, { paused: true, updatesLeft: false }, /no update is left/],
  [{ action: 'save' }, { canSave: false }, /no folder to save into/],
  [{ action: 'evaluate' }, { canEvaluate: false }, /no test data/],
  [{ action: 'learningRate' }, {}, /a number above 0, not undefined/],
  [{ action: 'learningRate', value: 0 }, {}, /not 0/],
  [{ action: 'learningRate', value: Number.POSITIVE_INFINITY }, {}, /not Infinity/],
  [{ action: 'learningRate', value: Number.NaN }, {}, /not NaN/],
  [{ action: 'epochs' }, {}, /a whole number of 1 or more, not undefined/],
  [{ action: 'epochs', value: 2.5 }, {}, /not 2\.5/],
  [{ action: 'epochs', value: 2 }, {}, /epoch 3 has begun, the run cannot end after epoch 2/],
  [{ action: 'epochs', value: 4 }, { epoch: 1, mostEpochs: 1 }, /passes once/],
  [{ action: 'pause', value: 3 }, {}, /takes no value/],
])('%j has no effect where it makes no sense, and it is said why: %j', (command, present, reason) => {
  const rejection = rejectionOf(command, { ...context, ...present });
  expect(rejection).toMatch(reason);
  expect(rejection).toMatch(new RegExp(`^The command ${command.action} has no effect: .*\\.$`));
});

test.each<[Command, Partial<CommandContext>]>([
  [{ action: 'pause' }, {}],
  [{ action: 'resume' }, { paused: true }],
  [{ action: 'step' }, { paused: true }],
  [{ action: 'learningRate', value: 1e-9 }, {}],
  [{ action: 'epochs', value: 3 }, {}],
  [{ action: 'epochs', value: 300 }, {}],
  [{ action: 'save' }, {}],
  [{ action: 'evaluate' }, {}],
  [{ action: 'stop' }, { paused: true }],
  [{ action: 'abandon' }, { updatesLeft: false }],
])('%j takes effect where it makes sense: %j', (command, present) => {
  expect(rejectionOf(command, { ...context, ...present })).toBeUndefined();
});
