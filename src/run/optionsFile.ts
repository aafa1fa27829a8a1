// Options in a JSON file, in camelCase, as the `run` event has them.
import { readFile, stat } from 'node:fs/promises';
import { RunError } from '../errors.js';
import { CALLER_OPTIONS } from '../events/callerOptions.js';
import { systemReason } from '../files/systemError.js';
import { decodeText, EncodingError } from '../text/decodeText.js';
import { didYouMean } from '../text/didYouMean.js';
import { lineAndColumn } from '../text/lineAndColumn.js';
import { quote } from '../text/quote.js';
import { JsonError, parseStrictJson } from '../text/strictJson.js';
import { OPTION_NAMES, type RunInput } from './config.js';

/** Far more than the largest network needs. */
const MOST_BYTES = 1_000_000;

/**
 * Reads options; their values are not checked yet.
 * @throws RunError `RUN_CONFIG` where the file cannot be read, is not a JSON object, or has a key that is not an option
 */
export async function readOptionsFile(path: string): Promise<RunInput> {
  const value = parse(await readText(path), path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notOptions(path, Array.isArray(value) ? 'a list' : quote(JSON.stringify(value)));
  const options = Object.fromEntries(Object.entries(value).filter(([key]) => !CALLER_OPTIONS.includes(key)));
  for (const key of Object.keys(options)) requireOption(key, path);
  return options;
}

function requireOption(key: string, path: string): void {
  if (OPTION_NAMES.includes(key)) return;
  throw new RunError({
    code: 'RUN_CONFIG',
    path,
    problem: `${quote(key)} is not an option`,
    advice: didYouMean(key, OPTION_NAMES, 'Leave it out.'),
  });
}

async function readText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_BYTES) throw notOptions(path, `more than ${MOST_BYTES} bytes`);
    return decodeText(await readFile(path));
  } catch (cause) {
    if (cause instanceof EncodingError) throw notOptions(path, cause.actual);
    const reason = systemReason(cause);
    if (reason === undefined) throw cause;
    throw new RunError({
      code: 'RUN_CONFIG',
      path,
      problem: `these options cannot be read (${reason})`,
      advice: 'Name a run, or a JSON file of options.',
      cause,
    });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    throw new RunError({
      code: 'RUN_CONFIG',
      path,
      problem: lineAndColumn(text, cause.index),
      expected: cause.expected,
      actual: cause.actual,
      advice: 'Correct the JSON there.',
      cause,
    });
  }
}

function notOptions(path: string, actual: string): RunError {
  return new RunError({
    code: 'RUN_CONFIG',
    path,
    expected: 'a JSON object of options such as {"batchSize": 32}',
    actual,
    advice: 'Name a run, or such a file.',
  });
}
