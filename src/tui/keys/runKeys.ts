// Keys that ask something of the run.
import { type KeyBinding, limitedTo } from './binding.js';

export type RunAction =
  | 'pause'
  | 'resume'
  | 'step'
  | 'save'
  | 'evaluate'
  | 'rateUp'
  | 'rateDown'
  | 'rateUndo'
  | 'endEpoch'
  | 'quit'
  | 'abandon';

type RunBinding = KeyBinding<RunAction>;

const quit = { action: 'quit', keys: ['q', 'Q', 'ctrl-c'], shown: 'q ctrl-c' } as const;

const GOING: readonly RunBinding[] = [
  { action: 'save', keys: ['s'], shown: 's', help: 'Save the model now', hint: ['save', 4] },
  { action: 'evaluate', keys: ['e'], shown: 'e', help: 'Measure the test loss now', hint: ['test', 7] },
  { action: 'rateUp', keys: ['+', '='], shown: '+', help: 'Double the learning rate', hint: ['double rate', 8] },
  { action: 'rateDown', keys: ['-', '_'], shown: '-', help: 'Halve the learning rate', hint: ['halve rate', 8] },
  { action: 'rateUndo', keys: ['u'], shown: 'u', help: 'Learning rate as before' },
  { action: 'endEpoch', keys: ['x'], shown: 'x', help: 'Finish this epoch and end' },
];

export const RUN_KEYS: readonly RunBinding[] = [
  ...limitedTo({ mode: 'live', phases: ['running'] }, [
    { action: 'pause', keys: ['space'], shown: 'space', help: 'Pause the training', hint: ['pause', 3] },
  ]),
  ...limitedTo({ mode: 'live', phases: ['paused'] }, [
    { action: 'resume', keys: ['space'], shown: 'space', help: 'Resume the training', hint: ['resume', 3] },
    { action: 'step', keys: ['.'], shown: '.', help: 'Train one step', hint: ['one step', 4] },
  ]),
  ...limitedTo({ mode: 'live', phases: ['running', 'paused'] }, GOING),
  ...limitedTo({ mode: 'live', phases: ['waiting', 'running', 'paused'] }, [
    { ...quit, help: 'Finish this step and end', hint: ['finish', 0] },
  ]),
  ...limitedTo({ mode: 'live', phases: ['stopping'] }, [
    { ...quit, help: 'Leave at once', hint: ['leave at once', 0] },
  ]),
  ...limitedTo({ mode: 'live', phases: ['ended'] }, [{ ...quit, help: 'Close the dashboard', hint: ['close', 0] }]),
  ...limitedTo({ mode: 'live', phases: ['running', 'paused', 'stopping'] }, [
    { action: 'abandon', keys: ['A'], shown: 'A', help: 'End at once (asks first)' },
  ]),
];
