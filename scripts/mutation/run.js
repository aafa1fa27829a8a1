// Tries the suite on every mutant of mutants.json and says which it catches: first the tests of that folder, then all.
// Usage: node scripts/mutation/run.js [--output results.json] [--only caught.json]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyProject, projectFiles } from './project.js';
import { replaceAt } from './replaceAt.js';

const { values } = parseArgs({ options: { output: { type: 'string' }, only: { type: 'string' } } });
/** The suite takes a minute or three; what takes longer hangs. */
const LIMIT_MS = 480_000;
const mutants = JSON.parse(readFileSync(new URL('mutants.json', import.meta.url), 'utf8'));
const wanted = values.only === undefined ? undefined : JSON.parse(readFileSync(values.only, 'utf8'));
const project = copyProject();
const results = [];
try {
  for (const [index, mutant] of mutants.entries()) {
    if (wanted !== undefined && wanted[index].caught === false) continue;
    const result = { ...mutant, ...(await tryMutant(mutant)) };
    results.push(result);
    console.log(
      `${String(index + 1).padStart(2)} ${result.caught ? 'caught' : 'MISSED'} ${mutant.path}: ${result.by ?? mutant.mutated.trim()}`,
    );
    if (values.output !== undefined) writeFileSync(values.output, `${JSON.stringify(results, null, 2)}\n`);
  }
} finally {
  project.remove();
}
console.log(`${results.filter(({ caught }) => caught).length} of ${results.length} caught`);

async function tryMutant(mutant) {
  const file = fileWith(mutant.path, mutant.original);
  if (file === undefined) return { caught: false, by: 'its place is gone' };
  const restore = project.change(file, (text) => replaceAt(text, mutant));
  try {
    const near = testsNear(file);
    const by = (near.length > 0 ? await failureOf(near) : undefined) ?? (await failureOf([]));
    return { caught: by !== undefined, ...(by !== undefined && { by }) };
  } finally {
    restore();
  }
}

/** A file may have moved since the set was chosen: then it is found by its lines. */
function fileWith(path, original) {
  const holds = (candidate) =>
    existsSync(join(project.root, candidate)) && readFileSync(join(project.root, candidate), 'utf8').includes(original);
  return holds(path) ? path : projectFiles('src').find(holds);
}

function testsNear(file) {
  const folder = dirname(file).replace(/^src/, 'test');
  return projectFiles('test').filter((path) => /\.test\.tsx?$/.test(path) && dirname(path) === folder);
}

/** @returns the first test that fails, in words, or undefined where all pass */
async function failureOf(files) {
  const report = join(project.root, 'mutant-report.json');
  rmSync(report, { force: true });
  const status = await vitest(['run', '--bail', '1', '--reporter=json', `--outputFile=${report}`, ...files]);
  if (status === 0) return undefined;
  if (status === 'late') return 'it hangs';
  if (!existsSync(report)) return 'nothing runs';
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  return failed?.fullName ?? 'a file of tests does not load';
}

function vitest(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
      cwd: project.root,
      stdio: 'ignore',
      detached: true,
    });
    const late = setTimeout(() => {
      process.kill(-child.pid, 'SIGKILL');
      resolve('late');
    }, LIMIT_MS);
    child.on('exit', (code) => {
      clearTimeout(late);
      resolve(code);
    });
  });
}
