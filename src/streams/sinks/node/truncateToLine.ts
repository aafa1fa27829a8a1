import { type FileHandle, open } from 'node:fs/promises';

const BLOCK_BYTES = 64 * 1024;
const LINE_FEED = 10;

/**
 * Cuts a file back to the end of its last whole line, after a disk that was full has taken a part of one. A file that has
 * been moved or replaced meanwhile is left alone.
 * @param file opened for writing
 */
export async function cutToWholeLines(file: FileHandle, path: string): Promise<void> {
  const reader = await open(path, 'r');
  try {
    const [ours, there] = await Promise.all([file.stat(), reader.stat()]);
    if (ours.ino === there.ino && ours.dev === there.dev) await file.truncate(await wholeLines(reader, ours.size));
  } finally {
    await reader.close();
  }
}

/** Bytes up to the end of the last whole line. */
async function wholeLines(reader: FileHandle, size: number): Promise<number> {
  const block = new Uint8Array(BLOCK_BYTES);
  for (let end = size; end > 0; end -= BLOCK_BYTES) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const { bytesRead } = await reader.read(block, 0, end - start, start);
    const last = block.subarray(0, bytesRead).lastIndexOf(LINE_FEED);
    if (last >= 0) return start + last + 1;
  }
  return 0;
}
