// What a run may be called: whatever names a run on the command line has to tell a name from an id, a file and a flag.

/** Reads well after "expected". */
export const RUN_NAME =
  "1 to 60 printable characters, a letter or digit first, without slashes, that are neither a run's id nor end in .json or .ndjson";

const MOST_CHARACTERS = 60;
/** Control characters, invisible ones, halves of characters, separators of lines; slashes belong to paths. */
const FORBIDDEN = /[\p{C}\p{Zl}\p{Zp}/\\]/u;
const RUN_ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;
const FILE = /\.(nd)?json$/i;
/** What `--compare` takes for no comparison. */
const NOTHING = 'none';

/** Whether a run may be called that: `wider first layer` is a name, `runs/mine` is a path. */
export function isRunName(name: string): boolean {
  if (name.length > MOST_CHARACTERS || !/^[\p{L}\p{N}]/u.test(name) || name.trimEnd() !== name) return false;
  return !FORBIDDEN.test(name) && !RUN_ID.test(name) && !FILE.test(name) && name !== NOTHING;
}
