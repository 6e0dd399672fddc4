import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import { VirtualClock } from '../time/virtual-clock.js';

const LINK = 'https://t.me/support_desk_bot';

describe('EmulatedAgent.openLink', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  it.each([
    ['', '/start', 6],
    ['pair_7-x', '/start pair_7-x', 6],
  ])('starts the bot of a private chat with %j', async (payload, text, length) => {
    const ann = telegram.createPrivateChat('Ann').agent('Ann');
    ann.start(payload);
    const entities = [{ type: 'bot_command', offset: 0, length }];
    expect(await bot.updates()).toMatchObject([{ message: { text, entities } }]);
  });

  it.each([`${LINK}?start=abc`, 'tg://resolve?domain=Support_Desk_Bot&start=abc'])(
    'follows %s in a private chat',
    (url) => {
      const ann = telegram.createPrivateChat('Ann').agent('Ann');
      expect(ann.openLink(url).text).toBe('/start abc');
    },
  );

  it('names the bot in groups', () => {
    const group = telegram.createGroup({ title: 'Group' });
    expect(group.agent('Ann').start('abc')).toMatchObject({
      text: '/start@support_desk_bot abc',
      entities: [{ type: 'bot_command', offset: 0, length: 23 }],
    });
  });

  it('invites the bot with the rights of the link, and then starts it', async () => {
    const forum = telegram.createForum({ title: 'Forum', botStatus: 'left' });
    const boss = forum.agent('Boss', { status: 'creator' });
    boss.openLink(`${LINK}?startgroup=nonce&admin=manage_topics+delete_messages+pin_messages`);
    const [joined, , started] = await bot.updates();
    expect(joined?.my_chat_member?.new_chat_member).toMatchObject({
      status: 'administrator',
      can_manage_chat: true,
      can_manage_topics: true,
      can_delete_messages: true,
      can_pin_messages: true,
      can_change_info: false,
      can_invite_users: false,
      is_anonymous: false,
    });
    expect(started?.message).toMatchObject({
      chat: { id: forum.id },
      text: '/start@support_desk_bot nonce',
    });
  });

  it('adds the rights of the link to those that the bot has', () => {
    const group = telegram.createSupergroup({ title: 'Group' });
    group.setBotRights({ can_pin_messages: false, can_manage_topics: false });
    const boss = group.agent('Boss', { status: 'creator' });
    boss.openLink(`${LINK}?startgroup=n&admin=manage_topics`);
    expect(group.botStatus).toBe('administrator');
    group.setBotRights({});
    expect(group.messages.at(-1)?.text).toBe('/start@support_desk_bot n');
  });

  it('invites the bot as a member without rights in the link', async () => {
    const group = telegram.createGroup({ title: 'Group', botStatus: 'left' });
    group.agent('Ann').openLink(`${LINK}?startgroup=n`);
    expect(group.botStatus).toBe('member');
    expect(await bot.kinds()).toEqual(['my_chat_member', 'message', 'message']);
  });

  it.each([
    ['https://example.com/x?start=1', 'is no link to a bot'],
    ['nonsense', 'is no link to a bot'],
    ['https://t.me/other_bot?startgroup=1', 'There is no bot @other_bot'],
    [`${LINK}?start=1`, 'leads to no group chat'],
    [`${LINK}?startgroup=a.b`, '"a.b" is no payload'],
    [`${LINK}?startgroup=1&admin=manage_topics`, 'Ann may not make administrators'],
  ])('does not follow %s', (url, problem) => {
    const group = telegram.createGroup({ title: 'Group', botStatus: 'member' });
    expect(() => group.agent('Ann').openLink(url)).toThrow(problem);
  });
});
