import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatApi } from './chat-api.js';
import { SessionStore } from './session-store.js';
import { SafeStorage } from '../state/safe-storage.js';

const blocked = (): never => {
  throw new Error('Blocked');
};

describe('ChatApi', () => {
  const onOtherCustomer = vi.fn<() => void>();
  let requests: Request[];
  let customer: string;
  let api: ChatApi;

  /** A server that refuses what names another customer. */
  async function answer(request: Request): Promise<Response> {
    requests.push(request);
    if (request.url.endsWith('/session')) return Response.json({ customer: { key: customer } });
    const named = request.headers.get('X-Support-Customer');
    return Response.json({}, { status: named === customer ? 200 : 401 });
  }

  beforeEach(() => {
    requests = [];
    customer = 'ann';
    onOtherCustomer.mockReset();
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => answer(new Request(url, init)));
    api = new ChatApi({
      base: 'https://shop.example/support',
      token: async () => undefined,
      headers: () => ({}),
      sessions: new SessionStore(new SafeStorage(blocked, '')),
      onOtherCustomer,
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('names the customer in each request but those that ask who it is', async () => {
    await api.openSession();
    await api.call('POST', 'threads', {});
    await api.openSession();
    const named = requests.map(({ headers }) => headers.get('X-Support-Customer'));
    expect(named).toEqual([null, 'ann', null]);
    expect(api.headers()).toMatchObject({ 'X-Support-Customer': 'ann' });
    expect(onOtherCustomer).not.toHaveBeenCalled();
  });

  it('does not repeat a request that is refused when another customer has logged in', async () => {
    await api.openSession();
    customer = 'bob';
    await expect(api.call('POST', 'threads', {})).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/support/session',
      '/support/threads',
      '/support/session',
    ]);
    expect(onOtherCustomer).toHaveBeenCalledOnce();
  });

  it('repeats what is sent once when the session has ended', async () => {
    const answers = [401, 200];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      const request = new Request(url, init);
      if (request.url.endsWith('/session')) return answer(request);
      return Promise.resolve(Response.json({}, { status: answers.shift() ?? 500 }));
    });
    await api.openSession();
    await api.call('POST', 'threads', {});
    expect(answers).toEqual([]);
    expect(requests).toHaveLength(2);
  });
});
