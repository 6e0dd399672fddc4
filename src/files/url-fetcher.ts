import { lookup } from 'node:dns';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { FileSourceError } from './file-source.error.js';
import { FileTooBigError } from './file-too-big.error.js';
import { PublicAddresses } from './public-addresses.js';
import { UnusableFileError } from './unusable-file.error.js';

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const HEADERS = {
  accept: '*/*',
  'accept-encoding': 'identity',
  'user-agent': 'nestjs-telegram-support',
};

/**
 * Fetches files from the internet. It connects to no private address: neither by a literal one, nor by a name
 * that leads there, nor after a redirect.
 */
@Injectable()
export class UrlFetcher {
  readonly #allowsPrivate: boolean;
  /** Of their own, so that no proxy and no connection of the app is used. */
  readonly #http = new HttpAgent({ keepAlive: false });
  readonly #https = new HttpsAgent({ keepAlive: false });

  constructor(
    private readonly addresses: PublicAddresses,
    { files }: TelegramSettings,
  ) {
    this.#allowsPrivate = files.allowPrivateUrls;
  }

  /**
   * The body of the answer, once its head is there.
   *
   * @throws {@link FileTooBigError} When the server announces more than `maxBytes`.
   * @throws {@link UnusableFileError} When the address is not allowed.
   * @throws {@link FileSourceError} When the server refuses.
   */
  async open(url: string, maxBytes: number, signal: AbortSignal): Promise<Readable> {
    let target = new URL(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await this.#request(target, signal);
      const { statusCode = 0, headers } = response;
      if (!REDIRECTS.has(statusCode) || headers.location === undefined) {
        return bodyOf(response, maxBytes);
      }
      response.destroy();
      target = redirectOf(target, headers.location);
    }
    throw new FileSourceError(`its server redirects more than ${MOST_REDIRECTS} times`);
  }

  #request(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    // Literal addresses are not looked up.
    if (isIP(host) !== 0) this.#check(host);
    const isSecure = url.protocol === 'https:';
    const options = {
      agent: isSecure ? this.#https : this.#http,
      headers: HEADERS,
      lookup: this.#lookup,
      signal,
    };
    return new Promise((resolve, reject) => {
      const request = isSecure ? requestHttps(url, options) : requestHttp(url, options);
      request.on('error', (error) => reject(ownWordsOf(error))).on('response', resolve);
      request.end();
    });
  }

  /** Checks at the time of connecting, so that a name cannot lead elsewhere afterwards. */
  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      try {
        for (const { address } of addresses) this.#check(address);
      } catch (refusal) {
        return callback(refusal instanceof Error ? refusal : new Error(String(refusal)), []);
      }
      const [first] = addresses;
      if (options.all || !first) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };

  #check(address: string): void {
    if (this.#allowsPrivate || this.addresses.has(address)) return;
    throw new UnusableFileError('its URL leads to a private address, see files.allowPrivateUrls');
  }
}

/** The message of the other errors may show the addresses of a private network to agents. */
function ownWordsOf(error: NodeJS.ErrnoException): Error {
  if (error instanceof UnusableFileError) return error;
  return new FileSourceError(`its server was not reached (${error.code ?? error.name})`);
}

function bodyOf(response: IncomingMessage, maxBytes: number): Readable {
  const { statusCode = 0, headers } = response;
  const size = Number(headers['content-length'] ?? 0);
  const encoding = headers['content-encoding'] ?? 'identity';
  const refuse = (error: Error): never => {
    response.destroy();
    throw error;
  };
  if (statusCode !== 200) refuse(new FileSourceError(`its server answered ${statusCode}`));
  if (encoding !== 'identity') refuse(new FileSourceError('its server sends it compressed'));
  if (size > maxBytes) refuse(new FileTooBigError(size));
  return response;
}

function redirectOf(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) {
    throw new FileSourceError('its server redirects to something that is no URL');
  }
  const target = new URL(location, from);
  if (!/^https?:$/.test(target.protocol)) {
    throw new UnusableFileError('its server redirects to something other than http or https');
  }
  target.username = '';
  target.password = '';
  return target;
}
