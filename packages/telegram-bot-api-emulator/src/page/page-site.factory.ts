import type { FloodGate } from '../floods/flood-gate.js';
import type { BotApiServer } from '../http/bot-api-server.js';
import type { FaultPlan } from '../http/fault-plan.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { FaultActions } from './fault-actions.js';
import { FaultSwitches } from './fault-switches.js';
import { MessageActions } from './message-actions.js';
import { PageActions } from './page-actions.js';
import { PageActors } from './page-actors.js';
import { PageAssets } from './page-assets.js';
import { PageChats } from './page-chats.js';
import { PageClockHand } from './page-clock-hand.js';
import { PageFeed } from './page-feed.js';
import { PageGuard } from './page-guard.js';
import type { PageChange } from './page-protocol.js';
import type { PageOptions } from './page.options.js';
import { PageSite } from './page-site.js';
import { PageState } from './page-state.js';
import { RoomKeys } from './room-keys.js';
import { SendActions } from './send-actions.js';
import { TopicActions } from './topic-actions.js';
import { UploadShelf } from './upload-shelf.js';
import { WorldActions } from './world-actions.js';
import { WorldView } from './world-view.js';

/** What of the emulator the page works on. */
export interface PageSiteServices {
  readonly world: EmulatedWorld;
  readonly floods: FloodGate;
  readonly plan: FaultPlan;
  readonly server: BotApiServer;
}

/**
 * Creates the page of an emulator, which its server has yet to serve.
 *
 * @throws {Error} When the options are wrong.
 */
export function createPageSite(options: PageOptions, services: PageSiteServices): PageSite {
  const { world, floods, plan, server } = services;
  const keys = new RoomKeys(world);
  const faults = new FaultSwitches(plan, server);
  const clock = new PageClockHand(world.clock);
  const view = new WorldView(world, floods, keys);
  const state = new PageState({ world, keys, view, faults, clock });
  const feed = new PageFeed({ world, keys, clock, state });
  const actors = new PageActors(world, keys);
  const chats = new PageChats(world, floods);
  const uploads = new UploadShelf();
  const announce = (change: PageChange): void => feed.announce(change);
  const actions = new PageActions({
    ...new SendActions(actors, uploads).handlers,
    ...new MessageActions(actors, announce).handlers,
    ...new TopicActions(actors).handlers,
    ...new WorldActions({ world, keys, actors, chats }).handlers,
    ...new FaultActions({ world, actors, chats, faults, clock }).handlers,
  });
  return new PageSite({
    guard: new PageGuard(options),
    assets: new PageAssets(),
    feed,
    state,
    keys,
    actions,
    uploads,
    files: world.files,
    changes: world.changes,
  });
}
