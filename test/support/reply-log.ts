import { Injectable } from '@nestjs/common';
import { OnThreadReply, type ThreadReply } from '../../src/index.js';

/** The app's side of a test: takes replies, and fails where the test says so. */
@Injectable()
export class ReplyLog {
  readonly replies: ThreadReply[] = [];
  /** Runs for each reply before it is taken. */
  before: (reply: ThreadReply) => Promise<void> | void = () => undefined;

  @OnThreadReply()
  async take(reply: ThreadReply): Promise<void> {
    await this.before(reply);
    this.replies.push(reply);
  }
}
