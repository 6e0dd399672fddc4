import { join } from 'node:path';
import type { Clock } from './time/clock.js';
import { type BotContext, createBot } from './bots/bot-account.factory.js';
import type { BotApiEmulatorOptions } from './bot-api-emulator.options.js';
import { type CheckableCall, ConformanceChecker } from './conformance/conformance-checker.js';
import type { WebhookDelivery } from './delivery/webhook-delivery.js';
import { LocalFiles } from './files/local-files.js';
import { FloodGate } from './floods/flood-gate.js';
import { FloodDelay } from './floods/flood-delay.js';
import { toFloodLimits } from './floods/to-flood-limits.js';
import { BotApiExecutor } from './http/bot-api-executor.js';
import { BotApiServer } from './http/bot-api-server.js';
import type { BotApiRequest } from './http/call-reader.js';
import { CallLog } from './http/call-log.js';
import { FaultPlan } from './http/fault-plan.js';
import { UploadSpool } from './http/upload-spool.js';
import { WebhookReplyPerformer } from './http/webhook-reply-performer.js';
import { describeTrouble } from './emulator-report.js';
import { createMethods } from './methods/method-catalog.js';
import type { PageSite } from './page/page-site.js';
import { createPageSite } from './page/page-site.factory.js';
import { SeededRandom } from './common/seeded-random.js';
import type { BotAccount } from './world/bot-account.js';
import { EmulatedWorld } from './world/emulated-world.js';

/** What works behind a `BotApiEmulator`. */
export interface EmulatorServices {
  readonly bots: readonly [BotAccount, ...BotAccount[]];
  readonly world: EmulatedWorld;
  readonly floods: FloodGate;
  readonly floodDelay: FloodDelay;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  readonly server: BotApiServer;
  readonly deliveries: readonly WebhookDelivery[];
  /** The page, if there is to be one. */
  readonly page: PageSite | undefined;
}

const DEFAULT_SEED = 1;

/** Shorter than the time test runners give a test, so that its error is seen. */
const DEFAULT_WAIT_TIMEOUT_MS = 4_000;

/** Creates what works behind an emulator; nothing listens yet. */
export function createEmulatorServices(
  options: BotApiEmulatorOptions,
  clock: Clock,
): EmulatorServices {
  const { seed = DEFAULT_SEED, waitTimeoutMs = DEFAULT_WAIT_TIMEOUT_MS } = options;
  const random = new SeededRandom(seed);
  const deliveries: WebhookDelivery[] = [];
  const onChange = (): void => {
    world.waiters.notify();
    world.changes.emit({ kind: 'bots' });
  };
  const context: BotContext = {
    clock,
    random,
    deliveries,
    onChange,
    onReply: (bot, reply) => void performer.perform(bot, reply),
  };
  const [first = {}, ...others] = options.bots ?? [];
  const bots = [
    createBot(first, 0, context),
    ...others.map((bot, index) => createBot(bot, index + 1, context)),
  ] as const;
  checkDistinct(bots);
  const world = new EmulatedWorld(clock, bots, waitTimeoutMs);
  const floods = new FloodGate(clock, toFloodLimits(options.limits));
  const floodDelay = new FloodDelay(clock, options.limits?.silentWaitMs ?? 0);
  const { requireHttps = false, log = writeLine, localServer, maxDownloadBytes } = options;
  const localFiles = localServer && new LocalFiles(localServer.directory);
  const executor = new BotApiExecutor({
    bots,
    methods: createMethods({
      world,
      floods,
      random,
      requireHttps,
      localFiles,
      maxDownloadBytes,
    }),
    floodDelay,
    files: world.files,
    log,
  });
  const conformance = new ConformanceChecker();
  const calls = new CallLog(clock, (request) => conformance.check(describe(request)), onChange);
  world.waiters.addHints(() => describeTrouble(bots, calls.calls));
  const performer = new WebhookReplyPerformer(executor, calls);
  // Numbers of its own, so that retries and dice do not change which calls meet a fault.
  const faults = new FaultPlan(new SeededRandom(seed), () =>
    world.changes.emit({ kind: 'faults' }),
  );
  const uploads = localServer && new UploadSpool(join(localServer.directory, 'temp'));
  const { links } = world;
  const server = new BotApiServer({ clock, executor, faults, calls, links, uploads });
  const { page: pageOptions = false } = options;
  const page = pageOptions
    ? createPageSite(pageOptions === true ? {} : pageOptions, {
        world,
        floods,
        plan: faults,
        server,
      })
    : undefined;
  if (page) server.serve(page);
  return { bots, world, floods, floodDelay, faults, calls, server, deliveries, page };
}

function checkDistinct(bots: readonly BotAccount[]): void {
  if (new Set(bots.map((bot) => bot.id)).size < bots.length) {
    throw new Error('Two bots have the same id; the id is the number that a token begins with');
  }
}

function describe({ method, parameters, contentType, queryNames }: BotApiRequest): CheckableCall {
  return {
    method,
    params: parameters.toObject(),
    isJson: /application\/json/i.test(contentType),
    files: new Set(parameters.files.keys()),
    queryNames,
  };
}

function writeLine(line: string): void {
  process.stderr.write(`[BotApiEmulator] ${line}\n`);
}
