import { expect, test } from 'vitest';
import type { RunCommand } from '../../src/dashboard/intent.js';
import { stillPending } from '../../src/dashboard/pendingCommands.js';
import type { EventBody, MillraceEvent } from '../../src/events/schema.js';
import { recordedRun } from '../fixtures/events.js';

const [run] = recordedRun();
const event = (body: EventBody): MillraceEvent => ({ ...run!, ...body }) as MillraceEvent;
const asked = (...actions: RunCommand['action'][]): RunCommand[] =>
  actions.map((action) => ({ type: 'command', action }));
const left = (pending: readonly RunCommand[], ...bodies: EventBody[]) =>
  bodies
    .map(event)
    .reduce(stillPending, pending)
    .map(({ action }) => action);

test('a command is open until its event comes', () => {
  expect(left(asked('pause'), { type: 'loss', loss: 1, items: 1, learningRate: 1 })).toEqual(['pause']);
  expect(left(asked('pause', 'step'), { type: 'command', action: 'pause', from: 'keyboard' })).toEqual(['step']);
});

test('saving and testing are open until their result is there', () => {
  const began: EventBody[] = [
    { type: 'command', action: 'save', from: 'keyboard' },
    { type: 'command', action: 'evaluate', from: 'keyboard' },
  ];
  const results: EventBody[] = [
    { type: 'checkpoint', path: 'x', bytes: 1, durationMs: 1, best: false },
    { type: 'evaluation', testLoss: 1, items: 1, durationMs: 1 },
  ];
  expect(left(asked('save', 'evaluate'), ...began)).toEqual(['save', 'evaluate']);
  expect(left(asked('save', 'evaluate'), ...began, ...results)).toEqual([]);
});

test('of two that are the same, one event answers one', () => {
  expect(left(asked('step', 'step'), { type: 'command', action: 'step', from: 'keyboard' })).toEqual(['step']);
});

test('a warning that names a command, and the end, close what is open', () => {
  const refused: EventBody = { type: 'warning', code: 'X', message: 'The command save has no effect: no folder.' };
  expect(left(asked('save', 'pause'), refused)).toEqual(['pause']);
  expect(left(asked('save', 'pause'), { type: 'end', status: 'stopped', steps: 1, durationMs: 1 })).toEqual([]);
});
