import { pathIn } from './webhook-url.js';

/** Something about the app that the log is to tell. */
export interface Diagnostic {
  /** `warn` when updates will not come in, or not all; `log` when that depends on a proxy. */
  readonly level: 'warn' | 'log';
  readonly text: string;
}

/**
 * What a proxy has to do when Telegram posts to another path than the one that the app serves; undefined
 * when it is the same.
 *
 * @param name What the URL is called in the text.
 */
export function diagnoseProxyPath(url: string, path: string, name: string): Diagnostic | undefined {
  const publicPath = pathIn(url);
  if (publicPath === path) return undefined;
  if (publicPath.endsWith(path)) {
    const front = publicPath.slice(0, -path.length);
    const text = `Telegram posts to ${publicPath}, and this app serves ${path}: a proxy has to take off ${front}`;
    return { level: 'log', text };
  }
  const text = `${name} leads to ${publicPath}, and this app serves ${path}: unless a proxy maps the one to the other, Telegram gets 404. Set ${name} to the app's public URL without the path of the webhook`;
  return { level: 'warn', text };
}
