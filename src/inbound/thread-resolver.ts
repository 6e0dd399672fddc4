import { Injectable } from '@nestjs/common';
import { ThreadMappingError } from '../errors/index.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { ThreadReferenceSigner } from '../threads/thread-reference-signer.js';
import type { AnsweredNotice } from '../updates/answered-message.js';

/** Finds the thread of a notice that an agent has answered. */
@Injectable()
export class ThreadResolver {
  constructor(
    private readonly mappings: ThreadMappingRepository,
    private readonly signer: ThreadReferenceSigner,
  ) {}

  /**
   * By its mapping; by the signed reference in the notice only without one, because checking that costs a
   * signature.
   *
   * @throws {@link ThreadMappingError} When the store does not answer and the notice carries no reference.
   */
  async resolve(chatId: number, { messageId, entities }: AnsweredNotice): Promise<string | null> {
    const referenced = (): string | null => this.signer.find(entities ?? []);
    try {
      return (await this.mappings.find({ chatId, messageId })) ?? referenced();
    } catch (error) {
      const threadId = error instanceof ThreadMappingError ? referenced() : null;
      if (threadId !== null) return threadId;
      throw error;
    }
  }
}
