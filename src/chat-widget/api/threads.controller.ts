import { Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { HttpResponse } from '../../file-links/http-response.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { TranscriptStreams } from '../stream/transcript-streams.js';
import type { TranscriptRating } from '../transcripts/transcript.interface.js';
import { ChatHttp } from './chat-http.js';
import { required } from './chat-input.js';
import { ChatPresenter } from './chat-presenter.js';
import { ChatThreads } from './chat-threads.js';
import { MessageSender } from './message-sender.js';
import { newMessageIn, subjectIn } from './new-message.js';
import { ThreadChanges } from './thread-changes.js';

const STARS: readonly TranscriptRating['stars'][] = [1, 2, 3, 4, 5];
const LONGEST_COMMENT = 1_000;

/** The threads of a customer. */
export abstract class ThreadsController {
  constructor(
    @Inject(ChatHttp) private readonly http: ChatHttp,
    @Inject(ChatThreads) private readonly threads: ChatThreads,
    @Inject(MessageSender) private readonly sender: MessageSender,
    @Inject(ThreadChanges) private readonly changes: ThreadChanges,
    @Inject(ChatPresenter) private readonly presenter: ChatPresenter,
    @Inject(TranscriptStreams) private readonly streams: TranscriptStreams,
    @Inject(ChatSettings) private readonly settings: ChatSettings,
  ) {}

  @Get()
  async list(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const threads = await this.threads.list(this.http.customerOf(request));
    const views = threads.map((thread) => this.presenter.thread(thread));
    this.http.answer(response, 200, { threads: views });
  }

  @Post()
  async open(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const input = await this.http.input(request);
    const message = newMessageIn(input, this.settings);
    const conversation = { ...message, subject: subjectIn(input) };
    const opened = await this.sender.open(this.http.customerOf(request), conversation);
    this.http.answer(response, opened.isNew ? 201 : 200, {
      thread: this.presenter.thread(opened.thread),
      message: this.presenter.message(opened.thread, opened.message),
    });
  }

  @Get(':threadId')
  async find(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const thread = await this.threads.ofCustomer(...this.#place(request));
    this.http.answer(response, 200, { thread: this.presenter.thread(thread) });
  }

  @Get(':threadId/stream')
  async stream(@Req() request: ChatHttpRequest, @Res() response: HttpResponse): Promise<void> {
    const { threadId, customerId } = await this.threads.ofCustomer(...this.#place(request));
    await this.streams.open({ threadId, customerId, request, response });
  }

  @Post(':threadId/read')
  async read(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const input = await this.http.input(request);
    const upTo = required('upTo', input.integer('upTo', 0, Number.MAX_SAFE_INTEGER));
    const thread = await this.changes.read(...this.#place(request), upTo);
    this.http.answer(response, 200, { thread: this.presenter.thread(thread) });
  }

  @Post(':threadId/typing')
  async type(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    await this.changes.type(...this.#place(request));
    this.http.answer(response, 200, {});
  }

  @Post(':threadId/rating')
  async rate(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const input = await this.http.input(request);
    const given = required('stars', input.integer('stars', 1, 5));
    const stars = required(
      'stars',
      STARS.find((each) => each === given),
    );
    const comment = input.text('comment', LONGEST_COMMENT);
    const rating = { stars, ...(comment !== undefined && { comment }) };
    const thread = await this.changes.rate(...this.#place(request), rating);
    this.http.answer(response, 200, { thread: this.presenter.thread(thread) });
  }

  @Post(':threadId/close')
  async close(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const thread = await this.changes.close(...this.#place(request));
    this.http.answer(response, 200, { thread: this.presenter.thread(thread) });
  }

  #place(request: ChatHttpRequest) {
    return [this.http.customerOf(request), this.http.param(request, 'threadId')] as const;
  }
}
