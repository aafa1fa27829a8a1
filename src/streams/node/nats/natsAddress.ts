import { OptionError } from '../../../errors.js';

/** A broker, and the subject under which runs are told there. */
export interface NatsAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
  /** What stands alone before the `@`. */
  readonly token?: string;
  /** The first words of all subjects. */
  readonly subject: string;
  /** One run of those that are told there. */
  readonly run?: string;
  /** For people, files and events: without what is secret. */
  readonly shown: string;
}

const DEFAULT_SUBJECT = 'millrace';
const DEFAULT_PORT = 4222;
const EXPECTED = 'nats://[USER:PASSWORD@]HOST[:PORT][/SUBJECT], or tls://';

/** Whether it is meant to be the address of a broker. */
export function isNatsAddress(text: string): boolean {
  return /^(?:nats|tls):\/\//i.test(text);
}

/**
 * Reads `nats://HOST[:PORT][/SUBJECT[/RUN]]`.
 * @param mayNameRun whether a run may stand behind the subject
 * @throws OptionError, which does not show a password
 */
export function natsAddress(text: string, mayNameRun = false): NatsAddress {
  const url = isNatsAddress(text) && URL.canParse(text) ? new URL(text) : undefined;
  const [subject = '', run, ...others] = url?.pathname.replace(/^\/|\/$/g, '').split('/') ?? [];
  const isSubject = subject === '' || /^[\w-]{1,64}(?:\.[\w-]{1,64}){0,7}$/.test(subject);
  const isRun = run === undefined || (mayNameRun && /^[\w-]{1,128}$/.test(run));
  if (
    url === undefined ||
    url.hostname === '' ||
    !isSubject ||
    !isRun ||
    others.length > 0 ||
    url.search + url.hash !== ''
  )
    throw new OptionError('nats', withoutSecrets(text), mayNameRun ? `${EXPECTED} with [/SUBJECT[/RUN]]` : EXPECTED);
  const port = Number(url.port || DEFAULT_PORT);
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    tls: url.protocol === 'tls:',
    ...(password !== '' ? { user, password } : user !== '' && { token: user }),
    subject: subject || DEFAULT_SUBJECT,
    ...(run !== undefined && { run }),
    shown: [
      `${url.protocol}//${url.hostname}:${port}`,
      subject || DEFAULT_SUBJECT,
      ...(run === undefined ? [] : [run]),
    ].join('/'),
  };
}

/** The part before the host may be a password or a token. */
function withoutSecrets(text: string): string {
  return text.replace(/\/\/.*@/, '//…@');
}
