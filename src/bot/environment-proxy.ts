/** A proxy that the environment names for an address. */
export interface EnvironmentProxy {
  /** The name of the variable, as it is set. */
  readonly variable: string;
  /** May hold a password. */
  readonly url: string;
}

/**
 * The proxy through which axios makes a request, as the environment says: `HTTPS_PROXY` for `https:`, `HTTP_PROXY` for
 * `http:`, else `ALL_PROXY`, unless `NO_PROXY` names the host. The names in small letters go first.
 *
 * @param address Of the request.
 * @returns Undefined when the request is made without a proxy.
 */
export function environmentProxy(
  address: string,
  environment: NodeJS.ProcessEnv = process.env,
): EnvironmentProxy | undefined {
  const { protocol, hostname, port } = new URL(address);
  const scheme = protocol.slice(0, -1);
  const excluded = firstSet(['no_proxy'], environment)?.value.toLowerCase() ?? '';
  const isExcluded = excluded.split(/[\s,]+/).some((entry) => {
    return isAbout(entry, hostname, port || (scheme === 'https' ? '443' : '80'));
  });
  if (isExcluded) return undefined;
  const found = firstSet([`${scheme}_proxy`, 'all_proxy'], environment);
  if (!found) return undefined;
  const { variable, value } = found;
  return { variable, url: value.includes('://') ? value : `${scheme}://${value}` };
}

function firstSet(
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): { readonly variable: string; readonly value: string } | undefined {
  for (const variable of names.flatMap((name) => [name, name.toUpperCase()])) {
    const value = environment[variable];
    if (value) return { variable, value };
  }
  return undefined;
}

/** Whether an entry of `NO_PROXY` is about a host: by its name, by the end of it, or by `*`. */
function isAbout(entry: string, host: string, port: string): boolean {
  const [, name = '', wantedPort = port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (name === '' || wantedPort !== port) return false;
  const suffix = name.replace(/^\*/, '');
  return suffix === '' || (suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix);
}
