import type { NamedTensors, OptimizerState } from '../../engine.js';
import { type ChosenOptimizer, chooseOptimizer } from '../../optimizers/optimizerOptions.js';
import { copyOptimizerState, freshOptimizerState } from '../../optimizers/optimizerState.js';
import type { OptimizerName } from '../../optimizers/optimizers.js';
import { updateWeights } from '../../optimizers/updateWeights.js';
import { assign, type ModelWeight, read } from './layersModels.js';
import type { LayersOptimizer } from './layersOptimizer.js';

/** One of Millrace's own: what it remembers stays in plain arrays. */
export function namedOptimizer(name: OptimizerName, weights: readonly ModelWeight[]): LayersOptimizer {
  const chosen: ChosenOptimizer = chooseOptimizer({ optimizer: name });
  const slotNames = chosen.optimizer.slots(chosen.settings);
  const specs = weights.map(({ name: weight, variable }) => ({ name: weight, shape: variable.shape }));
  let state: OptimizerState = freshOptimizerState(slotNames, specs);
  return {
    notSaved: undefined,
    update(gradients, learningRate) {
      const learning = weights.filter((weight) => gradients.has(weight.name));
      const values: NamedTensors = new Map(
        [...read(learning)].map(([weight, { shape, data }]) => [weight, { shape, data: data.slice() }]),
      );
      const arrays = new Map([...gradients].map(([weight, tensor]) => [weight, tensor.dataSync<'float32'>()]));
      state = updateWeights(chosen, values, arrays, state, learningRate);
      for (const weight of learning) assign(weight.variable, values.get(weight.name)!.data);
    },
    slots: () => state.slots,
    setSlots(slots, step) {
      state = copyOptimizerState(slotNames, specs, { step, slots });
    },
  };
}
