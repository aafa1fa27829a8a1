#!/usr/bin/env node
// React's development build leaks; it is chosen by this variable when Ink is first imported.
process.env.NODE_ENV = 'production';
// TensorFlow's own lines would fall between ours; it reads this only from the environment of the process.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
const { main } = await import('../dist/program/main.js');
process.exitCode = await main(process.argv.slice(2));
