// `npm run tfjs-node:build`: native TensorFlow where tfjs-node's prebuilt addon cannot be downloaded. Linux x64.
// Compiles tfjs-node's addon against TensorFlow's C library, which is in the wheel that PyPI has.
import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

const TFJS_NODE = '@tensorflow/tfjs-node@4.22.0';
/** What tfjs-node 4.22 is known to compile against and to train with. */
const TENSORFLOW = 'tensorflow-cpu==2.15.1';
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const NODE_API_HEADERS = 'node-api-headers@^1.9.0';

class BuildError extends Error {}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interruption.abort());

try {
  const modules = modulesFolder();
  if (await loads(modules)) console.log('tfjs-node loads already, nothing to do.');
  else await build(modules);
} catch (error) {
  if (interruption.signal.aborted) console.error('Interrupted: tfjs-node is not built.');
  else if (error instanceof BuildError) console.error(error.message);
  else throw error;
  process.exitCode = 1;
}

async function build(modules) {
  await checkMachine();
  const staging = join(modules, '.tfjs-node-build');
  await rm(staging, { recursive: true, force: true });
  try {
    console.log(`1 of 3: fetching ${TENSORFLOW}, 207 MB`);
    await fetchTensorflow(staging);
    console.log(`2 of 3: installing ${TFJS_NODE}`);
    const packages = [TFJS_NODE, NODE_API_HEADERS];
    await run('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', join(modules, '..'), ...packages]);
    console.log('3 of 3: compiling its addon');
    await compile(modules, staging);
    await putInPlace(modules, staging);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  if (!(await loads(modules))) throw new BuildError('The addon has been built, but TensorFlow does not run with it.');
  console.log('Done: the backend tensorflow runs here now.');
}

/** The node_modules that TensorFlow.js is in: this project's, or that of the project which has this package installed. */
function modulesFolder() {
  const core = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json');
  return core.slice(0, core.lastIndexOf(`${sep}@tensorflow${sep}`));
}

/** Whether TensorFlow multiplies. In a process of its own, since a module that failed to load once stays so. */
function loads(modules) {
  const trial = `
    require('node:util').isNullOrUndefined ??= (value) => value == null; // Node 23 removed it.
    const tf = require(${JSON.stringify(join(modules, '@tensorflow', 'tfjs-node'))});
    process.exit(tf.matMul([[2]], [[3]]).dataSync()[0] === 6 ? 0 : 1);`;
  return succeeds(process.execPath, ['-e', trial]);
}

async function checkMachine() {
  const { glibcVersionRuntime } = process.report.getReport().header;
  if (process.platform !== 'linux' || process.arch !== 'x64' || glibcVersionRuntime === undefined) {
    const found = `${process.platform} ${process.arch}${process.platform === 'linux' ? ' without glibc' : ''}`;
    throw new BuildError(`This builds on Linux x64 with glibc, and here is ${found}. The wasm backend needs no build.`);
  }
  if (!(await succeeds('python3', ['-m', 'pip', '--version'])))
    throw new BuildError('python3 with pip is missing: it fetches TensorFlow. Debian: apt-get install python3-pip');
  if (!(await succeeds('g++', ['--version'])))
    throw new BuildError('g++ is missing: it compiles the addon. Debian: apt-get install g++');
}

/** TensorFlow's libraries and headers, as `staging/tensorflow`. */
async function fetchTensorflow(staging) {
  const target = ['--python-version', '311', '--platform', 'manylinux2014_x86_64', '--only-binary=:all:', '--no-deps'];
  await run('python3', ['-m', 'pip', 'download', '--disable-pip-version-check', ...target, '-d', staging, TENSORFLOW]);
  const wheel = (await readdir(staging)).find((name) => name.endsWith('.whl'));
  const extract = `
import sys, zipfile
wheel, folder, *libraries = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    names = archive.namelist()
    wanted = ['tensorflow/' + library for library in libraries]
    archive.extractall(folder, [name for name in names if name in wanted or name.startswith('tensorflow/include/')])`;
  await run('python3', ['-c', extract, join(staging, wheel), staging, ...LIBRARIES]);
}

async function compile(modules, staging) {
  const tensorflow = join(staging, 'tensorflow');
  const tfjsNode = join(modules, '@tensorflow', 'tfjs-node');
  const includes = [join(modules, 'node-api-headers', 'include'), join(tensorflow, 'include'), tfjsNode];
  await run('g++', [
    ...['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', ...includes.map((folder) => `-I${folder}`)],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjsNode, 'binding', name)),
    ...['-L', tensorflow, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib'],
    ...['-o', join(staging, 'tfjs_binding.node')],
  ]);
}

/** Where tfjs-node looks for them. The addon comes last: without it nothing is loaded. */
async function putInPlace(modules, staging) {
  const tfjsNode = join(modules, '@tensorflow', 'tfjs-node');
  for (const folder of ['deps/lib', 'lib/napi-v8']) await mkdir(join(tfjsNode, folder), { recursive: true });
  for (const name of LIBRARIES) await rename(join(staging, 'tensorflow', name), join(tfjsNode, 'deps', 'lib', name));
  await rename(join(staging, 'tfjs_binding.node'), join(tfjsNode, 'lib', 'napi-v8', 'tfjs_binding.node'));
}

/** Runs a program to its end, its lines on our terminal. */
async function run(program, parameters) {
  const status = await exitStatus(program, parameters, 'inherit');
  if (status !== 0) throw new BuildError(`${program} failed; its lines above say why.`);
}

async function succeeds(program, parameters) {
  return (await exitStatus(program, parameters, 'ignore')) === 0;
}

function exitStatus(program, parameters, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', output, output], signal: interruption.signal });
    // A program that is missing has no exit status; one that is aborted still has to end.
    child.on('error', (error) => child.pid === undefined && resolve(error));
    child.on('close', (status) => (interruption.signal.aborted ? reject(interruption.signal.reason) : resolve(status)));
  });
}
