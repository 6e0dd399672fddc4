import { describe, expect, it } from 'vitest';
import { WireClient } from '../../test/support/wire-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import { SeededRandom } from '../common/seeded-random.js';
import type { BotApiCall } from './bot-api-call.js';
import type { EmulatorFault } from './emulator-fault.js';
import { FaultPlan } from './fault-plan.js';

const HANG: EmulatorFault = { kind: 'hang' };
const CUT: EmulatorFault = { kind: 'cut', perform: true };
const FLOOD: EmulatorFault = { kind: 'flood', retryAfterSeconds: 3 };

describe('FaultPlan', () => {
  it('plans no fault by itself', () => {
    expect(takeKinds(new FaultPlan(new SeededRandom(1)), 'getMe', 20)).toEqual(
      Array.from({ length: 20 }, () => undefined),
    );
  });

  it('gives the faults of a method in the order in which they were planned', () => {
    const plan = new FaultPlan(new SeededRandom(1));
    plan.add('sendMessage', HANG, { times: 2 });
    plan.add('SENDMESSAGE', CUT, { times: 1 });
    plan.add('getMe', FLOOD, { times: 1 });
    expect(takeKinds(plan, 'sendmessage', 4)).toEqual(['hang', 'hang', 'cut', undefined]);
    expect(takeKinds(plan, 'GetMe', 2)).toEqual(['flood', undefined]);
  });

  it('gives a fault to the calls that are meant, and leaves those of other calls to them', () => {
    const plan = new FaultPlan(new SeededRandom(1));
    plan.add('sendMessage', HANG, { times: 2, when: isOf('one') });
    plan.add('sendMessage', CUT, { when: isOf('two') });
    const texts = ['two', 'none', 'one', 'two', 'one', 'one'];
    const kinds = texts.map((text) => plan.take(callOf('sendMessage', { text }))?.kind);
    expect(kinds).toEqual(['cut', undefined, 'hang', undefined, 'hang', undefined]);
  });

  it('plans nothing for no times', () => {
    const plan = new FaultPlan(new SeededRandom(1));
    plan.add('getMe', HANG, { times: 0 });
    expect(plan.take(callOf('getMe'))).toBeUndefined();
  });

  describe('of a share', () => {
    it('gives it to the same calls for the same seed', () => {
      const [one, same, other] = [1, 1, 2].map((seed) => {
        const plan = new FaultPlan(new SeededRandom(seed));
        plan.addShared({ fault: HANG, share: 0.3, method: undefined });
        return takeKinds(plan, 'sendMessage', 200);
      });
      expect(same).toEqual(one);
      expect(other).not.toEqual(one);
      const share = (one?.filter((kind) => kind === 'hang').length ?? 0) / 200;
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.4);
    });

    it.each([
      [0, undefined],
      [1, 'hang'],
    ])('takes a share of %i at its word', (share, kind) => {
      const plan = new FaultPlan(new SeededRandom(1));
      plan.addShared({ fault: HANG, share, method: undefined });
      expect(new Set(takeKinds(plan, 'getMe', 100))).toEqual(new Set([kind]));
    });

    it('gives it to calls of one method alone, however they spell it', () => {
      const plan = new FaultPlan(new SeededRandom(1));
      plan.addShared({ fault: HANG, share: 1, method: 'getme' });
      expect(plan.take(callOf('GetMe'))).toBe(HANG);
      expect(plan.take(callOf('getChat'))).toBeUndefined();
    });

    it('does not let calls of other methods change which ones it meets', () => {
      const [alone, amidst] = [false, true].map((isAmidst) => {
        const plan = new FaultPlan(new SeededRandom(1));
        plan.addShared({ fault: HANG, share: 0.5, method: 'getme' });
        return Array.from({ length: 50 }, () => {
          if (isAmidst) plan.take(callOf('getChat'));
          return plan.take(callOf('getMe'))?.kind;
        });
      });
      expect(amidst).toEqual(alone);
    });

    it('gives it to the same calls of an emulator, whatever else is left to chance', async () => {
      const outcomes = [false, true].map(async (isAmidst) => {
        const telegram = await BotApiEmulator.start({ seed: 5 });
        const desk = telegram.createGroup({ title: 'Desk' });
        const client = new WireClient(telegram);
        telegram.failShare(0.5, { kind: 'flood', retryAfterSeconds: 1 }, 'GETME');
        const descriptions: string[] = [];
        for (let call = 0; call < 20; call++) {
          if (isAmidst) await client.call('sendDice', { chat_id: desk.id });
          descriptions.push(await client.errorOf('getMe'));
        }
        await telegram.stop();
        return descriptions;
      });
      const [alone, amidst] = await Promise.all(outcomes);
      expect(amidst).toEqual(alone);
      expect(new Set(alone)).toEqual(new Set(['ok', 'Too Many Requests: retry after 1']));
    });

    it('lets planned faults go first', () => {
      const plan = new FaultPlan(new SeededRandom(1));
      plan.addShared({ fault: HANG, share: 1, method: undefined });
      plan.add('getMe', CUT, { times: 2 });
      expect(takeKinds(plan, 'getMe', 4)).toEqual(['cut', 'cut', 'hang', 'hang']);
    });

    it('gives the share that came first where several fit', () => {
      const plan = new FaultPlan(new SeededRandom(1));
      const end = plan.addShared({ fault: HANG, share: 1, method: 'getme' });
      plan.addShared({ fault: CUT, share: 1, method: undefined });
      expect(plan.take(callOf('getMe'))).toBe(HANG);
      end();
      expect(plan.take(callOf('getMe'))).toBe(CUT);
    });

    it('ends once and for all when the returned function is called', () => {
      const plan = new FaultPlan(new SeededRandom(1));
      const end = plan.addShared({ fault: HANG, share: 1, method: undefined });
      end();
      end();
      expect(plan.take(callOf('getMe'))).toBeUndefined();
    });
  });
});

function isOf(text: string): (call: BotApiCall) => boolean {
  return ({ params }) => params['text'] === text;
}

function callOf(method: string, params: BotApiCall['params'] = {}): BotApiCall {
  return {
    method,
    params,
    files: {},
    contentType: '',
    botId: null,
    isWebhookReply: false,
    status: null,
    response: null,
    problems: [],
    at: 0,
  };
}

function takeKinds(plan: FaultPlan, method: string, times: number): unknown[] {
  return Array.from({ length: times }, () => plan.take(callOf(method))?.kind);
}
