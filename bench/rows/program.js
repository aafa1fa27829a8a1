import { firstLoss, runProgram, throughputFlags } from '../measurements/program.js';
import { millrace } from '../measurements/training.js';
import { figure } from '../rounds.js';
import { TRANSPOSE } from '../setting.js';
import { figureRow, ratioRow } from './row.js';

/** `millrace train` against the engine that it runs, and the dashboard against none. */
export function programRows(setting) {
  const [none, dashboard] = ['none', 'dashboard'].map((ui) => {
    const run = () => runProgram(setting, { ui, flags: throughputFlags(setting) });
    return figure({ name: `millrace train, 2 threads, --ui ${ui}`, unit: 'images/s', run }, 'imagesPerSecond');
  });
  return [
    ratioRow({
      what: 'the whole program against the bare engine, 2 threads',
      measured: none,
      peers: [millrace(setting, TRANSPOSE, { threads: 2 })],
      ...{ unit: '%', bar: 0.9, stretch: 0.95 },
    }),
    ratioRow({
      what: 'with the dashboard drawing, against --ui none',
      ...{ measured: dashboard, peers: [none], unit: '%', bar: 0.97, stretch: 0.99 },
    }),
  ];
}

export function startRows(setting) {
  const run = () => firstLoss(setting);
  const measured = figure({ name: 'first loss event', unit: 'ms', run }, 'milliseconds');
  return [figureRow({ what: 'start to first loss event', measured, unit: 'ms', bar: 600, stretch: 300 })];
}
