import type { AgentDecision } from '../agents/known/agent-decision.interface.js';
import type { ShownStatus } from '../threads/thread-record.interface.js';
import type { CardOptions } from './card.options.js';
import type { ClaimOptions } from './claim.options.js';
import { DEFAULT_OPTIONS } from './default-options.js';
import type { FileOptions } from './file.options.js';
import type { PrivacyOptions } from './privacy.options.js';
import type { RateLimitOptions } from './rate-limit.options.js';
import { toReactionEmoji, type ReactionEmoji } from './reaction-emoji.js';
import type { ReactionOptions } from './reaction.options.js';
import type { ReplyOptions } from './reply.options.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';
import type { TopicOptions } from './topic.options.js';

/* Groups of options, with their defaults filled in. */

/** How threads look as topics. */
export interface TopicSettings {
  readonly replyOnly: boolean;
  readonly icons: Readonly<Record<ShownStatus, string>>;
  /** Undefined where the default name is wanted. */
  readonly name: TopicOptions['name'];
}

/** How files are sent and received. */
export interface FileSettings {
  /** The most bytes of an attachment that is given as `data`. */
  readonly maxBytes: number;
  readonly allowPrivateUrls: boolean;
  readonly ttlSeconds: number;
  /** The working directory of a local Bot API server. */
  readonly root: string | undefined;
  /** Without a slash at the end. */
  readonly baseUrl: string | undefined;
}

/** What agents see of customers. */
export interface PrivacySettings {
  readonly protectContent: boolean;
  /** Null for everybody who may answer; empty for nobody. */
  readonly revealTo: ReadonlySet<number> | null;
  readonly revealForMs: number;
}

/** What happens when several agents answer a thread. */
export type ClaimSettings = { readonly [K in keyof ClaimOptions]-?: NonNullable<ClaimOptions[K]> };

/** The reactions of a desk; null for one that it does without. */
export type ReactionSettings = Readonly<Record<keyof ReactionOptions, ReactionEmoji | null>>;

export function agentsOf(
  given: number[] | AgentDecision | null,
): ReadonlySet<number> | AgentDecision | null {
  return Array.isArray(given) ? new Set(given) : given;
}

export function repliesOf(given: ReplyOptions): Required<ReplyOptions> {
  const defaults = DEFAULT_OPTIONS.replies;
  return {
    attempts: given.attempts ?? defaults.attempts,
    receipts: given.receipts ?? defaults.receipts,
    exposeErrors: given.exposeErrors ?? defaults.exposeErrors,
    timeoutMs: given.timeoutMs ?? defaults.timeoutMs,
    snippets: given.snippets ?? defaults.snippets,
  };
}

export function topicsOf({ replyOnly, icons, name }: TopicOptions): TopicSettings {
  const defaults = DEFAULT_OPTIONS.topics;
  return {
    replyOnly: replyOnly ?? defaults.replyOnly,
    icons: { ...defaults.icons, ...icons },
    name: name ?? undefined,
  };
}

export function filesOf(given: FileOptions): FileSettings {
  const defaults = DEFAULT_OPTIONS.files;
  return {
    maxBytes: given.maxBytes ?? defaults.maxBytes,
    allowPrivateUrls: given.allowPrivateUrls ?? defaults.allowPrivateUrls,
    ttlSeconds: given.ttlSeconds ?? defaults.ttlSeconds,
    root: given.root || undefined,
    baseUrl: given.baseUrl?.replace(/\/+$/, '') || undefined,
  };
}

export function privacyOf(
  given: PrivacyOptions,
  agents: ReadonlySet<number> | AgentDecision | null,
): PrivacySettings {
  const defaults = DEFAULT_OPTIONS.privacy;
  const revealTo = given.revealTo ?? defaults.revealTo;
  return {
    protectContent: given.protectContent ?? defaults.protectContent,
    revealTo: revealToOf(revealTo, agents),
    revealForMs: given.revealForMs ?? defaults.revealForMs,
  };
}

function revealToOf(
  revealTo: NonNullable<PrivacyOptions['revealTo']>,
  agents: ReadonlySet<number> | AgentDecision | null,
): ReadonlySet<number> | null {
  if (revealTo === 'everyone') return null;
  // Of those whom the app decides about, no others get as far as a command.
  if (revealTo === 'agents') return typeof agents === 'function' ? null : (agents ?? new Set());
  return new Set(revealTo === false ? [] : revealTo);
}

export function reactionsOf(given: ReactionOptions): ReactionSettings {
  const emojiOf = (name: keyof ReactionOptions): ReactionEmoji | null => {
    const wanted = given[name] ?? DEFAULT_OPTIONS.reactions[name];
    return wanted === false ? null : (toReactionEmoji(wanted) ?? null);
  };
  return {
    taken: emojiOf('taken'),
    read: emojiOf('read'),
    deleted: emojiOf('deleted'),
    close: emojiOf('close'),
  };
}

export function cardOf({ buttons, describeTimeoutMs }: CardOptions): Required<CardOptions> {
  const defaults = DEFAULT_OPTIONS.card;
  return {
    buttons: buttons ?? defaults.buttons,
    describeTimeoutMs: describeTimeoutMs ?? defaults.describeTimeoutMs,
  };
}

export function claimsOf(given: TelegramModuleOptions['claims']): ClaimSettings | null {
  if (given === false) return null;
  const defaults = DEFAULT_OPTIONS.claims;
  return {
    policy: given?.policy ?? defaults.policy,
    holdMs: given?.holdMs ?? defaults.holdMs,
  };
}

/** A desk may claim where the bot does not, and the other way round. */
export function claimsFor(
  bot: TelegramModuleOptions['claims'],
  desk: TelegramModuleOptions['claims'],
): TelegramModuleOptions['claims'] {
  return desk === false || (bot === false && !desk) ? false : Object.assign({}, bot || {}, desk);
}

export function defaultRateLimit(adminChatId: number | string | undefined): RateLimitOptions {
  return Number(adminChatId) > 0
    ? DEFAULT_OPTIONS.privateRateLimit
    : DEFAULT_OPTIONS.groupRateLimit;
}
