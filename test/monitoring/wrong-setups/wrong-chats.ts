import { vi } from 'vitest';
import type { SetupWorld } from './setup-world.js';
import type { WrongSetup } from './wrong-setup.interface.js';

const TOPICS = { mode: 'topics' } as const;

/** Starts the app as it is meant to be. */
const start = (world: SetupWorld): Promise<void> => world.startApp();

/** The id at the start of the last words of a remedy. */
function idIn(remedy: string): number {
  return Number(/ to (-?\d+)/.exec(remedy)?.[1]);
}

/** Wrong in the admin chat. */
export const WRONG_CHATS: readonly WrongSetup[] = [
  {
    what: 'the id of a supergroup without its -100, as links have it',
    id: 'chat',
    status: 'failed',
    finding: /^The bot cannot find the chat \d+ /,
    remedy:
      /^Set adminChatId \(TELEGRAM_ADMIN_CHAT_ID\) to -100\d+, which is the supergroup Support$/,
    setUp: (world) =>
      world.startApp({ adminChatId: Number(String(world.chat.id).slice('-100'.length)) }),
    mend: (world, remedy) => world.startApp({ adminChatId: idIn(remedy) }),
  },
  {
    what: 'the id of a supergroup with a sign alone',
    id: 'chat',
    status: 'failed',
    finding: /^The bot cannot find the chat -\d+ /,
    remedy: / to -100\d+, which is the supergroup Support$/,
    setUp: (world) =>
      world.startApp({ adminChatId: -Number(String(world.chat.id).slice('-100'.length)) }),
    mend: (world, remedy) => world.startApp({ adminChatId: idIn(remedy) }),
  },
  {
    what: 'the id of a basic group without its sign',
    id: 'chat',
    status: 'failed',
    finding: /^The bot cannot find the chat \d+ /,
    remedy: / to -\d+, which is the basic group Team$/,
    setUp: async (world) => {
      const { id } = world.emulator.createGroup({ title: 'Team' });
      await world.startApp({ adminChatId: -id });
    },
    mend: (world, remedy) => world.startApp({ adminChatId: idIn(remedy) }),
  },
  {
    what: 'a group that the bot was removed from',
    id: 'chat',
    status: 'failed',
    finding: /^The bot is not a member of the chat -\d+ .*403/,
    remedy: /add the bot to the chat/,
    setUp: async (world) => {
      await world.startApp({}, { unchecked: false });
      world.chat.setBotStatus('kicked');
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'a group that has become a supergroup',
    id: 'chat-id',
    status: 'warning',
    also: ['commands'],
    finding: /^The group has become a supergroup with the id -100\d+; adminChatId is -\d+$/,
    remedy: /^Set adminChatId \(TELEGRAM_ADMIN_CHAT_ID\) to -100\d+$/,
    setUp: async (world) => {
      world.chat = world.emulator.createGroup({ title: 'Support' });
      // The group has its menu of commands before it is a supergroup.
      await world.startApp({}, { unchecked: false });
      const { id } = world.chat.upgrade();
      await vi.waitUntil(async () => {
        const { checks } = await world.diagnose();
        return checks.some(({ finding }) => finding.includes(String(id)));
      }, 20_000);
    },
    mend: (world, remedy) => world.startApp({ adminChatId: idIn(remedy) }),
  },
  {
    what: 'a channel',
    id: 'chat-type',
    status: 'failed',
    finding: /it is a channel/,
    remedy: /^Set adminChatId \(TELEGRAM_ADMIN_CHAT_ID\) to a group/,
    setUp: (world) =>
      world.startApp({ adminChatId: world.emulator.createChannel({ title: 'News' }).id }),
    mend: start,
  },
  {
    what: 'a public group that the bot is not in',
    id: 'membership',
    status: 'failed',
    finding: /it is not a member/,
    remedy: /^Add the bot to the group$/,
    setUp: async (world) => {
      world.chat = world.emulator.createSupergroup({ title: 'Support', username: 'the_desk' });
      await world.startApp({}, { unchecked: false });
      world.chat.setBotStatus('left');
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'a group where the bot is restricted',
    id: 'right-to-write',
    status: 'failed',
    finding: /it is not allowed to write there/,
    remedy: /^Make the bot an administrator/,
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canReadAllGroupMessages: true });
      await world.startApp({ replies: { receipts: false } });
      // The app sets its menu at its start, if it may write.
      await world.emulator.waitForCall(
        ({ method, status }) => method === 'setMyCommands' && !!status,
      );
      world.chat.setBotStatus('restricted');
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'a group whose members may send no photos and files',
    id: 'right-to-send-files',
    status: 'warning',
    also: ['administrator'],
    finding: /^The bot may not send in the chat: photos, files$/,
    remedy: /^Make the bot an administrator, or let members send photos, files$/,
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canReadAllGroupMessages: true });
      world.chat.setBotStatus('member');
      world.chat.setPermissions({ can_send_photos: false, can_send_documents: false });
      await world.startApp();
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'slow mode for a bot that is no administrator',
    id: 'slow-mode',
    status: 'warning',
    also: ['administrator'],
    finding: /^In slow mode the bot, which is no administrator, may write once in 30 s$/,
    remedy: /^Make the bot an administrator, or turn slow mode off/,
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canReadAllGroupMessages: true });
      world.chat.setBotStatus('member');
      world.chat.setSlowMode(30);
      await world.startApp();
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'an anonymous bot',
    id: 'anonymity',
    status: 'warning',
    finding: /anonymous administrator/,
    remedy: /"Remain anonymous" off/,
    setUp: async (world) => {
      world.chat.setBotRights({ is_anonymous: true });
      await world.startApp();
    },
    mend: (world) => world.chat.setBotRights({ is_anonymous: false }),
  },
  {
    what: 'a bot that is a mere member',
    id: 'administrator',
    status: 'warning',
    finding: /^The bot is no administrator of the chat$/,
    remedy: /^Make the bot an administrator$/,
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canReadAllGroupMessages: true });
      world.chat.setBotStatus('member');
      await world.startApp();
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'topics mode in a group without topics',
    id: 'topics',
    status: 'failed',
    finding: /the chat has no topics/,
    remedy: /^Turn them on in the settings of the group$/,
    setUp: (world) => world.startApp(TOPICS),
    mend: (world) => world.chat.setForum(true),
  },
  {
    what: 'topics mode in a private chat of a bot without topics',
    id: 'topics',
    status: 'failed',
    finding: /the bot has no topics in private chats/,
    remedy: /^Turn them on at @BotFather$/,
    setUp: async (world) => {
      world.chat = world.emulator.createPrivateChat('Ada');
      await world.startApp(TOPICS);
    },
    mend: (world) => world.emulator.bot.changeSwitches({ hasTopicsEnabled: true }),
  },
  {
    what: 'topics in a private chat where the agent may create and delete them',
    id: 'bot-settings',
    status: 'warning',
    finding: /^The agent may create and delete topics/,
    remedy: /^Turn that off at @BotFather/,
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({
        hasTopicsEnabled: true,
        allowsUsersToCreateTopics: true,
      });
      world.chat = world.emulator.createPrivateChat('Ada');
      await world.startApp(TOPICS);
    },
    mend: (world) => world.emulator.bot.changeSwitches({ allowsUsersToCreateTopics: false }),
  },
  {
    what: 'a forum where the bot may not manage topics',
    id: 'right-to-manage-topics',
    status: 'failed',
    finding: /the bot may not manage topics/,
    remedy: /administrator with that right/,
    setUp: async (world) => {
      world.chat.setForum(true);
      world.chat.setBotRights({ can_manage_topics: false });
      await world.startApp(TOPICS);
    },
    mend: (world) => world.chat.setBotRights({ can_manage_topics: true }),
  },
  {
    what: 'a forum where the bot may not delete messages',
    id: 'right-to-delete-messages',
    status: 'warning',
    finding: /^The bot may not delete messages/,
    remedy: /^Give it that right/,
    setUp: async (world) => {
      world.chat.setForum(true);
      world.chat.setBotRights({ can_delete_messages: false });
      await world.startApp(TOPICS);
    },
    mend: (world) => world.chat.setBotRights({ can_delete_messages: true }),
  },
  {
    what: 'privacy mode',
    id: 'privacy-mode',
    status: 'warning',
    finding: /^Privacy mode is on, and the bot is no administrator/,
    remedy: /^Make the bot an administrator\. Or turn privacy mode off/,
    setUp: async (world) => {
      world.chat.setBotStatus('member');
      await world.startApp();
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'a chat that allows no reactions',
    id: 'reactions',
    status: 'warning',
    finding: /allows no reaction that could acknowledge/,
    remedy: /^Allow 👍/,
    setUp: async (world) => {
      world.chat.allowReactions([]);
      await world.startApp();
    },
    mend: (world) => world.chat.allowReactions(['👍']),
  },
  {
    what: 'a chat whose members may not react',
    id: 'reactions',
    status: 'warning',
    also: ['administrator'],
    finding: /^The bot may not react to messages in the chat$/,
    remedy: /^Make the bot an administrator, or let members react/,
    setUp: async (world) => {
      world.emulator.bot.changeSwitches({ canReadAllGroupMessages: true });
      world.chat.setBotStatus('member');
      world.chat.setPermissions({ can_react_to_messages: false });
      await world.startApp();
    },
    mend: (world) => world.chat.setBotStatus('administrator'),
  },
  {
    what: 'a menu that something else has set',
    id: 'commands',
    status: 'warning',
    finding: /does not offer these commands in the admin chat: \/help/,
    remedy: /^Start the app again/,
    setUp: async (world) => {
      await world.startApp({}, { unchecked: false });
      const scope = { type: 'chat', chat_id: world.chat.id };
      await world.call('setMyCommands', {
        scope,
        commands: [{ command: 'other', description: 'Of another bot framework' }],
      });
    },
    mend: (world) => world.startApp({}, { unchecked: false }),
  },
];
