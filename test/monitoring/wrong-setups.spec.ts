import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnosis } from '../../src/index.js';
import { checkOf, idsWith, problemsIn } from './diagnosed.js';
import { SECRET, SetupWorld, WRITTEN } from './wrong-setups/setup-world.js';
import { WRONG_CHATS } from './wrong-setups/wrong-chats.js';
import { WRONG_CONNECTIONS } from './wrong-setups/wrong-connections.js';
import { WRONG_REDIS } from './wrong-setups/wrong-redis.js';
import type { WrongSetup } from './wrong-setups/wrong-setup.interface.js';
import { WRONG_UPDATES } from './wrong-setups/wrong-updates.js';

const ALL = [...WRONG_CONNECTIONS, ...WRONG_REDIS, ...WRONG_CHATS, ...WRONG_UPDATES];

describe('A diagnosis of a wrong setup', () => {
  let world: SetupWorld;
  let confidential: string[];
  beforeEach(async () => {
    world = await SetupWorld.start();
    confidential = [
      world.emulator.bot.token,
      world.emulator.bot.token.replace(/^\d+:/, ''),
      SECRET,
      'former-secret',
      'of-somebody-else',
      'password-of',
      WRITTEN,
    ];
  });
  afterEach(() => world.stop());

  function expectSafe(diagnosis: Diagnosis): void {
    const text = JSON.stringify(diagnosis);
    for (const each of confidential) expect(text).not.toContain(each);
  }

  it.each<WrongSetup>(ALL)(
    'finds $what, in the check $id alone, and passes when its remedy was applied',
    async ({ id, status, also = [], finding, remedy, setUp, mend }) => {
      await setUp(world);
      const wrong = await vi.waitFor(async () => {
        const diagnosis = await world.diagnose();
        const expected = [`${status} ${id}`, ...also.map((other) => `warning ${other}`)];
        expect(problemsIn(diagnosis).toSorted()).toEqual(
          expected.toSorted().map((each) => expect.stringMatching(`^${each}: `)),
        );
        return diagnosis;
      }, 20_000);
      const check = checkOf(wrong, id);
      expect(check.finding).toMatch(finding);
      expect(check.remedy).toMatch(remedy);
      expect(wrong.ok).toBe(status === 'warning');
      expectSafe(wrong);
      await mend(world, check.remedy ?? '');
      // What has failed is tried again within a minute.
      await vi.waitFor(async () => {
        const mended = await world.diagnose();
        expect(problemsIn(mended)).toEqual([]);
        expect(checkOf(mended, id).status).toBe('ok');
        expectSafe(mended);
      }, 75_000);
    },
    150_000,
  );

  it('has a wrong setup for each check', async () => {
    const found = new Set(ALL.map(({ id }) => id));
    await world.startApp();
    const { checks } = await world.diagnose();
    expect(checks.filter(({ id }) => !found.has(id))).toEqual([]);
  });

  it('finds several causes at once', async () => {
    world.chat.setBotStatus('member');
    world.chat.allowReactions([]);
    world.chat.setSlowMode(30);
    await world.startApp({}, { webhook: false });
    // The menu is set in the background.
    await vi.waitFor(async () => {
      const diagnosis = await world.diagnose();
      expect(idsWith(diagnosis, 'failed')).toEqual(['webhook']);
      expect(idsWith(diagnosis, 'warning')).toEqual(['slow-mode', 'privacy-mode', 'reactions']);
    }, 20_000);
  });
});
