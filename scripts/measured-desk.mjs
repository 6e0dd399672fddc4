// Two desks with a day of work in some minutes, measured by the SDK of OpenTelemetry as an app sets it up.
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { OnThreadReply, TelegramModule, TelegramService } from 'nestjs-telegram-support';
import { SupportChatModule } from 'nestjs-telegram-support/chat';
import { TelegramTestDesk } from 'nestjs-telegram-support/testing';
import { freePort } from './free-port.mjs';

const CUSTOMERS = 14;
const QUESTIONS = ['Where is my parcel?', 'May I return it?', 'The invoice is wrong', 'Thank you!'];

/** Who asks, as the app's own guard would say. */
const customerOf = ({ headers }) => ({ id: headers['x-customer'], name: 'Customer' });

// oxlint-disable-next-line typescript/no-extraneous-class -- Nest wants a class.
class MeasuredApp {}

/** The app's side: it takes some time, and fails now and then. */
class OrderReplies {
  async take({ threadId }) {
    await delay(10 + 80 * Math.random());
    if (['c3', 'c4', 'c7', 'c8'].includes(threadId) && Math.random() < 0.8)
      throw new RangeError('There is no such order');
  }
}
OnThreadReply()(
  OrderReplies.prototype,
  'take',
  Object.getOwnPropertyDescriptor(OrderReplies.prototype, 'take'),
);

export class MeasuredDesk {
  #app;
  #desk;
  #billing;
  #telegram;
  #answered = new Set();
  metricsPort;

  static async start() {
    const measured = new MeasuredDesk();
    measured.metricsPort = await freePort();
    const reader = new PrometheusExporter({ host: '127.0.0.1', port: measured.metricsPort });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    const desk = await TelegramTestDesk.start();
    measured.#desk = desk;
    measured.#billing = desk.emulator.createSupergroup({ title: 'Billing' });
    const telegram = TelegramModule.forRoot({
      isGlobal: true,
      replies: { attempts: 2 },
      reminders: { firstReplyMs: 12_000 },
      desks: { billing: { adminChatId: measured.#billing.id } },
    });
    const chat = SupportChatModule.forRoot({ customer: customerOf });
    const root = {
      module: MeasuredApp,
      imports: [telegram, desk.module, chat],
      providers: [OrderReplies],
    };
    measured.#app = await NestFactory.create(root, { logger: false });
    await desk.connect(measured.#app);
    measured.#telegram = measured.#app.get(TelegramService, { strict: false });
    return measured;
  }

  /** Customers write and agents answer; in the middle Telegram is slow, floods, and then is away for some seconds. */
  async play(seconds) {
    const { emulator } = this.#desk;
    const endsAt = Date.now() + seconds * 1000;
    const streams = this.#watch(endsAt);
    const agents = this.#answer(endsAt);
    const troubles = [
      [0.1, () => emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 1 }, 2)],
      [0.35, () => emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 4 })],
      [0.55, () => emulator.failNext('sendMessage', { kind: 'html', status: 502 }, 2)],
      [0.8, () => emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 7 })],
    ];
    const begun = Date.now();
    for (let i = 0; Date.now() < endsAt; i += 1) {
      const share = (Date.now() - begun) / (seconds * 1000);
      if (troubles[0] && share > troubles[0][0]) troubles.shift()[1]();
      const customer = Math.floor(Math.random() * CUSTOMERS);
      const text = QUESTIONS[i % QUESTIONS.length];
      const desk = customer % 3 === 0 ? 'billing' : 'default';
      await this.#telegram.notifyNewThread({ threadId: `c${customer}`, text, desk });
      await delay(500 + 2_200 * Math.random() * (1.2 + Math.sin(share * 9)));
    }
    await Promise.all([streams, agents]);
  }

  async stop() {
    await this.#app.close();
    await this.#desk.stop();
  }

  /** Agents answer the newest notices, some sooner, some later. */
  async #answer(endsAt) {
    const agents = [
      [this.#desk.chat, this.#desk.chat.agent('Ada')],
      [this.#billing, this.#billing.agent('Grace')],
    ];
    while (Date.now() < endsAt) {
      for (const [chat, agent] of agents) {
        const notices = chat.messages.filter(({ from }) => from?.is_bot === true);
        const notice = notices[Math.max(0, notices.length - 1 - Math.floor(Math.random() * 12))];
        if (!notice || this.#answered.has(notice)) continue;
        this.#answered.add(notice);
        agent.reply(notice, 'We look into it');
      }
      await delay(600 + 900 * Math.random());
    }
  }

  /** Customers come and go in the chat. */
  async #watch(endsAt) {
    const base = `${await this.#app.getUrl()}/support/`;
    const open = [];
    while (Date.now() < endsAt) {
      const headers = {
        'x-customer': `w${open.length}`,
        'x-support-chat': '1',
        'content-type': 'application/json',
      };
      const body = JSON.stringify({ clientId: '1', text: 'Hello' });
      const answer = await fetch(`${base}threads`, { method: 'POST', headers, body });
      const { thread } = await answer.json();
      const leaving = new AbortController();
      await fetch(`${base}threads/${thread.id}/stream`, { headers, signal: leaving.signal });
      open.push(leaving);
      if (open.length % 4 === 3) open[open.length - 3].abort();
      await delay(9_000);
    }
    for (const leaving of open) leaving.abort();
  }
}
