/** What became of a file that someone else writes. */
export type FileChange =
  /** It is shorter than what has been read of it. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Another file has its name now, and is open. */
  | { readonly kind: 'replaced' }
  /** What was read stands there no more: it begins again. */
  | { readonly kind: 'rewritten' }
  /** No file has its name. What was opened can still be read. Said once. */
  | { readonly kind: 'gone' };
