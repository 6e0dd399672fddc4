import { answerParent } from '../support/child.js';
import { GrammySender } from './grammy.sender.js';
import type { MediaSender } from './media.sender.js';
import type {
  MediaSenderName,
  MediaTarget,
  MemoryGrowth,
  PhotoMessage,
  SenderQuestion,
} from './media.task.js';
import { MemoryWatch } from './memory.watch.js';
import { ModuleSender } from './module.sender.js';

let ready: { readonly sender: MediaSender; readonly memory: MemoryWatch } | undefined;

answerParent(async (question: SenderQuestion): Promise<MemoryGrowth | 'ready' | 'taken'> => {
  if (question === 'memory') return current().memory.growth();
  if ('send' in question) {
    send(question.send);
    return 'taken';
  }
  const sender = await senderOf(question.start, question.target);
  ready = { sender, memory: new MemoryWatch() };
  return 'ready';
});

function current(): NonNullable<typeof ready> {
  if (!ready) throw new Error('The sender has not been started');
  return ready;
}

/** Whoever looks at the chat sees when the messages are there. */
function send(messages: readonly PhotoMessage[]): void {
  void current().sender.send(messages);
}

function senderOf(name: MediaSenderName, target: MediaTarget): MediaSender | Promise<MediaSender> {
  switch (name) {
    case 'module, Redis, bytes':
      return ModuleSender.start(target, { withRedis: true, givesBytes: true });
    case 'module, Redis, paths':
      return ModuleSender.start(target, { withRedis: true, givesBytes: false });
    case 'module, in memory, bytes':
      return ModuleSender.start(target, { withRedis: false, givesBytes: true });
    case 'grammY + auto-retry':
      return new GrammySender(target, { throttle: false });
    case 'grammY + throttler + auto-retry':
      return new GrammySender(target, { throttle: true });
  }
}
