import type { INestApplication, Type } from '@nestjs/common';
import type { EmulatedChat, TelegramTestDesk, VirtualClock } from 'nestjs-telegram-support/testing';
import type { MyTranscriptStore as Store } from './app.js';

/** Fragments of tests use nothing by `this`. */
export declare const DocumentedApp: abstract new () => object;

/** What tests of an app have begun before. */
export declare const AppModule: Type;
export declare const nestApp: INestApplication;
export declare const desk: TelegramTestDesk;
export declare const clock: VirtualClock;
export declare const reply: ReturnType<ReturnType<EmulatedChat['agent']>['reply']>;
export declare const MyTranscriptStore: typeof Store;
export declare const database: object;

export { afterAll, beforeAll, expect, it } from 'vitest';
