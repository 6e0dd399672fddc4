import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diagnoseOptions } from '../../src/cli/doctor/diagnose-options.js';
import { idsWith, problemsIn } from './diagnosed.js';
import type { HealthySetup } from './healthy-setups/healthy-setup.interface.js';
import { HEALTHY_SETUPS } from './healthy-setups/healthy-setups.js';
import { SetupWorld } from './wrong-setups/setup-world.js';

describe('Where nothing is wrong', () => {
  let world: SetupWorld;
  beforeEach(async () => {
    world = await SetupWorld.start();
  });
  afterEach(() => world.stop());

  it.each<HealthySetup>(HEALTHY_SETUPS)(
    'neither the app nor the command line warns: $what',
    async ({ setUp, skipped, environment }) => {
      await setUp(world);
      // The menu is set in the background.
      await vi.waitFor(async () => {
        const ofApp = await world.diagnose();
        expect(problemsIn(ofApp)).toEqual([]);
        expect(idsWith(ofApp, 'skipped')).toEqual(
          expect.arrayContaining([...(skipped?.app ?? [])]),
        );
      }, 20_000);
      if (!environment) return;
      const options = {
        botToken: world.emulator.bot.token,
        adminChatId: world.chat.id,
        apiRoot: world.apiRoot,
        ...environment(world),
      };
      // What the doctor does in a process of its own.
      const ofDoctor = await diagnoseOptions(() => options);
      expect(problemsIn(ofDoctor)).toEqual([]);
      expect(idsWith(ofDoctor, 'skipped')).toEqual(
        expect.arrayContaining([...(skipped?.doctor ?? [])]),
      );
    },
  );
});
