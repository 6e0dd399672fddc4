import { once } from 'node:events';
import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Bot, webhookCallback } from 'grammy';
import type { AdapterName } from '../support/desk.app.js';
import type { HandledCount } from './handled.count.js';
import { BOT_ID, SECRET, TOKEN, type ServerPlace } from './ingest.task.js';

const PATH = '/hook';

/** A bot with a handler that does nothing but count and react. */
export async function startGrammy(
  adapter: AdapterName,
  apiRoot: string,
  handled: HandledCount,
): Promise<ServerPlace> {
  const bot = new Bot(TOKEN, { client: { apiRoot } });
  // As getMe would say, which nobody is there to answer.
  bot.botInfo = {
    id: BOT_ID,
    is_bot: true,
    first_name: 'Support Desk',
    username: 'support_desk_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    can_manage_bots: false,
    supports_inline_queries: false,
    supports_guest_queries: false,
    supports_join_request_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  };
  bot.on('message', async (context) => {
    handled.add();
    await context.react('👍');
  });
  const port = adapter === 'express' ? await onExpress(bot) : await onFastify(bot);
  return { port, path: PATH };
}

/** Express by itself, with the body parser that Nest gives it. */
async function onExpress(bot: Bot): Promise<number> {
  const express = new ExpressAdapter();
  express.registerParserMiddleware();
  express.post(PATH, webhookCallback(bot, 'express', { secretToken: SECRET }));
  const server = createServer(express.getInstance()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port');
  return address.port;
}

async function onFastify(bot: Bot): Promise<number> {
  const fastify = new FastifyAdapter().getInstance();
  fastify.post(PATH, webhookCallback(bot, 'fastify', { secretToken: SECRET }));
  const url = await fastify.listen({ port: 0, host: '127.0.0.1' });
  return Number(new URL(url).port);
}
