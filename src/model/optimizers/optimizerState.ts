import { OptionError, WeightsError } from '../../errors.js';
import { copyTensors } from '../copyTensors.js';
import type { NamedTensors, OptimizerSlots, OptimizerState } from '../engine.js';
import { isTrained, type WeightSpec } from '../layers/definition/layerDefinition.js';
import { shapeSize } from '../layers/definition/layerShape.js';

/** An optimizer before its first update. @param slots their names @param specs the network's weights */
export function freshOptimizerState(slots: readonly string[], specs: readonly WeightSpec[]): OptimizerState {
  return { step: 0, slots: slotsOf(slots, () => zeros(specs.filter(isTrained))) };
}

/**
 * A copy of what an optimizer remembers.
 * @param slots the names of what it has to have
 * @throws OptionError where the step is no number of updates; WeightsError `WEIGHTS_MISMATCH` where the state is another optimizer's,
 *   or of another network
 */
export function copyOptimizerState(
  slots: readonly string[],
  expected: readonly WeightSpec[],
  state: OptimizerState,
): OptimizerState {
  const { step } = state;
  if (!(Number.isInteger(step) && step >= 0)) throw new OptionError('step', step, 'a whole number, 0 or more');
  requireSlots(slots, state.slots);
  return { step, slots: slotsOf(slots, (slot) => copyTensors(expected, state.slots[slot]!)) };
}

export function slotsOf(names: readonly string[], tensors: (slot: string) => NamedTensors): OptimizerSlots {
  return Object.fromEntries(names.map((name) => [name, tensors(name)]));
}

function requireSlots(expected: readonly string[], found: OptimizerSlots): void {
  const names = Object.keys(found);
  if (names.length === expected.length && expected.every((slot) => names.includes(slot))) return;
  throw new WeightsError({
    code: 'WEIGHTS_MISMATCH',
    problem: 'the state is of another optimizer',
    expected: expected.join(' and ') || 'nothing that is remembered',
    actual: names.join(' and ') || 'nothing that is remembered',
    advice: 'Use the optimizer that the weights were trained with.',
  });
}

function zeros(specs: readonly WeightSpec[]): NamedTensors {
  return new Map(specs.map(({ name, shape }) => [name, { shape, data: new Float32Array(shapeSize(shape)) }]));
}
