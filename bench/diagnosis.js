// Whether the diagnosis says what is wrong with a run, and nothing where nothing is.
//
//   node bench/diagnosis.js tune           the runs that the rules were made with
//   node bench/diagnosis.js judge          the runs that judge them
//   node bench/diagnosis.js healthy [200]  false alarms
//   node bench/diagnosis.js keep           the first ones as fixtures of the tests
import { alertsOf } from '../dist/dashboard/diagnosis/alerts.js';
import { initialState, reduce } from '../dist/dashboard/state.js';
import { JUDGING, TUNING } from './diagnosis/cases.js';
import { healthyRun } from './diagnosis/healthy.js';
import { keep } from './diagnosis/keep.js';
import { record } from './diagnosis/record.js';
import { table } from './table.js';

const [what = 'tune', count = '200'] = process.argv.slice(2);
if (what === 'tune') await score(TUNING);
else if (what === 'judge') await score(JUDGING);
else if (what === 'keep') for (const run of TUNING) await keep(run.name, await record(run));
else await falseAlarms(Number(count));

/** A run that is well may have a note, nothing worse; otherwise the first alert at the end has to be the right one. */
async function score(runs) {
  const rows = [];
  for (const run of runs) {
    const alerts = atTheEnd(await record(run));
    const [first] = alerts;
    const right = run.finding === undefined ? !alerts.some(isAlarm) : first?.rule === run.finding;
    rows.push([
      run.name,
      run.finding ?? 'none',
      alerts.map(({ rule }) => rule).join(', ') || 'none',
      right ? 'yes' : 'no',
    ]);
    console.error(`${run.name}: ${first?.sentences[0] ?? 'nothing'}`);
  }
  console.log(table([['run', 'what it has', 'what is found', 'right'], ...rows]));
  console.log(`\n${rows.filter(([, , , right]) => right === 'yes').length} of ${rows.length}`);
}

async function falseAlarms(runs) {
  const rows = [];
  const notes = {};
  for (let seed = 1; seed <= runs; seed++) {
    const run = healthyRun(seed);
    const raised = everRaised(await record(run));
    const alarms = raised.filter(isAlarm);
    for (const { rule } of raised.filter((alert) => !isAlarm(alert))) notes[rule] = (notes[rule] ?? 0) + 1;
    if (alarms.length === 0) continue;
    const { architecture, learningRate, limit, epochs, batchSize } = run.config;
    const network = architecture.name ?? architecture;
    rows.push([
      String(seed),
      `${network}, ${learningRate}, ${limit} images, ${epochs} epochs of ${batchSize}`,
      alarms.map(({ sentences }) => sentences[0]).join('; '),
    ]);
  }
  if (rows.length > 0) console.log(table([['seed', 'run', 'alarm'], ...rows]));
  console.log(`\n${rows.length} of ${runs} runs with a false alarm at any time; notes: ${JSON.stringify(notes)}`);
}

function isAlarm({ severity }) {
  return severity !== 'note';
}

function atTheEnd(events) {
  return alertsOf(events.reduce(reduce, initialState).alerts);
}

/** At any time, each rule once, at its worst. */
function everRaised(events) {
  const raised = new Map();
  let state = initialState;
  for (const event of events) {
    state = reduce(state, event);
    for (const alert of alertsOf(state.alerts))
      if (isAlarm(alert) || !raised.has(alert.rule)) raised.set(alert.rule, alert);
  }
  return [...raised.values()];
}
