import { expect } from 'vitest';

const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What a person can be told: of this class, with a code, one short paragraph that no terminal obeys. */
export function expectRefusal(error: unknown, ...classes: readonly (new (...args: never) => Error)[]): void {
  expect(classes.some((expected) => error instanceof expected) ? undefined : error).toBeUndefined();
  const { code, message } = error as Error & { code: string };
  expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  expect(UNSAFE.test(message) ? message : '').toBe('');
  expect(message.length).toBeLessThan(2000);
  expect(message).toMatch(/[.?]$/);
}

/** Good, or refused so; never anything else. */
export async function expectGoodOrRefused(
  attempt: () => unknown,
  ...classes: readonly (new (
    ...args: never
  ) => Error)[]
): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    expectRefusal(error, ...classes);
  }
}
