import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk } from '../support/test-desk.js';

/** Gives every answer of the app a status of its own. */
@Injectable()
class TeapotInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    context.switchToHttp().getResponse<{ status(code: number): unknown }>().status(418);
    return next.handle();
  }
}

describe.each(['express', 'fastify'] as const)('The webhook on %s', (adapter) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it('answers 200 when an interceptor of the app has set another status', async () => {
    const teapot = { provide: APP_INTERCEPTOR, useClass: TeapotInterceptor };
    desk = await TestDesk.start({ adapter, providers: [ReplyLog, teapot] });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const reply = desk.chat.agent('Ada').reply(notice, 'Hello');
    expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
    await desk.emulator.idle();
    expect(desk.emulator.deliveries.map(({ status }) => status)).toEqual([200]);
  });
});
