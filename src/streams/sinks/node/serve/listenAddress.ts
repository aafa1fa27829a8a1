import { OptionError } from '../../../../errors.js';

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** No one but this machine. */
const LOOPBACK = '127.0.0.1';
const EXPECTED = 'PORT or HOST:PORT, such as 8080, 0.0.0.0:8080 or [::1]:8080; port 0 is any that is free';

/**
 * Reads `[HOST:]PORT`; without a host only this machine gets in.
 * @throws OptionError
 */
export function listenAddress(text: string): ListenAddress {
  const [, host, digits] = /^(?:(\[[0-9a-f:.]+\]|[a-z0-9_.-]+):)?(\d{1,5})$/i.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) throw new OptionError('serve', text, EXPECTED);
  return { host: host?.replace(/^\[|\]$/g, '') ?? LOOPBACK, port };
}

/** Whether only this machine can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
