// Who may ask. A page of anybody's runs in the browser of someone who has a server on this machine: it must neither read it nor steer it.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { OptionError } from '../../../../errors.js';
import { isLoopback, type ListenAddress } from './listenAddress.js';

/** What a request is refused with: a status, and why. */
export interface Refusal {
  readonly status: number;
  readonly problem: string;
}

/** Decides by the headers of a request. */
export interface RequestGuard {
  refusal(request: IncomingMessage): Refusal | undefined;
  /** The headers that let a page of another origin read the answer, where it may. */
  corsHeaders(request: IncomingMessage): Readonly<Record<string, string>>;
}

/**
 * Addresses cannot be rebound to another machine, names can: of names only those are known that this machine or its owner gave.
 * @param origins pages of other origins that may read and, with the token, steer
 * @throws OptionError where one of them is no origin
 */
export function requestGuard({ host }: ListenAddress, origins: readonly string[]): RequestGuard {
  const allowed = origins.map(requireOrigin);
  const names = new Set(['localhost', host.toLowerCase(), ...allowed.map((origin) => new URL(origin).hostname)]);
  if (!isLoopback(host)) for (const name of ownNames()) names.add(name);
  const isAllowed = (origin: string | undefined): origin is string => origin !== undefined && allowed.includes(origin);
  return {
    refusal({ headers }) {
      const name = hostName(headers.host);
      if (name === undefined || !(isIP(name) !== 0 || names.has(name)))
        return {
          status: 421,
          problem:
            'this server does not go by the name in the Host header; ask it by its address, or serve on that name',
        };
      const { origin } = headers;
      if (origin !== undefined && !isAllowed(origin) && !isSame(origin, headers.host))
        return { status: 403, problem: `the page's origin may not read this; allow it with --serve-origin` };
      const isForeign = origin === undefined && headers['sec-fetch-site'] === 'cross-site';
      if (isForeign && headers['sec-fetch-mode'] !== 'navigate')
        return { status: 403, problem: 'another page may not embed this' };
      return undefined;
    },
    corsHeaders({ headers: { origin } }) {
      if (allowed.length === 0) return {};
      return { vary: 'Origin', ...(isAllowed(origin) && { 'access-control-allow-origin': origin }) };
    },
  };
}

function requireOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '')) return url.origin;
  throw new OptionError(
    'serveOrigin',
    text,
    'the origin of a page, such as https://example.org or http://localhost:3000',
  );
}

/** Of a Host header, without its port; addresses without brackets. */
function hostName(host: string | undefined): string | undefined {
  const [, bracketed, name] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  return (bracketed ?? name)?.toLowerCase().replace(/\.$/, '');
}

function isSame(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

function ownNames(): string[] {
  const name = hostname().toLowerCase();
  return [name, name.split('.')[0]!, `${name}.local`];
}
