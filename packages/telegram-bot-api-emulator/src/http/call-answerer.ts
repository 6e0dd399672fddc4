import type { ServerResponse } from 'node:http';
import type { Clock } from '../time/clock.js';
import { Pauses } from '../time/pauses.js';
import { sendHalf, sendJson, sendPage } from './answer-writer.js';
import type { RecordedCall } from './bot-api-call.js';
import { type BotApiAnswer, createErrorAnswer } from './bot-api-executor.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { EmulatorFault } from './emulator-fault.js';

/** A call that is to be answered. */
export interface OpenCall {
  readonly recorded: RecordedCall;
  readonly response: ServerResponse;
  readonly perform: () => BotApiAnswer | Promise<BotApiAnswer>;
}

const NOTHING_DONE: BotApiAnswer = { status: 200, response: { ok: true, result: true } };

/** Performs calls and answers them, or lets them meet a fault. */
export class CallAnswerer {
  readonly #pauses: Pauses;

  constructor(clock: Clock) {
    this.#pauses = new Pauses(clock);
  }

  /** Answers a call as it is to be answered. */
  async answer({ response, recorded, perform }: OpenCall): Promise<void> {
    const performed = perform();
    // Whoever sees the message of a call finds the call answered.
    const answer = performed instanceof Promise ? await performed : performed;
    this.#send(response, recorded, answer);
  }

  /** Lets a call meet a fault. */
  async fail(call: OpenCall, fault: EmulatorFault): Promise<void> {
    const { response, recorded, perform } = call;
    switch (fault.kind) {
      case 'hang':
        return;
      case 'delay':
        await this.#pauses.wait(fault.delayMs);
        await this.answer(call);
        return;
      case 'error':
        this.#send(response, recorded, createErrorAnswer(fault));
        return;
      case 'flood': {
        const flood = BotApiError.flood(fault.retryAfterSeconds);
        this.#send(response, recorded, createErrorAnswer(flood));
        return;
      }
      case 'html':
        recorded.status = fault.status;
        sendPage(response, fault.status);
        return;
      case 'redirect':
        recorded.status = 302;
        response.writeHead(302, { Location: fault.location }).end();
        return;
      case 'cut':
        if (fault.perform) await perform();
        response.destroy();
        return;
      case 'truncate': {
        const answer = fault.perform ? await perform() : NOTHING_DONE;
        recorded.status = answer.status;
        sendHalf(response, answer);
        return;
      }
    }
  }

  /** Forgets the calls that were to be performed later. */
  cancel(): void {
    this.#pauses.cancel();
  }

  #send(response: ServerResponse, recorded: RecordedCall, answer: BotApiAnswer): void {
    recorded.status = answer.status;
    recorded.response = answer.response;
    sendJson(response, answer);
  }
}
