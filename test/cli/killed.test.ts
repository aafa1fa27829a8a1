// kill -9 at random moments of a real run: nothing is asked of the process, and nothing that was promised is lost.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { uniform } from '../../src/random.js';
import { cases, isWhole } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { eventsIn, modelIn, outcomeOf } from '../run/interrupted.js';
import { millrace, start, tinyJob } from './millrace.js';

const folder = temporaryFolder();
const SEED = 20261124;
const KILLS = cases(10, 1);
/** Of five updates, each of which is told: so much more than what lies between a killed process and its reader, some 300 kB. */
const EPOCHS = isWhole ? 600 : 400;
/** Of a life. */
const MOST_EVENTS = 150;
const random = uniform(SEED);
const job = [...tinyJob(folder, 100), '--threads', '1', '--epochs', `${EPOCHS}`, '--checkpoint-every', '7'];
const noisy = ['--shuffle', '--noise', '0.2'];

/**
 * Lets it run until a random number of events has come, and so many checkpoints, then kills it, wherever it is by then: on a busy
 * machine a random while may end before the first checkpoint in every life.
 * @returns true where it came to its end before
 */
async function killed(args: readonly string[], checkpoints = 0): Promise<boolean> {
  const { child, finished } = start(folder, ...args, '--ui', 'none', '--events', '-');
  child.stdin.end();
  const enough = 1 + Math.floor(MOST_EVENTS * random());
  let told = '';
  const count = (part: string): number => told.split(part).length - 1;
  const come = new Promise<void>((resolve) =>
    child.stdout.on('data', (text: Buffer | string) => {
      told += String(text);
      if (count('\n') >= enough && count('"type":"checkpoint"') >= checkpoints) resolve();
    }),
  );
  await Promise.race([come, finished]);
  child.kill('SIGKILL');
  const { code, stderr } = await finished;
  if (code !== null) expect([code, stderr]).toEqual([0, '']);
  return code !== null;
}

test('a run that is killed again and again comes to the bits of one that is not', { timeout: 60_000 }, async () => {
  await millrace(folder, 'train', ...job, ...noisy, '--output', 'whole', '--ui', 'none');
  // The first checkpoint is of the beginning: from the second on there is something to go on from.
  let isOver = await killed(['train', ...job, ...noisy, '--output', 'killed'], 2);
  for (let life = 1; life < KILLS && !isOver; life++) isOver = await killed(['train', '--resume', 'killed']);
  if (!isOver) expect(await millrace(folder, 'train', '--resume', 'killed', '--ui', 'none')).toMatchObject({ code: 0 });

  const [whole, again] = [eventsIn(join(folder, 'whole')), eventsIn(join(folder, 'killed'))];
  expect(outcomeOf(again)).toEqual(outcomeOf(whole));
  expect(await modelIn(join(folder, 'killed'))).toEqual(await modelIn(join(folder, 'whole')));
  expect(again.map(({ seq }) => seq)).toEqual(again.map((_, index) => index));
  expect(again.filter(({ type }) => type === 'run').length).toBeGreaterThan(1);
  expect(readdirSync(join(folder, 'killed')).filter((name) => /lock|partial/.test(name))).toEqual([]);
});
