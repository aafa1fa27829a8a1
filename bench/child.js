// Every measurement is a process of its own, so that compilers, threads and memory begin alike.
import { spawn } from 'node:child_process';

const TIME_LIMIT = 300_000;

/** What is to be measured is not on this machine; the message says how to get it. */
export class Absent extends Error {}

/**
 * Runs a program that prints one JSON value, and nothing else, to stdout. `{ "absent": "why" }` stands for a missing peer.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, install?: string }} options `install`: how to get what is absent
 * @throws {Absent} when the program or what it needs is missing
 */
export async function runJson(command, args, { env, install = '', timeLimit = TIME_LIMIT } = {}) {
  const texts = [];
  await run(command, args, { env, install, timeLimit, onText: (text) => texts.push(text) });
  const result = JSON.parse(texts.join(''));
  if (result.absent !== undefined) throw new Absent([result.absent, install].filter(Boolean).join('; '));
  return result;
}

/**
 * Runs a program to its end; it does not outlive this process.
 *
 * @param {{ onText?: (text: string, child: import('node:child_process').ChildProcess) => void }} options `onText`: hears stdout
 * @throws {Absent} when there is no such program
 */
export function run(command, args, { env = {}, install = '', timeLimit = TIME_LIMIT, cwd, onText = () => {} } = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(kill, timeLimit);
  process.on('exit', kill);
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => onText(text, child));
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-5000);
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(error.code === 'ENOENT' ? new Absent(`no program ${command}; ${install}`) : error),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${errors.trimEnd().split('\n').at(-1)} (${code ?? signal})`));
    });
  });
  return ended.finally(() => {
    clearTimeout(timer);
    process.off('exit', kill);
  });
}
