/** Whether an entry of a folder is one that systems put beside people's files. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX';
}
