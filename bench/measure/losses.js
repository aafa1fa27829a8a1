// A process of its own: the losses of each network's first updates, for a peer to compare. Argument: the path of a JSON
// list of tasks.
import { readFileSync } from 'node:fs';
import { absentOr, createTrainer } from './trainer.js';

async function losses(task) {
  const { engine, train } = await createTrainer(task);
  const result = Array.from({ length: task.updates }, (_, step) => train(step));
  engine.dispose();
  return result;
}

async function lossesOf(tasks) {
  const results = [];
  for (const task of tasks) results.push(await losses(task));
  return { losses: results };
}

process.stdout.write(JSON.stringify(await lossesOf(JSON.parse(readFileSync(process.argv[2], 'utf8'))).catch(absentOr)));
