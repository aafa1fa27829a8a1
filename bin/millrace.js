#!/usr/bin/env node
// Syntax of Node 12, and no import but the check: a Node that is too old has to understand this file to say so.
import { nodeProblem } from './nodeProblem.js';

const problem = nodeProblem(process.versions.node);
if (problem === undefined) start();
else {
  process.stderr.write(`millrace: ${problem}\n`);
  process.exitCode = 1;
}

function start() {
  // React's development build leaks; it is chosen by this variable when Ink is first imported.
  process.env.NODE_ENV = 'production';
  // TensorFlow's own lines would fall between ours; it reads this only from the environment of the process.
  if (process.env.TF_CPP_MIN_LOG_LEVEL === undefined) process.env.TF_CPP_MIN_LOG_LEVEL = '2';
  import('../dist/program/main.js')
    .then((program) => program.main(process.argv.slice(2)))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
}
