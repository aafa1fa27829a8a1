import { millrace, pytorch } from '../measurements/training.js';
import { OTHER_TRAININGS } from '../setting.js';
import { geometricMean } from '../statistics.js';
import { ratioRow, together } from './row.js';

/** Twelve trainings with layers, losses and optimizers unlike the presets', one by one and together. */
export function trainingRows(setting) {
  const each = OTHER_TRAININGS.map(({ architecture, learning }) =>
    ratioRow({
      what: `${architecture.name}, 1 thread, against PyTorch 1 thread`,
      measured: millrace(setting, architecture, { learning }),
      peers: [pytorch(setting, architecture, 1, { learning })],
    }),
  );
  return [
    together(each, { what: 'the twelve trainings, geometric mean', combine: geometricMean, bar: 3 }),
    together(each, { what: 'the twelve trainings, the least', combine: (ratios) => Math.min(...ratios), bar: 1.2 }),
    ...each,
  ];
}
