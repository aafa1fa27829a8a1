const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EDQUOT: 'the quota is used up',
  EEXIST: 'a file in the place of a folder',
  EFBIG: 'the file would be larger than allowed',
  EIO: 'the disk reports an error',
  EISDIR: 'a folder',
  ELOOP: 'a circle of links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'a name that is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'a full disk',
  ENOTDIR: 'a file in the place of a folder',
  EPERM: 'no permission',
  EROFS: 'a read-only file system',
};

/** What the operating system complains about, as a phrase; `undefined` for any other error. */
export function systemReason(error: unknown): string | undefined {
  const code = systemCode(error);
  return code === undefined ? undefined : (reasons[code] ?? code);
}

/** e.g. `ENOENT`; `undefined` for an error that is not the operating system's. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
