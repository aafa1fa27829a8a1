import { runProgram } from '../measurements/program.js';
import { SAMPLE } from '../options.js';
import { figure } from '../rounds.js';
import { figureRow } from './row.js';

/** The notebook's run from start to end; the bars are for all 60,000 images, so for `--data`. */
export function thirtyEpochRows(setting) {
  const { data, quick } = setting.options;
  const flags = ['--data', data, '--threads', '2', ...(quick ? ['--limit', '200'] : [])];
  const measurement = {
    name: 'millrace train, 30 epochs',
    unit: 's',
    run: () => runProgram(setting, { ui: 'none', flags }),
  };
  const whole = data !== SAMPLE && !quick;
  const row = (what, key, { unit, ...bars }) =>
    figureRow({ what, measured: figure(measurement, key, unit), unit, ...(whole && bars) });
  return [
    row('30 epochs, start to end', 'seconds', { unit: 's', bar: 60, stretch: 35 }),
    row('RSS through 30 epochs, most', 'rssMost', { unit: 'MB', bar: 250 }),
    row('RSS at the end, against a quarter of the way', 'rssGrowth', { unit: '×', bar: 1.1 }),
    row('RSS at the first reading', 'rssFirst', { unit: 'MB' }),
    row('RSS at the last reading', 'rssLast', { unit: 'MB' }),
  ];
}
