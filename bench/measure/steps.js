// A process of its own: images a second of one of Millrace's engines. Argument: a task as JSON.
import { absentOr, createTrainer } from './trainer.js';

async function measure(task) {
  const { engine, train } = await createTrainer(task);
  let step = 0;
  const trainFor = (seconds) => {
    const [begun, first] = [performance.now(), step];
    let elapsed = 0;
    while (elapsed < seconds * 1000) {
      train(step++);
      elapsed = performance.now() - begun;
    }
    return { elapsed, images: (step - first) * task.batchSize };
  };
  trainFor(task.warmUpSeconds);
  const cpuBefore = process.cpuUsage();
  const { elapsed, images } = trainFor(task.seconds);
  const { user, system } = process.cpuUsage(cpuBefore);
  const { name, backend, threads } = engine.description;
  engine.dispose();
  return {
    imagesPerSecond: (images / elapsed) * 1000,
    cpuPerWall: (user + system) / 1000 / elapsed,
    about: `${name} ${backend}, threads ${threads}`,
  };
}

process.stdout.write(JSON.stringify(await measure(JSON.parse(process.argv[2])).catch(absentOr)));
