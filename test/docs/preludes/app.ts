import type { HttpService } from '@nestjs/axios';
import type {
  CanActivate,
  CustomDecorator,
  InjectionToken,
  ModuleMetadata,
  Type,
} from '@nestjs/common';
import type {
  DeadLetter,
  NewThread,
  TelegramModuleOptions,
  TelegramService,
  ThreadReply,
} from 'nestjs-telegram-support';
import type { ChatRequest, SupportChat, TranscriptStore } from 'nestjs-telegram-support/chat';
import type { Readable } from 'node:stream';

/** The app that the pages write about: what fragments of its code name without saying where they have it from. */
export abstract class DocumentedApp {
  protected abstract readonly telegram: TelegramService;
  protected abstract readonly chat: SupportChat;
  protected abstract readonly http: HttpService;
  protected abstract readonly orders: Orders;
  protected abstract readonly messages: Messages;
  protected abstract readonly files: Files;
  protected abstract readonly bucket: { openDownloadStream(id: ObjectId): Readable };
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface RequestWithUser extends ChatRequest {
  readonly user?: User;
}

export interface Messages {
  add(threadId: string, text: string): Promise<void>;
  addFromSystem(threadId: string, text: string): Promise<void>;
  /** As a repository of TypeORM has it. */
  find(options: object): Promise<StoredMessage[]>;
}

export interface StoredMessage {
  readonly id: number;
  readonly isAgent: boolean;
  readonly author: string;
  readonly text: string;
  readonly sentAt: Date;
}

export interface Files {
  save(threadId: string, file: object): Promise<void>;
}

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly threadId: string;
  readonly createdAt: Date;
  readonly customer: { readonly plan: string };
}

export declare class Orders {
  findByThread(threadId: string): Promise<Order | null>;
  cancel(threadId: string): Promise<Order>;
  addAnswer(threadId: string, text: string): Promise<void>;
}

export declare class Payments {
  refund(threadId: string, amount: number, options: object): Promise<void>;
}

export declare class Tickets {
  assign(threadId: string, agentId: number | null): Promise<void>;
}

export declare class UsersService {
  mayAnswer(userId: string, desk: string): Promise<boolean>;
}

export interface ObjectId {
  toHexString(): string;
}

export declare const ObjectId: new (id: string) => ObjectId;

export declare const AppModule: Type;
export declare const AuthModule: Type;
export declare const UsersModule: Type;
export declare class SessionGuard implements CanActivate {
  canActivate(): boolean;
}
export declare const MyTranscriptStore: new (database: object) => TranscriptStore;

export declare const Public: () => CustomDecorator;
export declare const CurrentUser: () => ParameterDecorator;

export declare const telegram: TelegramService;
export declare const chat: SupportChat;
export declare const botToken: string;
export declare const adminChatId: number;
export declare const threadId: string;
export declare const text: string;
export declare const subject: string;
export declare const url: string;
export declare const messageId: string;
export declare const comment: string;
export declare const thread: { readonly id: string };
export declare const message: { readonly id: string };
export declare const customer: NonNullable<NewThread['customer']>;
export declare const reply: ThreadReply;
export declare const letter: DeadLetter;
export declare const order: Order;
export declare const user: User;
export declare const upload: { readonly path: string; readonly originalname: string };
export declare const buffer: Buffer;
export declare const video: { readonly url: string };
export declare const database: object;
export declare const options: TelegramModuleOptions;
export declare const imports: NonNullable<ModuleMetadata['imports']>;
export declare const inject: InjectionToken[];
export declare const useFactory: () => TelegramModuleOptions;

// Of whichever runner of tests.
export { afterAll, beforeAll, expect, it } from 'vitest';
