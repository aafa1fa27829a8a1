// `npm run tfjs-node:build`: native TensorFlow where tfjs-node's prebuilt addon cannot be downloaded. Linux x64.
// Compiles the addon of tfjs-node against TensorFlow's C library, which comes out of the wheel that PyPI has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';

const TFJS_NODE = '@tensorflow/tfjs-node@4.22.0';
// The last TensorFlow whose C interface tfjs-node 4.22 compiles against is not documented; 2.15.1 is known to work.
const WHEEL = 'tensorflow-cpu==2.15.1';
const NODE_API_HEADERS = 'node-api-headers@^1.9.0';
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const require = createRequire(import.meta.url);
const interruption = new AbortController();

class BuildError extends Error {}

/** Runs a program to its end. `quiet` keeps its lines back unless it fails. */
function run(program, args, { quiet = false, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const output = [];
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      signal: interruption.signal,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) return resolve();
      reject(new BuildError(`${program} ${args[0]} failed.\n${Buffer.concat(output).toString().slice(-2000)}`.trim()));
    });
  });
}

const succeeds = (program, args) =>
  run(program, args, { quiet: true }).then(
    () => true,
    () => interruption.signal.throwIfAborted() ?? false,
  );

/** A fresh process, because an addon that failed to load once stays so; it multiplies, so the libraries are there too. */
const TRIAL = `
  const util = require('node:util');
  util.isNullOrUndefined ??= (value) => value == null; // Node 23 removed it
  const tf = require('@tensorflow/tfjs-node');
  if (tf.matMul([[2]], [[3]]).dataSync()[0] !== 6) process.exit(1);
`;
const loads = (root) =>
  run(process.execPath, ['-e', TRIAL], { quiet: true, cwd: root }).then(
    () => undefined,
    (error) => interruption.signal.throwIfAborted() ?? error,
  );

/** The folder whose node_modules holds TensorFlow.js: this project, or the one that this package is installed in. */
function installationRoot() {
  const core = require.resolve('@tensorflow/tfjs-core/package.json');
  return core.slice(0, core.lastIndexOf(`${sep}node_modules${sep}`));
}

async function checkMachine() {
  const { glibcVersionRuntime } = process.report.getReport().header;
  if (process.platform !== 'linux' || process.arch !== 'x64' || glibcVersionRuntime === undefined) {
    const found = `${process.platform} ${process.arch}${process.platform === 'linux' ? ' without glibc' : ''}`;
    throw new BuildError(`This recipe is for Linux x64 with glibc; this is ${found}. The wasm backend needs no build.`);
  }
  if (!(await succeeds('python3', ['-m', 'pip', '--version'])))
    throw new BuildError('python3 with pip is missing: it fetches TensorFlow. On Debian: apt-get install python3-pip');
  if (!(await succeeds('g++', ['--version'])))
    throw new BuildError('g++ is missing: it compiles the addon. On Debian: apt-get install g++');
}

/** Puts TensorFlow's two libraries and its headers into `folder`. */
async function fetchTensorflow(folder) {
  const target = ['--python-version', '311', '--platform', 'manylinux2014_x86_64', '--only-binary=:all:', '--no-deps'];
  await run('python3', ['-m', 'pip', 'download', '--disable-pip-version-check', ...target, '-d', folder, WHEEL]);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  const extract = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wanted = [name for name in wheel.namelist() if name.startswith('tensorflow/include/') or name[11:] in sys.argv[3:]]
    wheel.extractall(sys.argv[2], wanted)`;
  await run('python3', ['-c', extract, join(folder, wheel), folder, ...LIBRARIES]);
  await rm(join(folder, wheel));
}

/** Compiles into `staging` beside the place where the addon goes, so that the last step is two renames. */
async function compile(tensorflow, tfjsNode, staging) {
  const libraries = join(staging, 'deps', 'lib');
  await mkdir(libraries, { recursive: true });
  for (const name of LIBRARIES) await run('mv', [join(tensorflow, name), libraries]);
  const napi = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  await run(
    'g++',
    [
      ...['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
      ...['-I', napi, '-I', join(tensorflow, 'include'), '-I', '.'],
      ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'],
      ...['-L', libraries, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib'],
      ...['-o', join(staging, 'tfjs_binding.node')],
    ],
    { cwd: tfjsNode, quiet: true },
  );
}

async function putInPlace(tfjsNode, staging) {
  const lib = join(tfjsNode, 'lib', 'napi-v8');
  await rm(join(tfjsNode, 'deps'), { recursive: true, force: true });
  await mkdir(lib, { recursive: true });
  await rename(join(staging, 'deps'), join(tfjsNode, 'deps'));
  await rename(join(staging, 'tfjs_binding.node'), join(lib, 'tfjs_binding.node'));
}

async function build(root) {
  await checkMachine();
  const temporary = await mkdtemp(join(tmpdir(), 'millrace-tfjs-node-'));
  const tfjsNode = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  const staging = join(tfjsNode, '.build');
  try {
    console.log(`1 of 3: fetching ${WHEEL} (207 MB)`);
    await fetchTensorflow(temporary);
    console.log(`2 of 3: installing ${TFJS_NODE}`);
    await run('npm', ['install', '--no-save', '--ignore-scripts', TFJS_NODE, NODE_API_HEADERS], { cwd: root });
    console.log('3 of 3: compiling the addon');
    await rm(staging, { recursive: true, force: true });
    await compile(join(temporary, 'tensorflow'), tfjsNode, staging);
    await putInPlace(tfjsNode, staging);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    if (existsSync(staging)) await rm(staging, { recursive: true, force: true });
  }
  const failure = await loads(root);
  if (failure) throw new BuildError(`The addon was built, but does not load. ${failure.message}`);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort());
try {
  const root = installationRoot();
  if ((await loads(root)) === undefined) console.log('tfjs-node loads already: nothing to do.');
  else {
    await build(root);
    console.log('Done: --engine tfjs --backend tensorflow now runs native TensorFlow.');
  }
} catch (error) {
  if (!(error instanceof BuildError) && !interruption.signal.aborted) throw error;
  console.error(interruption.signal.aborted ? 'Interrupted; nothing is left behind.' : error.message);
  process.exitCode = 1;
}
