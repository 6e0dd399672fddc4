import type { SafeStorage } from '../state/safe-storage.js';

interface KeptSession {
  readonly token: string;
  readonly session: string;
}

/**
 * Keeps the session of this tab beside the token it was got for. A token is used once, so a page that is
 * reloaded with the same one needs it. Another token is another customer: it finds nothing.
 */
export class SessionStore {
  constructor(private readonly storage: SafeStorage) {}

  read(token: string | undefined): string | undefined {
    const kept = this.storage.read('session');
    return token && isKept(kept) && kept.token === token ? kept.session : undefined;
  }

  write(token: string | undefined, session: string | undefined): void {
    if (token && session) this.storage.write('session', { token, session });
  }
}

function isKept(value: unknown): value is KeptSession {
  return typeof value === 'object' && value !== null && 'token' in value && 'session' in value;
}
