import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byHeader, ChatDesk } from './chat-desk.js';

const PAGE = 'https://shop.example';
const LISTED = 'https://other.example';
const PLAIN = 'http://shop.example';

/** What nginx sends unless it is told otherwise. */
const HOST = 'app:3000';

interface Answer {
  readonly status: number | undefined;
  readonly body: { readonly session: string; readonly error?: string };
  readonly cookie: string | undefined;
}

describe('The chat behind a proxy that rewrites the name of the host', () => {
  let chat: ChatDesk;
  beforeAll(async () => {
    chat = await ChatDesk.start({
      support: { anonymous: true, customer: byHeader, origins: [LISTED, PLAIN] },
    });
  });
  afterAll(() => chat.stop());

  /** `fetch` would not send another `Host`. */
  async function send(
    method: string,
    path: string,
    given: Record<string, string | undefined>,
    text = '',
  ): Promise<Answer> {
    const all = { 'X-Support-Chat': '1', 'Content-Type': 'application/json', Host: HOST, ...given };
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value));
    const sent = request(new URL(path, chat.base), { method, headers }).end(text);
    const [response]: IncomingMessage[] = await once(sent, 'response');
    if (!response) throw new Error('There is no answer');
    return {
      status: response.statusCode,
      body: JSON.parse(Buffer.concat(await response.toArray()).toString()),
      cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
    };
  }

  const open = (headers: Record<string, string>, body: object = {}) =>
    send('POST', 'session', headers, JSON.stringify(body));
  const statusOf = async (headers: Record<string, string | undefined>) =>
    (await send('GET', 'threads', headers)).status;

  it('knows whoever reads from the page that the session was made for', async () => {
    const { status, body, cookie } = await open({
      Origin: PAGE,
      'Sec-Fetch-Site': 'same-origin',
    });
    expect(status).toBe(200);
    const Authorization = `Bearer ${body.session}`;
    const site = { Authorization, 'Sec-Fetch-Site': 'same-origin' };
    expect(await statusOf(site)).toBe(200);
    expect(await statusOf({ ...site, Cookie: cookie })).toBe(200);
    expect(await statusOf({ ...site, Origin: PAGE })).toBe(200);
    expect(await statusOf({ ...site, Origin: LISTED })).toBe(401);
    expect(await statusOf({ ...site, 'Sec-Fetch-Site': 'none' })).toBe(401);
    expect(await statusOf({ Authorization })).toBe(401);
    const renewed = await open({ ...site, Origin: PAGE });
    expect(renewed.status).toBe(200);
    const again = { ...site, Authorization: `Bearer ${renewed.body.session}` };
    expect(await statusOf(again)).toBe(200);
  });

  it('does not take the session of a page of another origin for that of an own page', async () => {
    const token = chat.support.customerToken({ id: 'ann' }, { origin: LISTED });
    const { status, body } = await open(
      { Origin: LISTED, 'Sec-Fetch-Site': 'cross-site' },
      { token },
    );
    expect(status).toBe(200);
    const Authorization = `Bearer ${body.session}`;
    expect(await statusOf({ Authorization, Origin: LISTED })).toBe(200);
    expect(await statusOf({ Authorization, 'Sec-Fetch-Site': 'same-origin' })).toBe(401);
  });

  it('knows a visitor by session and cookie without HTTPS, where browsers tell no site', async () => {
    const { body, cookie } = await open({ Origin: PLAIN });
    const Authorization = `Bearer ${body.session}`;
    expect(await statusOf({ Authorization, Cookie: cookie })).toBe(200);
    expect(await statusOf({ Authorization })).toBe(401);
    const other = await open({ Origin: PLAIN });
    expect(await statusOf({ Authorization, Cookie: other.cookie })).toBe(401);
    expect(await statusOf({ Authorization, Cookie: cookie, 'Sec-Fetch-Site': 'none' })).toBe(401);
  });
});
