import { spawn } from '@lydell/node-pty';

/** Runs a program to its end on a pseudo-terminal of 120 × 40 that has everything; no one looks at it. */
export function runOnTerminal(command, args, { cwd, env, timeLimit }) {
  const terminal = spawn(command, args, {
    ...{ cols: 120, rows: 40, cwd },
    env: { ...process.env, CI: 'false', TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', ...env },
  });
  const kill = () => terminal.kill('SIGKILL');
  const timer = setTimeout(kill, timeLimit);
  process.on('exit', kill);
  terminal.onData(() => {});
  return new Promise((resolve, reject) => {
    terminal.onExit(({ exitCode, signal }) => {
      clearTimeout(timer);
      process.off('exit', kill);
      if (exitCode === 0) resolve();
      else reject(new Error(`exit ${exitCode}, signal ${signal}`));
    });
  });
}
