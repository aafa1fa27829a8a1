import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header has the token. */
export type TokenCheck = (authorization: string | undefined) => boolean;

/** 144 bits that no one guesses, in letters that need no quotes. */
export function createToken(): string {
  return randomBytes(18).toString('base64url');
}

/** Compares in the same time, whatever is right about what is given. */
export function tokenCheck(token: string): TokenCheck {
  const expected = digestOf(token);
  return (authorization) => {
    const [, given = ''] = /^Bearer ([\w-]{1,128})$/i.exec(authorization ?? '') ?? [];
    return timingSafeEqual(digestOf(given), expected);
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
