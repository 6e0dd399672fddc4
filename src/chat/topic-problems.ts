import type { Problem } from '../common/problem.js';
import type { TopicObstacle } from '../outbound/jobs/desk-notified-job.interface.js';

/** The bot leaves service messages in topics, because it may not delete them. */
export const MAY_NOT_DELETE: Problem = {
  finding: 'The bot may not delete messages, so Telegram shows in a topic each change of its icon',
  remedy: 'Give it that right to keep topics clean',
};

/** Why threads cannot be shown as topics. */
export function problemOfTopics(obstacle: TopicObstacle, isPrivate: boolean): Problem {
  if (obstacle === 'no_right') {
    return {
      finding: 'the bot may not manage topics',
      remedy: 'Make it an administrator with that right',
    };
  }
  return isPrivate
    ? { finding: 'the bot has no topics in private chats', remedy: 'Turn them on at @BotFather' }
    : {
        finding: 'the chat has no topics',
        remedy: 'Turn them on in the settings of the group',
      };
}
