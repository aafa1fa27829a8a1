import { closeSync, fstatSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * Closes what of stdin, stdout and stderr was a terminal and is none any more, at the very end: Node puts the modes of terminals back
 * when it exits, and aborts where that fails (`ResetStdio` in Node's src/node.cc).
 */
export function closeDeadTerminals(): void {
  for (const descriptor of [0, 1, 2]) if (isDevice(descriptor) && !isatty(descriptor)) closeSync(descriptor);
}

function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed already.
    return false;
  }
}
