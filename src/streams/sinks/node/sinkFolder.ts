import { constants } from 'node:fs';
import { access, rmdir } from 'node:fs/promises';
import { SinkError } from '../../../errors.js';
import { makeFolder } from '../../../files/makeFolder.js';
import { systemCode, systemReason } from '../../../files/systemError.js';

/**
 * Makes a folder for what is written, where there is none.
 * @returns removes it again, where it was made here and is still empty
 * @throws SinkError `SINK_UNWRITABLE`
 */
export async function openSinkFolder(path: string): Promise<() => Promise<void>> {
  try {
    const isNew = await makeFolder(path);
    await access(path, constants.W_OK);
    return async () => {
      if (isNew) await rmdir(path).catch(() => undefined);
    };
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    throw new SinkError({
      code: 'SINK_UNWRITABLE',
      path,
      problem: isFile
        ? 'a folder is needed, and there is a file'
        : `this folder cannot be written (${systemReason(cause)})`,
      advice: 'Name another folder, in a place that can be written to.',
      cause,
    });
  }
}
