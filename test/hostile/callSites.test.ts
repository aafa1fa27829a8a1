// Everywhere in the sources that something is started, imported or fetched: what a file says reaches none of these places.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = (readdirSync('src', { recursive: true }) as string[])
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('assembly'))
  .map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: withoutComments(readFileSync(join('src', path), 'utf8')),
  }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

function filesWith(pattern: RegExp): string[] {
  return sources
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort();
}

test('processes are started in two places: ps, to learn who has the terminal, and a command that the person has given', () => {
  expect(filesWith(/child_process|process\.binding|\bexecPath\b/)).toEqual([
    'streams/sinks/node/executeCommand.ts',
    'tui/screen/terminal.ts',
  ]);
  expect(readFileSync('src/tui/screen/terminal.ts', 'utf8').match(/exec\w*\(.*/g)).toEqual([
    expect.stringMatching(/^execFileSync\('ps', columns, /),
  ]);
  // What events say stands in the environment, never in the command.
  expect(readFileSync('src/streams/sinks/node/executeCommand.ts', 'utf8').match(/spawn\(.*/g)).toEqual([
    'spawn(command, {',
  ]);
});

test('no text is run as code', () => {
  // `eval()` without anything in it is PyTorch's, in the Python that an export writes.
  const patterns = 'cli/log/patterns/userPattern.ts';
  expect(filesWith(/\beval\([^)]|new Function\(|node:vm|\beval:/)).toEqual([patterns]);
  // There a pattern is given a limit of time; what runs is this line, whatever the pattern.
  expect(readFileSync(join('src', patterns), 'utf8').match(/new Script\(.{26}/g)).toEqual([
    'new Script(`[...line.matchAll(pattern',
  ]);
});

test('modules are imported by names that stand in the source, but one that the program itself names', () => {
  // What is optional is imported by a constant, so that the compiler does not need it.
  const optional = {
    'data/encodedImages/node/openDecoder.ts': 'sharp',
    'model/tfjs/node/loadTensorflow.ts': '@tensorflow/tfjs-node',
  };
  expect(filesWith(/\bimport\(\s*[^'\s]/)).toEqual([...Object.keys(optional), 'run/thread/loadOwnParts.ts']);
  for (const [file, name] of Object.entries(optional))
    expect(readFileSync(`src/${file}`, 'utf8')).toContain(`const PACKAGE: string = '${name}';`);
  expect(filesWith(/\brequire\(|createRequire/)).toEqual([]);
});

test('threads run files of ours', () => {
  const threads = sources.flatMap(({ text }) => text.match(/new Worker\(.*/g) ?? []);
  expect(threads.sort()).toEqual([
    expect.stringContaining('(code, { stdin: hasStdin'),
    expect.stringContaining('(code, { stdin: hasStdin'),
    expect.stringContaining('(kernelThread(), {'),
  ]);
});

test('the network is used where the download is, whose digests stand in the source, and for addresses that are given: a model, a port, a broker', () => {
  const network = filesWith(/\bfetch\(|node:https?|node:net|node:tls|node:dgram|node:dns|WebSocket/);
  // A fifo is read and written as a socket.
  const fifos = [
    'cli/commandFile/commandBytes.ts',
    'cli/watch/openRecordings.ts',
    'data/node/files/openFile.ts',
    'streams/sinks/node/fifo.ts',
  ];
  const serving = network.filter((path) => path.startsWith('streams/sinks/node/serve/'));
  expect(network.filter((path) => !fifos.includes(path) && !serving.includes(path))).toEqual([
    'data/node/download/resumableFetch.ts',
    'inference/fetchModel.ts',
    'streams/node/nats/natsClient.ts',
  ]);
  // A server answers, and asks nobody.
  for (const path of serving)
    expect(readFileSync(join('src', path), 'utf8')).not.toMatch(/\bfetch\(|\bconnect\(|request\(/);
  for (const path of fifos) expect(readFileSync(join('src', path), 'utf8')).toMatch(/new Socket\(\{ fd[:,] /);
});

test('no file is given a mode of its own', () => {
  expect(filesWith(/\bf?chmod|\b0o\d{3}\b|\bumask/)).toEqual([]);
});
