/** A SHA-256 that is fed bit by bit: Node's own, or where there is no Node that of `model/web`. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** Of all bytes so far; lower-case hexadecimal. It is asked for once. */
  digest(): string;
}

export type CreateSha256 = () => Sha256;
