import type { EnvironmentProxy } from '../bot/environment-proxy.js';

/** A proxy in words, without its user and password. */
export function nameOfProxy({ variable, url }: EnvironmentProxy): string {
  const host = URL.canParse(url) ? ` ${new URL(url).host}` : '';
  return `the proxy${host} (${variable})`;
}
