import { Delete, Get, Inject, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type { TranscriptMessage, TranscriptThread } from '../transcripts/transcript.interface.js';
import { ChatHttp } from './chat-http.js';
import { numberIn, required } from './chat-input.js';
import { ChatPresenter } from './chat-presenter.js';
import { ChatThreads } from './chat-threads.js';
import { MessageChanges } from './message-changes.js';
import { MessageSender } from './message-sender.js';
import { newMessageIn } from './new-message.js';
import { emojiIn } from './reaction-input.js';

const PAGE = 50;
const LONGEST_PAGE = 200;

/** The messages of a thread. */
export abstract class MessagesController {
  constructor(
    @Inject(ChatHttp) private readonly http: ChatHttp,
    @Inject(ChatThreads) private readonly threads: ChatThreads,
    @Inject(TranscriptStore) private readonly store: TranscriptStore,
    @Inject(MessageSender) private readonly sender: MessageSender,
    @Inject(MessageChanges) private readonly changes: MessageChanges,
    @Inject(ChatPresenter) private readonly presenter: ChatPresenter,
    @Inject(ChatSettings) private readonly settings: ChatSettings,
  ) {}

  @Get()
  async list(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    // Read first: what changes meanwhile is above its cursor, and comes again.
    const thread = await this.#thread(request);
    const query = this.http.query(request);
    const limit = numberIn(query, 'limit', LONGEST_PAGE) || PAGE;
    const [after, before] = [numberIn(query, 'after'), numberIn(query, 'before')];
    if (after !== undefined && before !== undefined) {
      throw new ChatHttpError('invalid', 'Either after or before');
    }
    const selection = after === undefined ? { before, limit } : { after, limit };
    const messages = await this.store.list(thread.threadId, selection);
    const last = messages.at(-1)?.changed ?? 0;
    const isCut = after !== undefined && messages.length >= limit;
    this.http.answer(response, 200, {
      thread: this.presenter.thread(thread),
      messages: messages.map((message) => this.presenter.message(thread, message)),
      cursor: isCut ? last : Math.max(thread.lastNumber, after ?? 0),
    });
  }

  @Post()
  async post(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const message = newMessageIn(await this.http.input(request), this.settings);
    const { isNew, ...posted } = await this.sender.post(...this.#place(request), message);
    await this.#answer(request, response, isNew ? 201 : 200, posted.message);
  }

  @Patch(':messageId')
  async edit(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const input = await this.http.input(request);
    const text = required('text', input.text('text', this.settings.maxTextLength));
    const message = await this.changes.edit(...this.#message(request), text);
    await this.#answer(request, response, 200, message);
  }

  @Delete(':messageId')
  async delete(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const message = await this.changes.delete(...this.#message(request));
    await this.#answer(request, response, 200, message);
  }

  @Put(':messageId/reaction')
  async react(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const emoji = emojiIn(await this.http.input(request));
    const message = await this.changes.react(...this.#message(request), emoji);
    await this.#answer(request, response, 200, message);
  }

  async #answer(
    request: ChatHttpRequest,
    response: object,
    status: number,
    message: TranscriptMessage,
  ): Promise<void> {
    const view = this.presenter.message(await this.#thread(request), message);
    this.http.answer(response, status, { message: view });
  }

  #thread(request: ChatHttpRequest): Promise<TranscriptThread> {
    return this.threads.ofCustomer(...this.#place(request));
  }

  #place(request: ChatHttpRequest) {
    return [this.http.customerOf(request), this.http.param(request, 'threadId')] as const;
  }

  #message(request: ChatHttpRequest) {
    return [...this.#place(request), this.http.param(request, 'messageId')] as const;
  }
}
