import { ChatHttpError } from '../chat-http.error.js';
import type { ChatSettings } from '../config/chat-settings.js';
import { required, type ChatInput } from './chat-input.js';

const CLIENT_ID = /^[\w-]{1,64}$/;
const UPLOAD_ID = /^[\w-]{1,64}$/;
const MESSAGE_ID = /^[\w:-]{1,128}$/;
const LONGEST_URL = 2_048;
const LONGEST_SUBJECT = 256;

/** A message as a client sends it. */
export interface NewMessage {
  /** Chosen by the client: the same again is the same message. */
  readonly clientId: string;
  readonly text: string | undefined;
  /** Of uploads. */
  readonly uploadIds: readonly string[];
  /** The id of the message that it answers. */
  readonly replyTo: string | undefined;
  readonly pageUrl: string | undefined;
}

/** @throws {@link ChatHttpError} When a field cannot be right, or there is nothing to send. */
export function newMessageIn(input: ChatInput, settings: ChatSettings): NewMessage {
  const clientId = input.matching('clientId', CLIENT_ID, 'must have 1 to 64 of A-Z a-z 0-9 _ -');
  const most = settings.uploads?.maxFiles ?? 0;
  const message = {
    clientId: required('clientId', clientId),
    text: input.text('text', settings.maxTextLength),
    uploadIds: input.list('attachments', most, UPLOAD_ID, 'must be ids of uploads'),
    replyTo: input.matching('replyTo', MESSAGE_ID, 'must be the id of a message'),
    pageUrl: webLink(input.text('pageUrl', LONGEST_URL)),
  };
  if (new Set(message.uploadIds).size < message.uploadIds.length) {
    throw new ChatHttpError('invalid', 'attachments names an upload twice');
  }
  if (message.text === undefined && message.uploadIds.length === 0) {
    throw new ChatHttpError('invalid', 'A message needs a text or attachments');
  }
  return message;
}

/** What the thread is about, on one line. */
export function subjectIn(input: ChatInput): string | undefined {
  return input.text('subject', LONGEST_SUBJECT)?.replaceAll(/\s+/g, ' ');
}

/** Other addresses than those of pages are left out: nobody needs them, and agents could follow them. */
function webLink(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  const isPlain = /^https?:$/.test(protocol) && username === '' && password === '';
  return isPlain && href.length <= LONGEST_URL ? href : undefined;
}
