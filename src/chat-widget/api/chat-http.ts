import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { hasUnreadJson, readJsonBody, type ExpressRequest } from '../../webhook/read-json-body.js';
import { ChatHttpError } from '../chat-http.error.js';
import type { ChatCustomer } from '../identity/chat-customer.interface.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { ChatInput } from './chat-input.js';

/** Texts of the longest message, all of them escaped. */
const MAX_BODY_BYTES = 262_144;

/**
 * Reads requests and answers them. It bypasses the app's pipes and interceptors, which might change what clients of the
 * chat send and get.
 */
@Injectable()
export class ChatHttp {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** The customer whom `ChatIdentityGuard` has found. */
  customerOf({ chatCustomer }: ChatHttpRequest): ChatCustomer {
    if (chatCustomer) return chatCustomer;
    throw new ChatHttpError('unauthenticated', 'Open a session first: POST session');
  }

  /** A part of the path. */
  param({ params }: ChatHttpRequest, name: string): string {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  }

  query({ url }: ChatHttpRequest): URLSearchParams {
    const start = url.indexOf('?');
    return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  }

  /** The JSON in the body, whether or not the app has a parser. */
  async input(request: ChatHttpRequest): Promise<ChatInput> {
    if (isUnread(request) && hasUnreadJson(request)) await readBody(request);
    const { body, headers } = request;
    if (body && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
      throw new ChatHttpError('unsupported_type', 'The Content-Type must be application/json');
    }
    return new ChatInput(body);
  }

  answer(response: object, status: number, body: object): void {
    const { httpAdapter } = this.adapterHost;
    // An interceptor of the app may have answered already, for example with a timeout.
    if (httpAdapter.isHeadersSent(response)) return;
    httpAdapter.reply(response, body, status);
  }
}

/** On Express the request is that of Node. */
function isUnread(request: ChatHttpRequest): request is ChatHttpRequest & ExpressRequest {
  return request.raw === undefined && request.body === undefined;
}

function readBody(request: ExpressRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    readJsonBody(request, MAX_BODY_BYTES, (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}
