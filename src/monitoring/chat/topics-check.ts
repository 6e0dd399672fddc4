import { Injectable } from '@nestjs/common';
import { problemOfTopics } from '../../chat/topic-problems.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the chat has topics, where threads are to be shown as topics. */
@Injectable()
export class TopicsCheck implements DiagnosticCheck {
  readonly id = 'topics';
  readonly needs = ['chat-type'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    if (facts.settings.mode !== 'topics') return skipped("Needed with mode: 'topics' only");
    const { type, is_forum: isForum } = await facts.chat();
    const isPrivate = type === 'private';
    const hasTopics = isPrivate ? (await facts.bot()).has_topics_enabled : isForum;
    if (hasTopics) return passed('The chat has topics');
    const { finding, remedy } = problemOfTopics('no_topics', isPrivate);
    return failed({
      finding: `New threads are shown as replies, though the option mode is 'topics': ${finding}`,
      why: 'The desk goes on with replies until the chat has topics',
      remedy:
        type === 'group'
          ? `${remedy}. The group becomes a supergroup by that, which the desk follows`
          : remedy,
    });
  }
}
