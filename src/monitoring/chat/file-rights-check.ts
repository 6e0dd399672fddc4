import { Injectable } from '@nestjs/common';
import type { ChatPermissions } from '@grammyjs/types';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** The rights that files of notices need, and what they are named in the settings of a group. */
const RIGHTS = {
  can_send_photos: 'photos',
  can_send_videos: 'videos',
  can_send_audios: 'music',
  can_send_documents: 'files',
  can_send_voice_notes: 'voice messages',
} as const satisfies Partial<Record<keyof ChatPermissions, string>>;

/** Whether the bot may send files in the group. */
@Injectable()
export class FileRightsCheck implements DiagnosticCheck {
  readonly id = 'right-to-send-files';
  readonly needs = ['right-to-write'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { type, permissions = {} } = await facts.chat();
    if (type === 'private') return skipped('There are no rights in a private chat');
    const member = await facts.member();
    if (member.status === 'administrator') {
      return passed('The bot is an administrator, so that it may send files');
    }
    const own: ChatPermissions = member.status === 'restricted' ? member : {};
    const rights: Array<[right: string, name: string]> = Object.entries(RIGHTS);
    const denied = rights.filter(([right]) => {
      return [permissions, own].some((each) => Object.entries(each).some(denies(right)));
    });
    if (denied.length === 0) return passed('The bot may send files');
    const names = denied.map(([, name]) => name).join(', ');
    return warned({
      finding: `The bot may not send in the chat: ${names}`,
      why: 'Attachments of these kinds are replaced by a line that says so',
      remedy: `Make the bot an administrator, or let members send ${names}`,
    });
  }
}

function denies(right: string): (entry: [name: string, value: unknown]) => boolean {
  return ([name, value]) => name === right && value === false;
}
