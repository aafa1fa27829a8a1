import { millrace, pytorch } from '../measurements/training.js';
import { DENOISE, UPSAMPLE } from '../setting.js';
import { ratioRow } from './row.js';

/** The presets beside `transpose`. */
export function presetRows(setting) {
  return [UPSAMPLE, DENOISE].map((architecture) =>
    ratioRow({
      what: `${architecture.name}, 1 thread, against PyTorch 1 thread`,
      measured: millrace(setting, architecture),
      peers: [pytorch(setting, architecture)],
      ...{ bar: 5, stretch: 8 },
    }),
  );
}
