import type { Network } from '../../architecture.js';
import { chooseLoss, type LossOptions } from '../../losses/lossOptions.js';
import type { KernelCall } from './kernelCall.js';
import { type NetworkPlan, planNetwork } from './planNetwork.js';

/** One kernel call of an update. */
export type PlannedKernel = Omit<KernelCall, 'write' | 'isWhole'>;

/** What the engine does in one update of a network, in order. */
export function describePlan(network: Network, options: LossOptions = {}): readonly PlannedKernel[] {
  return planNetwork(network, { threads: 1, slots: 0, loss: chooseLoss(options) }).steps.map(
    ({ write: _, isWhole: __, ...described }) => described,
  );
}

/** A phrase for each layer or group of layers that is computed together: which kernels, in their order. */
export function planSummary({ steps }: NetworkPlan): readonly string[] {
  const kernels = new Map<string, Set<string>>();
  for (const { layers, kernel } of steps) kernels.set(layers, (kernels.get(layers) ?? new Set()).add(kernel));
  return [...kernels].map(([layers, names]) => `${layers}: ${[...names].join(', ')}`);
}
