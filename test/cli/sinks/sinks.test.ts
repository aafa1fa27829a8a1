import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { valuesOf } from '../../fixtures/tensorboardFile.js';
import { type Finished, millrace, tinyJob } from '../millrace.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--epochs', '2', '--ui', 'plain'];
const all = (name: string): string[] => [
  ...['--tensorboard', `${name}-logs`, '--csv', `${name}.csv`, '--png', `${name}-samples`],
];
let trained: Finished;

beforeAll(async () => {
  trained = await millrace(
    folder,
    ...job,
    '--name',
    'a b',
    ...all('train'),
    '--on-end',
    'echo $MILLRACE_STATUS; exit 4',
  );
});

function lossesIn(name: string): number {
  const logs = join(folder, `${name}-logs`);
  const [run = ''] = readdirSync(logs);
  expect(run).toMatch(/^a-b-\d{8}-\d{6}-\w{4}$/);
  const [file = ''] = readdirSync(join(logs, run));
  return valuesOf(join(logs, run, file)).filter(({ tag }) => tag === 'loss/batch').length;
}

test('several at once: each gets every event, and a command its turn at the end', () => {
  expect(lossesIn('train')).toBe(20);
  expect(readFileSync(join(folder, 'train.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(21);
  expect(readdirSync(join(folder, 'train-samples'))).toContain('step-00000020.png');
  expect(trained.stderr).toContain('completed after 20 steps');
  expect(trained.stderr).toMatch(/\ncompleted\n--on-end: .*it ended with exit code 4\..*\n$/);
  expect(trained.code).toBe(0);
});

test('watch writes the same of a run that is there', async () => {
  const { code, stderr } = await millrace(
    folder,
    'watch',
    'a b',
    ...all('watch'),
    '--on-end',
    'echo $MILLRACE_RUN_FOLDER',
  );
  expect(stderr).toMatch(new RegExp(`${folder}/runs/[\\w-]+\n$`));
  expect(code).toBe(0);
  expect(lossesIn('watch')).toBe(20);
  for (const table of ['.csv', '-epochs.csv'])
    expect(readFileSync(join(folder, `watch${table}`))).toEqual(readFileSync(join(folder, `train${table}`)));
  const again = await millrace(folder, 'watch', 'a b', '--tensorboard', 'watch-logs');
  expect(again.stderr).toMatch(/--tensorboard gets nothing more: .*events of this run are here already/);
  expect(again.code).toBe(1);
});

test('a place that cannot be written is told before the run, and nothing is left of it', async () => {
  const refused = await millrace(folder, ...job, '--tensorboard', 'new-logs', '--csv', 'train.csv');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^millrace: train.csv: .*already holds/) });
  expect(existsSync(join(folder, 'new-logs'))).toBe(false);
  const lost = await millrace(folder, 'train', '--data', 'nowhere', ...all('lost'), '--on-end', 'echo never');
  expect(lost.stderr).not.toContain('never');
  expect(readdirSync(folder).filter((name) => name.startsWith('lost'))).toEqual([]);
});

test.each([
  [['train', '--csv', '-'], '--csv: expected a file, found "-"'],
  [['train', '--png', ''], '--png: expected a folder'],
  [['train', '--on-end', ' '], '--on-end: expected a command'],
  [['watch', '--once', '--csv', 'x'], '--csv: expected nothing but what belongs to --once'],
  [['watch', 'one', 'two', '--png', 'x'], '--png: expected one run beside it'],
])('refuses %j', async (args, sentence) => {
  const { code, stderr } = await millrace(folder, ...args);
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});

test('a run goes on when a sink fails in its middle', async () => {
  const [run = ''] = readdirSync(join(folder, 'train-logs'));
  mkdirSync(join(folder, 'blocked'));
  writeFileSync(join(folder, 'blocked', run), 'a file in the place of a folder');
  const resume = ['train', '--resume', 'a b', '--epochs', '3', '--ui', 'plain'];
  const { code, stderr } = await millrace(folder, ...resume, '--tensorboard', 'blocked', '--csv', 'third.csv');
  expect(stderr).toMatch(/--tensorboard gets nothing more: .*a folder is needed, and there is a file/);
  expect(stderr).toContain('completed after 30 steps');
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'third.csv'), 'utf8').split('\n')).toHaveLength(12);
});
