import { redisPasswordsOf } from '../redis/redis-passwords.js';
import { Redactor } from './redactor.js';
import type { TelegramSettings } from '../config/telegram-settings.js';

/** A redactor of all secrets of a bot: those in the settings and those derived from them. */
export function redactorOf({ identity, redis }: TelegramSettings): Redactor {
  const passwords = redisPasswordsOf(redis);
  if (!identity) return new Redactor({ others: passwords });
  const { token, webhookSecrets } = identity;
  const derived = [token.derive('webhook-secret'), token.derive('thread-reference')];
  return new Redactor({
    token,
    others: [...webhookSecrets.confidential, ...derived, ...passwords],
  });
}
