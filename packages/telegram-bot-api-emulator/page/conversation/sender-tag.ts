import type { PageMessage } from '../../src/page/page-message.interface.js';
import type { PageChat } from '../../src/page/page-protocol.js';
import type { PageState } from '../state/page-state.js';
import type { Place } from '../state/place.js';

/** What stands beside the name of a sender: the topic, where topics are shown together, or the status. */
export function tagOf(
  { sender, topicId }: PageMessage,
  place: Place,
  chat: PageChat,
  state: PageState,
): string | undefined {
  if (topicId !== undefined && place.topicId === undefined) {
    return state.findTopic(chat.key, topicId)?.name;
  }
  if (sender.kind === 'anonymous') return 'anonymous admin';
  if (sender.kind !== 'person') return undefined;
  const status = chat.members.find(({ id }) => id === sender.id)?.status;
  if (status === 'creator') return 'owner';
  return status === 'administrator' ? 'admin' : undefined;
}
