// A run in Weights & Biases, whose Python library gets the events as lines. MODULE=trackio takes that one, which has the same names.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { run, writableSink } from 'millrace';
import { lastValueFrom } from 'rxjs';

const program = `
import importlib, json, os, sys
board = importlib.import_module(os.environ.get("MODULE", "wandb"))
for line in sys.stdin:
    event = json.loads(line)
    kind, step = event["type"], event["step"]
    if kind == "run":
        board.init(project="millrace", name=event["run"], config=event["config"])
    elif kind == "loss":
        board.log({"loss": event["loss"], "learning_rate": event["learningRate"]}, step=step)
    elif kind == "epoch":
        board.log({"train_loss": event["trainLoss"], "test_loss": event.get("testLoss")}, step=step)
board.finish()
`;

const python = spawn(process.env.PYTHON ?? 'python3', ['-c', program], { stdio: ['pipe', 'inherit', 'inherit'] });
const over = once(python, 'exit');
const sink = writableSink(python.stdin, { name: 'wandb' });
await lastValueFrom(run({ limit: 200, epochs: 2, output: false }, { sinks: [sink] }));
await sink.close();
const [exitCode] = await over;
console.log(`Python has ended with ${exitCode}`);
