import type { Message } from '@grammyjs/types';
import type { AdminChat } from '../chat/admin-chat.js';
import type { Agent } from '../updates/agent.js';
import type { IncomingUpdate } from '../updates/incoming-update.interface.js';

/** An update with a message that a person wrote or edited in the admin chat. */
export interface AgentMessage extends IncomingUpdate {
  readonly message: Message;
  readonly agent: Agent;
}

/** Whether a person wrote or edited a message in the admin chat. */
export function isAgentMessage(
  update: IncomingUpdate,
  adminChat: AdminChat,
): update is AgentMessage {
  return update.message !== null && update.agent !== null && adminChat.is(update.message.chat);
}
