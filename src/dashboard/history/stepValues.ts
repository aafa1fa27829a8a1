/** A value and the step from which on it holds, or at which it was measured. */
export interface StepValue {
  readonly step: number;
  readonly value: number;
}

/** The newest are kept. */
export const STEP_VALUES_KEPT = 1000;

/** With one more value; those of this step and later ones make way for it. */
export function withValue(values: readonly StepValue[], step: number, value: number): readonly StepValue[] {
  return [...valuesUpTo(values, step - 1), { step, value }].slice(-STEP_VALUES_KEPT);
}

/** A schedule changes the learning rate at every step: less than a hundredth is no change. */
const LEAST_CHANGE = 0.01;

/** With one more value where it differs from the last one by more than next to nothing. */
export function withChange(values: readonly StepValue[], step: number, value: number): readonly StepValue[] {
  const earlier = (values.at(-1)?.step ?? 0) < step ? values : valuesUpTo(values, step - 1);
  const last = earlier.at(-1)?.value ?? Number.NaN;
  return Math.abs(value - last) <= LEAST_CHANGE * Math.abs(last) ? earlier : withValue(earlier, step, value);
}

export function valuesUpTo(values: readonly StepValue[], step: number): readonly StepValue[] {
  return values.filter((earlier) => earlier.step <= step);
}

/** The last value at this step or before it. */
export function valueUpTo(values: readonly StepValue[], step: number): number | undefined {
  return valuesUpTo(values, step).at(-1)?.value;
}
