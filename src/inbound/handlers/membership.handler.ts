import { Injectable } from '@nestjs/common';
import type { ChatMember, ChatMemberUpdated } from '@grammyjs/types';
import { AdminChat } from '../../chat/admin-chat.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { lineOfProblem } from '../../common/problem.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { shorten } from '../../common/shorten.js';
import { isGone, problemOfMembership, problemOfWriting } from '../../desk/desk-problems.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

const MAX_NAME_LENGTH = 64;

/** Logs when the bot is removed from the admin chat or added again, and learns whether it may manage topics there. */
@Injectable()
export class MembershipHandler implements UpdateHandler {
  readonly updateTypes = ['my_chat_member'] as const;
  readonly #logger = new SafeLogger(MembershipHandler.name);

  constructor(
    private readonly adminChat: AdminChat,
    private readonly topics: TopicAvailability,
  ) {}

  handle({ membership }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!membership || !this.adminChat.is(membership.chat)) return Promise.resolve(null);
    this.#log(membership);
    const { chat, new_chat_member: member } = membership;
    // Of a chat that the bot cannot see nothing is learnt; a private chat has no such rights.
    if (chat.type === 'supergroup' && !isGone(member)) {
      const mayManage = member.status === 'administrator' && member.can_manage_topics === true;
      this.topics.learn({ isForum: chat.is_forum === true, mayManage });
    }
    return Promise.resolve(HANDLED);
  }

  /** Only what changes whether the bot can write, not every change of its rights. */
  #log({ chat, old_chat_member: before, new_chat_member: after }: ChatMemberUpdated): void {
    const [problem, old] = [problemOf(chat, after), problemOf(chat, before)];
    if (problem === old) return;
    const name = shorten(chat.title ?? '', MAX_NAME_LENGTH) || `the chat ${chat.id}`;
    if (problem === undefined) this.#logger.log(`The bot can work in ${name} again`);
    else this.#logger.error(`The bot cannot work in ${name}: ${problem}`);
  }
}

function problemOf(chat: ChatMemberUpdated['chat'], member: ChatMember): string | undefined {
  if (chat.type === 'private') {
    return isGone(member) ? 'the agent has blocked it. Unblock the bot there' : undefined;
  }
  const problem = problemOfMembership(member) ?? problemOfWriting({}, member);
  return problem && lineOfProblem(problem);
}
