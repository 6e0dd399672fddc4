import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SupportChatModule } from '../../src/chat-widget/index.js';
import { samples } from '../file-links/samples.js';
import { adapterNames } from '../support/http-adapters.js';
import { callRoute, chatRoutes, PUBLIC_FILES, type Belongings } from './chat-routes.js';
import type { ChatClient } from './chat-client.js';
import { ChatDesk } from './chat-desk.js';

const PNG = new Uint8Array(samples.shown['image/png']);
const NOBODY: Belongings = { threadId: `chat_${'A'.repeat(22)}`, messageId: 'c:none' };

describe.each(adapterNames)('What one customer has in the chat on %s', (adapter) => {
  let chat: ChatDesk;
  let ann: ChatClient;
  let anns: Belongings;
  let bob: ChatClient;
  let bobs: Belongings;
  beforeAll(async () => {
    chat = await ChatDesk.start({ adapter });
    ann = chat.customer('ann');
    bob = chat.customer('bob');
    [anns, bobs] = [await begin(ann), await begin(bob)];
  });
  afterAll(() => chat.stop());

  async function begin(client: ChatClient): Promise<Belongings> {
    const { body } = await client.start('A secret of mine');
    return { threadId: body.thread.id, messageId: body.message.id };
  }

  /** The routes that the app has, as method and path below that of the chat. */
  function servedRoutes(): string[] {
    const modules = [...chat.desk.app.get(ModulesContainer).values()];
    const own = modules.find(({ metatype }) => metatype === SupportChatModule);
    return [...(own?.controllers.values() ?? [])].flatMap(({ metatype: controller }) => {
      if (typeof controller !== 'function') return [];
      const base = String(Reflect.getMetadata(PATH_METADATA, controller));
      return methodsOf(controller.prototype).flatMap((method) => {
        const path: unknown = Reflect.getMetadata(PATH_METADATA, method);
        if (typeof path !== 'string') return [];
        const verb = RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, method))];
        // The class has a path, too.
        if (verb === undefined) return [];
        const whole = `${base}/${path}`.replaceAll(/\/+/g, '/').replace(/\/$/, '');
        return `${verb} ${whole.replace(/^support\//, '')}`;
      });
    });
  }

  function methodsOf(prototype: object | null): object[] {
    if (!prototype || prototype === Object.prototype) return [];
    const own = Object.values(Object.getOwnPropertyDescriptors(prototype));
    const methods = own.flatMap(({ value }): object[] =>
      typeof value === 'function' ? [value] : [],
    );
    return [...methods, ...methodsOf(Object.getPrototypeOf(prototype))];
  }

  it('is tried at every route there is', () => {
    const served = servedRoutes().filter((route) => !PUBLIC_FILES.test(route.split(' ')[1] ?? ''));
    const tried = chatRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(served.toSorted()).toEqual(tried.toSorted());
  });

  const closed = chatRoutes.filter(({ isOpen }) => !isOpen);
  it.each(closed)('is nothing for nobody: $method $path', async (route) => {
    const answer = await callRoute(chat.browser(), route, anns);
    expect([answer.status, answer.body.error]).toEqual([401, 'unauthenticated']);
    expect(answer.text).not.toContain('secret of mine');
  });

  const ofThreads = chatRoutes.filter(({ isOfThread }) => isOfThread);
  it.each(ofThreads)('is nothing for another one: $method $path', async (route) => {
    const before = await chat.store.findThread(anns.threadId);
    const other = await callRoute(bob, route, anns);
    const missing = await callRoute(bob, route, NOBODY);
    expect([other.status, other.body.error]).toEqual([404, 'not_found']);
    // One that is another's looks as one that does not exist.
    expect(other.text).toBe(missing.text);
    expect(await chat.store.findThread(anns.threadId)).toEqual(before);
  });

  const ofMessages = chatRoutes.filter(({ path }) => path.includes(':messageId'));
  it.each(ofMessages)('is not reached through an own thread: $method $path', async (route) => {
    const mixed = { threadId: bobs.threadId, messageId: anns.messageId };
    expect((await callRoute(bob, route, mixed)).status).toBe(404);
    const [message] = await ann.messagesOf(anns.threadId);
    expect(message?.text).toBe('A secret of mine');
  });

  it('is in no list of another one, whatever the cursor', async () => {
    for (const query of ['after=0', 'before=9999', 'limit=200', 'after=0&limit=200']) {
      const { body } = await bob.call('GET', `threads/${bobs.threadId}/messages?${query}`);
      expect(body.messages.map(({ id }) => id)).toEqual([bobs.messageId]);
    }
    const { body } = await bob.call('GET', 'threads');
    expect(body.threads.map(({ id }) => id)).toEqual([bobs.threadId]);
  });

  it('is nothing that another one can answer or send: message ids and uploads', async () => {
    const uploaded = await ann.upload(PNG);
    const path = `threads/${bobs.threadId}/messages`;
    const attachments = [uploaded.body['id']];
    const stolen = await bob.call('POST', path, { clientId: 's1', text: 'x', attachments });
    expect([stolen.status, stolen.body.error]).toEqual([404, 'not_found']);
    const opened = await bob.start('x', { attachments });
    expect(opened.status).toBe(404);
    const replyTo = anns.messageId;
    const answered = await bob.call('POST', path, { clientId: 's2', text: 'x', replyTo });
    expect(answered.status).toBe(404);
    expect((await bob.call('GET', 'threads')).body.threads).toHaveLength(1);
  });

  it('has links that are good for one file, and not when a letter is changed', async () => {
    const uploaded = await ann.upload(PNG);
    const { body } = await ann.start('Mine', { attachments: [uploaded.body['id']] });
    const link = body.message.attachments?.[0]?.url ?? '';
    expect((await fetch(new URL(link, ann.base))).status).toBe(200);
    for (const at of ['files/'.length, link.length - 1]) {
      const letter = link[at] === 'A' ? 'B' : 'A';
      const forged = link.slice(0, at) + letter + link.slice(at + 1);
      expect((await fetch(new URL(forged, ann.base))).status).toBe(404);
    }
    expect((await fetch(new URL(`files/${String(uploaded.body['id'])}`, ann.base))).status).toBe(
      404,
    );
  });

  it('gives the same client id of two customers two threads', async () => {
    const first = await ann.call('POST', 'threads', { clientId: 'same', text: 'Of Ann' });
    const second = await bob.call('POST', 'threads', { clientId: 'same', text: 'Of Bob' });
    expect(first.body.thread.id).not.toBe(second.body.thread.id);
    expect(second.body.message.text).toBe('Of Bob');
  });
});
