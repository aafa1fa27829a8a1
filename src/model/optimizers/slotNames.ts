// What an optimizer's slots are called in a checkpoint, where they stand beside the weights.

/** The slots of Adam, which is the optimizer where nothing else is said. */
export const ADAM_SLOTS: readonly string[] = ['firstMoments', 'secondMoments'];

/** As they were called when Adam was the only optimizer. */
const ADAM_PREFIXES: Readonly<Record<string, string>> = { firstMoments: 'adam.m.', secondMoments: 'adam.v.' };

/** What stands before the weight's name in the name of a slot's tensor. */
export function slotPrefix(slot: string): string {
  return ADAM_PREFIXES[slot] ?? `optimizer.${slot}.`;
}

/** Whether a tensor is a slot's, and no weight. */
export function isSlotTensor(name: string): boolean {
  return /^(adam\.[mv]|optimizer\.[A-Za-z0-9]+)\./.test(name);
}

/** Whether a slot may be called so. */
export function isSlotName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(name);
}
