import { Controller, Injectable, Scope } from '@nestjs/common';
import { of, type Observable } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { LoadHistory, type HistoryMessage, type HistoryRequest } from '../../src/index.js';
import { startDesks } from '../desks/several-desks.js';
import { ReplyLog } from '../support/reply-log.js';

/** One message that says who has returned it. */
function from(text: string): HistoryMessage[] {
  return [{ author: 'system', text, sentAt: new Date() }];
}

@Injectable()
class Billing {
  @LoadHistory({ desk: 'billing' })
  load(): HistoryMessage[] {
    return from('of billing');
  }
}

@Injectable()
class Orders {
  @LoadHistory({ threads: /^order-/ })
  load(): Observable<HistoryMessage[]> {
    return of(from('of orders'));
  }

  @LoadHistory({ threads: () => JSON.parse('"always"') })
  never(): HistoryMessage[] {
    return from('of nobody');
  }
}

@Controller()
class Rest {
  @LoadHistory({ bot: 'default', desk: ['default', 'returns'] })
  async load({ threadId }: HistoryRequest): Promise<HistoryMessage[] | null> {
    return Promise.resolve(threadId === 'none' ? null : from('of the rest'));
  }
}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  @LoadHistory({ desk: 'nowhere' })
  load(): HistoryMessage[] {
    return from('of a request');
  }
}

@Injectable()
class Nowhere {
  @LoadHistory({ desk: 'nowhere' })
  load(): HistoryMessage[] {
    return from('of nowhere');
  }
}

describe('Methods with @LoadHistory()', () => {
  it('are called for their threads, desks and bots, and the log says which are not', async () => {
    const desks = await startDesks(
      'memory',
      { billing: {} },
      { providers: [ReplyLog, Billing, Orders, Rest, PerRequest, Nowhere] },
    );
    const { telegram, log } = desks.desk;

    /** What `/history` shows of a thread. */
    async function historyOf(threadId: string, desk: string): Promise<string | undefined> {
      await telegram.notifyNewThread({ threadId, text: `about ${threadId}`, desk });
      const notice = await desks.notice(desk, `about ${threadId}`);
      const chat = desks.chat(desk);
      const asked = chat.agent('Bob', { status: 'administrator' }).reply(notice, '/history');
      const { text } = await chat.waitForMessage(
        ({ reply_to_message: replied, from: author }) =>
          replied?.message_id === asked.message_id && author?.is_bot === true,
        20_000,
      );
      return text?.split('\n').at(-1);
    }

    expect(await historyOf('a', 'billing')).toBe('of billing');
    expect(await historyOf('b', 'default')).toBe('of the rest');
    expect(await historyOf('none', 'default')).toContain('has no messages');
    expect(['of orders', 'of the rest']).toContain(await historyOf('order-1', 'default'));
    await vi.waitFor(() => {
      const lines = log.lines.map(({ text }) => text).join('\n');
      expect(lines).toContain('PerRequest.load() is not called');
      expect(lines).toMatch(/Nowhere\.load is never called, because no desk/);
      expect(lines).toMatch(/"threads" of \S+Orders\.never has to return true or false/);
    }, 20_000);
  });
});
