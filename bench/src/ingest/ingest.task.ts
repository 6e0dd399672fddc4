import type { AdapterName } from '../support/desk.app.js';

/** Who takes the updates. */
export type ServerName =
  | 'bare Nest, answers only'
  | 'module, not for the desk'
  | 'module, replies, in memory'
  | 'module, replies, Redis'
  | 'Nest + BullMQ add and worker'
  | 'grammY';

/** What a server needs to start. */
export interface ServerTask {
  readonly server: ServerName;
  readonly adapter: AdapterName;
  readonly redisUrl: string;
  /** Of the server that stands for Telegram. */
  readonly apiRoot: string;
}

/** Asks a server to answer when it has handled so many replies. */
export interface HandledQuestion {
  readonly handled: number;
}

/** Where the updates go to. */
export interface ServerPlace {
  readonly port: number;
  readonly path: string;
}

/** What a server has used up. */
export interface ServerUsage {
  /** Processor time since its start. */
  readonly cpuMs: number;
  /** After a garbage collection, where the process can be made to do one. */
  readonly heapBytes: number;
}

/** What is asked of the load. */
export interface LoadTask extends ServerPlace {
  readonly isForDesk: boolean;
  readonly requests: number;
  /** The first update's number: no two updates of a server have the same. */
  readonly firstUpdate: number;
}

/** What came of it. */
export interface LoadOutcome {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not 200. */
  readonly failures: number;
}

/** What is asked of the server that stands for Telegram; it answers the second one when so many reactions have come. */
export type TelegramTask = 'start' | { readonly reactions: number };

/** The desk's bot and chat. */
export const TOKEN = '7000000001:AAbench-bench-bench-bench-bench-ben';
export const BOT_ID = 7_000_000_001;
export const CHAT_ID = -1_001_234_567_890;
export const SECRET = 'bench-secret';
export const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token';
/** The notices that agents reply to are the messages from this id on, one for each thread. */
export const FIRST_NOTICE = 100;
export const THREADS = 200;
