import { afterEach, describe, expect, it, vi } from 'vitest';
import { adapterNames } from '../support/http-adapters.js';
import { samples } from '../file-links/samples.js';
import type { ChatClient } from './chat-client.js';
import { ChatDesk } from './chat-desk.js';

const PNG = new Uint8Array(samples.shown['image/png']);

describe.each(adapterNames)('A conversation in the chat on %s', (adapter) => {
  let chat: ChatDesk;
  afterEach(() => chat.stop());

  const start = async (wanted: Parameters<typeof ChatDesk.start>[0] = {}): Promise<void> => {
    chat = await ChatDesk.start({ adapter, ...wanted });
  };

  const waitFor = (client: ChatClient, threadId: string, text: string) =>
    vi.waitFor(async () => {
      const messages = await client.messagesOf(threadId);
      const found = messages.find((message) => message.text === text);
      if (!found) throw new Error(`There is no ${text} yet`);
      return found;
    }, 20_000);

  it('reaches the agents, and their answer the visitor', async () => {
    await start();
    const visitor = await chat.visitor();
    const opened = await visitor.start('Where is my parcel?', { subject: 'Parcel' });
    expect(opened.status).toBe(201);
    const { thread, message } = opened.body;
    expect(thread).toMatchObject({ subject: 'Parcel', status: 'open', unread: 0, cursor: 1 });
    expect(thread.id).toMatch(/^chat_[\w-]{22}$/);
    expect(message).toMatchObject({ number: 1, mine: true, text: 'Where is my parcel?' });

    const asked = await chat.notice('Where is my parcel?');
    chat.desk.chat.agent('Ada').reply(asked, 'On its way');
    const answer = await waitFor(visitor, thread.id, 'On its way');
    expect(answer).toMatchObject({
      mine: false,
      author: { kind: 'agent', name: 'Ada' },
      html: 'On its way',
      replyTo: { id: message.id },
    });
    const { body } = await visitor.call('GET', `threads/${thread.id}`);
    expect(body.thread).toMatchObject({ unread: 1, readByAgents: answer.number });
  });

  it('goes on with further messages, and is found again by the cookie', async () => {
    await start();
    const visitor = await chat.visitor();
    const { body } = await visitor.start('First');
    const path = `threads/${body.thread.id}/messages`;
    const posted = await visitor.call('POST', path, { clientId: 'two', text: 'Second' });
    expect(posted.status).toBe(201);
    await chat.notice('Second');
    const again = await visitor.open();
    expect(again.body.threads).toMatchObject([{ id: body.thread.id, cursor: 2 }]);
    const messages = await visitor.messagesOf(body.thread.id);
    expect(messages.map(({ text }) => text)).toEqual(['First', 'Second']);
  });

  it('has one message however often a client id comes', async () => {
    await start();
    const ann = chat.customer('ann');
    const first = { clientId: 'one', text: 'Hello' };
    const opened = await Promise.all([1, 2, 3, 4].map(() => ann.call('POST', 'threads', first)));
    const [{ body }] = [opened[0] ?? { body: { thread: { id: '' } } }];
    const next = { clientId: 'two', text: 'Again' };
    const path = `threads/${body.thread.id}/messages`;
    const posted = await Promise.all([1, 2, 3, 4].map(() => ann.call('POST', path, next)));
    for (const answers of [opened, posted]) {
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
      expect(new Set(answers.map((answer) => answer.body.message.id)).size).toBe(1);
    }
    await chat.notice('Again');
    expect((await ann.messagesOf(body.thread.id)).map(({ text }) => text)).toEqual([
      'Hello',
      'Again',
    ]);
    const shown = chat.desk.notices.join('\n');
    expect([...shown.matchAll(/Hello|Again/g)].map(([word]) => word)).toEqual(['Hello', 'Again']);
  });

  it('carries a file to the agents, and back as a signed link', async () => {
    await start();
    const ann = chat.customer('ann');
    const uploaded = await ann.upload(PNG, 'my cat.png');
    expect(uploaded.status).toBe(201);
    expect(uploaded.body).toEqual({
      id: uploaded.body['id'],
      name: 'my cat.png',
      size: PNG.length,
      contentType: 'image/png',
    });
    const { body } = await ann.start('Look', { attachments: [uploaded.body['id']] });
    const [file] = body.message.attachments ?? [];
    expect(file).toMatchObject({ kind: 'photo', name: 'my cat.png', width: 1, height: 1 });
    const posted = await chat.notice('Look');
    expect(posted.photo).toBeDefined();
    const response = await fetch(new URL(file?.url ?? '', ann.base));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
  });
});
