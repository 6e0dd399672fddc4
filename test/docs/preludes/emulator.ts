import type {
  BotApiEmulator,
  EmulatedAgent,
  EmulatedChat,
  EmulatedTopic,
  VirtualClock,
} from 'telegram-bot-api-emulator';

/** Fragments of tests use nothing by `this`. */
export declare const DocumentedApp: abstract new () => object;

/** What the README of the emulator has begun before. */
export declare const telegram: BotApiEmulator;
export declare const clock: VirtualClock;
export declare const forum: EmulatedChat;
export declare const desk: EmulatedChat;
export declare const chat: EmulatedChat;
export declare const topic: EmulatedTopic;
export declare const ada: EmulatedAgent;
export declare const recording: Uint8Array;
export declare const screenshot: Uint8Array;
export declare const api: (method: string, params: object) => Promise<unknown>;

export { expect, it } from 'vitest';
