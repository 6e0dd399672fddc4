import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { TelegramModule, TelegramService } from 'nestjs-telegram-support';
import { TelegramTestDesk, VirtualClock } from 'nestjs-telegram-support/testing';

const TIMEOUT_MS = 30_000;
const MINUTE_MS = 60_000;

/** A Thursday. */
const START = new Date('2026-01-15T10:24:00Z');

/** The app of the pictures. */
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest wants a class.
class PicturedApp {}

/** A desk with topics, in whose chat a scene is played. Its time stands still until the scene moves it. */
export class PicturedDesk {
  #desk;
  #clock;
  telegram;

  constructor(desk, clock, telegram) {
    this.#desk = desk;
    this.#clock = clock;
    this.telegram = telegram;
  }

  static async start({ options = {}, providers = [], start = START }) {
    const clock = new VirtualClock(start.getTime());
    const desk = await TelegramTestDesk.start({
      emulator: { page: true, clock },
      chat: (emulator) => emulator.createForum({ title: 'Support' }),
    });
    const telegram = TelegramModule.forRoot({ mode: 'topics', ...options });
    const root = { module: PicturedApp, imports: [telegram, desk.module], providers };
    const app = await NestFactory.create(root, { logger: false });
    await desk.connect(app);
    return new PicturedDesk(desk, clock, app.get(TelegramService, { strict: false }));
  }

  get chat() {
    return this.#desk.chat;
  }

  get pageUrl() {
    return this.#desk.emulator.pageUrl;
  }

  get now() {
    return this.#clock.now();
  }

  /** A customer opens a conversation; resolves with its card. */
  async open(threadId, { subject = 'Order 1042', name = 'Alice', text }) {
    await this.telegram.notifyNewThread({ threadId, subject, text, customer: { name } });
    return this.shows(text);
  }

  /** The customer writes again. */
  async write(threadId, text, shown = text) {
    await this.telegram.notifyUserMessage({ threadId, text });
    return this.shows(shown);
  }

  /** The bot posts a message with the words. */
  shows(words) {
    const isMeant = ({ from, text }) => from?.is_bot === true && text?.includes(words) === true;
    return this.chat.waitForMessage(isMeant, TIMEOUT_MS);
  }

  /** Whether the bot has posted a message with the words. */
  has(words) {
    const pattern = new RegExp(words);
    return this.chat.messages.some(({ text }) => text !== undefined && pattern.test(text));
  }

  /** The emoji of the topic of a notice. */
  async iconOf({ message_thread_id: topicId }) {
    const topic = this.chat.topics.find(({ id }) => id === topicId);
    const icons = await this.telegram.api.call('getForumTopicIconStickers');
    return icons.find(({ custom_emoji_id: id }) => id === topic?.iconCustomEmojiId)?.emoji;
  }

  /** Somebody of the team, in the topic of a notice. */
  agent(name, notice) {
    const agent = this.chat.agent(name);
    return notice ? agent.inTopic(notice.message_thread_id) : agent;
  }

  /** Somebody follows the link that makes them an agent whom the app knows. */
  async link({ user }, userId) {
    const chat = this.#desk.emulator.createPrivateChat(user.first_name);
    const url = await this.telegram.agentLink(userId);
    chat.agent(user.first_name).openLink(url);
    await until(async () => (await this.telegram.linkedAgents()).length > 0);
  }

  /** Waits until the agent's message is delivered. */
  async isTaken({ message_id: id }) {
    await until(() => this.chat.reactionsOn(id).includes('👍'));
  }

  /** Lets time pass, when nothing is on its way that would time out. */
  async pass(minutes) {
    await this.settle();
    this.#clock.advance(minutes * MINUTE_MS);
  }

  /** Lets time pass, and then some seconds of the same minute, until what is due is done. */
  async passUntil(minutes, isDone) {
    await this.pass(minutes);
    let leftMs = MINUTE_MS - (this.#clock.now() % MINUTE_MS) - 1;
    await until(() => {
      const stepMs = Math.min(leftMs, 250);
      leftMs -= stepMs;
      this.#clock.advance(stepMs);
      return isDone();
    });
  }

  /** Waits until the bot does nothing more. */
  async settle() {
    const { emulator } = this.#desk;
    let count;
    do {
      count = emulator.calls.length;
      await delay(500);
    } while (count !== emulator.calls.length || emulator.bot.pendingUpdates > 0);
  }

  stop() {
    return this.#desk.stop();
  }
}

async function until(isDone) {
  const endMs = performance.now() + TIMEOUT_MS;
  while (!(await isDone())) {
    if (performance.now() > endMs) throw new Error(`The scene stands still: ${isDone}`);
    await delay(20);
  }
}
