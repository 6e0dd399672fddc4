import { BOT_ID, CHAT_ID, FIRST_NOTICE, THREADS } from './ingest.task.js';

const A_PERSON = 5_100_000_007;
const CHAT = { id: CHAT_ID, title: 'Support', type: 'supergroup' };
const BOT = { id: BOT_ID, is_bot: true, first_name: 'Support Desk', username: 'support_desk_bot' };
const PERSON = { id: A_PERSON, is_bot: false, first_name: 'Ben', username: 'ben_of_support_42' };
/** As long as a signed reference; it is looked at and found wrong, and the mapping found. */
const REFERENCE = `tg://thread?r=${'A'.repeat(40)}`;

/** An agent's reply, about 700 bytes of JSON, always equally long. */
export function updateText(number: number, isForDesk: boolean): string {
  const replied = {
    message_id: FIRST_NOTICE + (number % THREADS),
    from: isForDesk ? BOT : PERSON,
    chat: CHAT,
    date: 1_790_000_000,
    text: '\u200bAlice: Where is my parcel?',
    entities: [{ offset: 0, length: 1, type: 'text_link', url: REFERENCE }],
  };
  const from = {
    id: 501,
    is_bot: false,
    first_name: 'Ada',
    username: 'ada_l',
    language_code: 'en',
  };
  const message = {
    message_id: 100_000_000 + number,
    from,
    chat: CHAT,
    date: 1_790_000_077,
    reply_to_message: replied,
    text: 'Hi Alice, the parcel left our house this morning.',
  };
  return JSON.stringify({ update_id: 800_000_000 + number, message });
}
