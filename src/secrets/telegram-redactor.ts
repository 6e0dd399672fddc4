import { redisPasswordsOf } from '../redis/redis-passwords.js';
import { Redactor } from './redactor.js';
import type { TelegramSettings } from '../config/telegram-settings.js';

/** One that knows every secret of a module: what it is given, and what it derives from that. */
export function redactorOf({ identity, redis }: TelegramSettings): Redactor {
  const passwords = redisPasswordsOf(redis);
  if (!identity) return new Redactor({ others: passwords });
  const { token, webhookSecrets } = identity;
  const derived = [
    token.derive('webhook-secret'),
    token.derive('thread-reference'),
    webhookSecrets.current.derive('webhook-mark'),
  ];
  return new Redactor({ token, others: [...webhookSecrets.all, ...derived, ...passwords] });
}
