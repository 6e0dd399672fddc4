import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeskOptions } from '../../src/index.js';
import { TestDesk } from '../support/test-desk.js';

describe('A desk in the chat of another one, named otherwise,', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it.each(['id', 'username'] as const)(
    'is in the log as an error, if named by its %s',
    async (kind) => {
      const billing: { -readonly [K in keyof DeskOptions]: DeskOptions[K] } = {};
      const username = 'shop_support';
      desk = await TestDesk.start({
        webhook: false,
        chat: (emulator) => {
          const chat = emulator.createSupergroup({ title: 'Support', username });
          billing.adminChatId = kind === 'id' ? chat.id : `@${username}`;
          return chat;
        },
        options: { desks: { billing }, ...(kind === 'id' && { adminChatId: `@${username}` }) },
      });
      const errors = () => desk.log.with('error', 'cannot work in Support');
      await vi.waitFor(() => expect(errors()).toHaveLength(1), 20_000);
      expect(JSON.stringify(errors())).toMatch(
        /the desk \\"default\\" works there.*Give the desk \\"billing\\" a chat of its own \(desks\.billing\.adminChatId\)/,
      );
      await vi.waitFor(() => expect(desk.log.with('log', 'Desk: @')).toHaveLength(1), 20_000);
    },
  );
});
