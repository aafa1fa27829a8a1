/** What to do about a path that leads nowhere: what it looks like tells more than that it is not there. */
export function adviceForMissing(path: string): string {
  if (path === '-')
    return 'stdin is read by --data - of millrace train; a program opens it with openStream(process.stdin).';
  if (/^mnist$/i.test(path)) return 'Write mnist in small letters: that is the data set, all else is a path.';
  if (/^file:/i.test(path)) return 'Give the path alone, without file://.';
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return 'This is an address: download the file first, then give its path.';
  if (/^~/.test(path))
    return 'The shell replaces ~ only at the beginning of a word: write --data ~/… with a space, or "$HOME/…".';
  return 'Check the path.';
}
