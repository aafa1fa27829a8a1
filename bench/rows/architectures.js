import { millrace, pytorch } from '../measurements/training.js';
import { OTHER_ARCHITECTURES } from '../setting.js';
import { geometricMean } from '../statistics.js';
import { ratioRow, together } from './row.js';

/** Twelve networks unlike the presets, one by one and together. */
export function architectureRows(setting) {
  const each = OTHER_ARCHITECTURES.map((architecture) =>
    ratioRow({
      what: `${architecture.name}, 1 thread, against PyTorch 1 thread`,
      measured: millrace(setting, architecture),
      peers: [pytorch(setting, architecture)],
    }),
  );
  return [
    together(each, { what: 'the twelve, geometric mean', combine: geometricMean, bar: 3, stretch: 5 }),
    together(each, { what: 'the twelve, the least', combine: (ratios) => Math.min(...ratios), bar: 1 }),
    ...each,
  ];
}
