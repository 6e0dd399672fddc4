import { Injectable } from '@nestjs/common';
import { problemOfTopics } from '../../chat/topic-problems.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether the bot may create and change topics, where threads are shown as topics. */
@Injectable()
export class TopicRightCheck implements DiagnosticCheck {
  readonly id = 'right-to-manage-topics';
  readonly needs = ['membership', 'topics'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    if (facts.settings.mode !== 'topics') return skipped("Needed with mode: 'topics' only");
    const { type } = await facts.chat();
    if (type === 'private') return skipped('There are no rights in a private chat');
    const member = await facts.member();
    if (member.status === 'administrator' && member.can_manage_topics) {
      return passed('The bot may manage topics');
    }
    const { finding, remedy } = problemOfTopics('no_right', false);
    return failed({
      finding: `New threads are shown as replies, though the option mode is 'topics': ${finding}`,
      why: 'The desk goes on with replies until the bot has the right',
      remedy,
    });
  }
}
