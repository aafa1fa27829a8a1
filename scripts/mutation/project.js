// A copy of the project in which a mutation can do no harm.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @returns the paths of all files that git knows of and the new ones that it does not ignore */
export function projectFiles(pattern = '.') {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', pattern], { cwd: ROOT, encoding: 'utf8' });
  return list
    .trimEnd()
    .split('\n')
    .filter((path) => existsSync(join(ROOT, path)));
}

/** Copies the working tree; what is installed is shared, and so is the development data beside it. */
export function copyProject() {
  const scratch = mkdtempSync(join(tmpdir(), 'mutants-'));
  const root = join(scratch, 'project');
  for (const path of projectFiles()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(join(ROOT, path), join(root, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const shared = join(ROOT, '../shared');
  if (existsSync(shared)) symlinkSync(shared, join(scratch, 'shared'));
  return {
    root,
    builds: () => node(root, ['scripts/build.js']) === 0,
    /** @returns puts the file back as it was */
    change(path, edit) {
      const file = join(root, path);
      const before = readFileSync(file, 'utf8');
      writeFileSync(file, edit(before));
      return () => writeFileSync(file, before);
    },
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

function node(cwd, args) {
  return spawnSync(process.execPath, args, { cwd, stdio: 'ignore' }).status;
}
