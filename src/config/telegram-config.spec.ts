import { afterEach, describe, expect, it, vi } from 'vitest';
import { telegramConfig } from './telegram-config.js';

describe('telegramConfig', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([' -1001234567890', '-1001234567890\r\n', '-1001234567890'])(
    'leaves out blanks around the id of the chat (%j)',
    (text) => {
      vi.stubEnv('TELEGRAM_ADMIN_CHAT_ID', text);
      expect(telegramConfig().adminChatId).toBe('-1001234567890');
    },
  );
});
