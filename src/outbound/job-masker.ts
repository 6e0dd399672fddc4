import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { maskedFields } from '../context/masked-fields.js';
import { givenName } from '../files/prepared-file.factory.js';
import type { StoredAttachment } from '../files/stored-attachment.interface.js';
import { MaskedOriginals } from '../privacy/masked-originals.js';
import type { MaskedSpot } from '../privacy/mask-rule.interface.js';
import type { Customer } from './customer.js';
import type { MessageBody } from './jobs/message-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { SHOWN_RATING } from './shown/shown-notice.interface.js';

/** Stands for an id where the subject or the customer of a thread is masked, and no message. */
export const OF_THREAD = '';

/** Masks what customers have written in jobs before they are stored, so that nothing behind the queue has it. */
@Injectable()
export class JobMasker {
  constructor(
    private readonly settings: TelegramSettings,
    private readonly originals: MaskedOriginals,
  ) {}

  /**
   * The job as it may be stored. What was masked is kept apart, for as long as it may be seen.
   *
   * @throws When that could not be stored.
   */
  async mask<Job extends OutboundJob>(job: Job): Promise<Job> {
    const { masker } = this.settings;
    if (!masker.isOn) return 'context' in job ? { ...job, ...contextOf(job, String) } : job;
    const spots: MaskedSpot[] = [];
    const masked: Job = { ...job, ...this.#fieldsOf(job, spots) };
    if (spots.length > 0 && job.threadId !== undefined) {
      await this.originals.add(job.threadId, messageIdOf(job), spots);
    }
    return masked;
  }

  #fieldsOf(job: OutboundJob, spots: MaskedSpot[]): object {
    const hide = (text: string): string => {
      const masked = this.settings.masker.mask(text);
      spots.push(...masked.spots);
      return masked.text;
    };
    return {
      ...('body' in job && { body: bodyOf(job.body, hide) }),
      ...('text' in job && { text: hide(job.text) }),
      ...('subject' in job && job.subject !== undefined && { subject: hide(job.subject) }),
      ...('customer' in job && job.customer && { customer: customerOf(job.customer, hide) }),
      ...contextOf(job, hide),
    };
  }
}

type Hide = (text: string) => string;

function contextOf(job: OutboundJob, hide: Hide): object {
  return 'context' in job && job.context ? { context: maskedFields(job.context, hide) } : {};
}

function bodyOf(body: MessageBody, hide: Hide): MessageBody {
  const { text, attachments } = body;
  const files = attachments?.map((attachment) => fileOf(attachment, hide));
  return { ...body, text: hide(text), ...(files && { attachments: files }) };
}

/** The name that is shown may be the end of a path or a URL. */
function fileOf(attachment: StoredAttachment, hide: Hide): StoredAttachment {
  const name = givenName(attachment);
  return name === '' ? attachment : { ...attachment, name: hide(name) };
}

function customerOf({ id, name, email }: Customer, hide: Hide): Customer {
  return {
    ...(id !== undefined && { id: hide(id) }),
    ...(name !== undefined && { name: hide(name) }),
    ...(email !== undefined && { email: hide(email) }),
  };
}

function messageIdOf(job: OutboundJob): string {
  if (job.type === 'thread.rated') return SHOWN_RATING;
  return ('messageId' in job ? job.messageId : undefined) ?? OF_THREAD;
}
