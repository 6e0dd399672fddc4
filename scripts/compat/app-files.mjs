/**
 * What is put into an app that the CLI of Nest has made: a desk, a health check, and a test of both ways.
 *
 * @param isEsm Whether relative imports have an extension.
 */
export function appFiles(isEsm) {
  const local = (name) => `./${name}${isEsm ? '.js' : ''}`;
  return {
    'orders.controller.ts': ordersController,
    'health.controller.ts': healthController,
    'app.module.ts': appModule(local),
    'support.spec.ts': supportTest(local),
  };
}

const ordersController = `import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { OnThreadReply, TelegramService, type ThreadReply } from 'nestjs-telegram-support';

@Controller('orders/:id')
export class OrdersController {
  private readonly answers = new Map<string, string[]>();
  constructor(private readonly telegram: TelegramService) {}

  @Post()
  async ask(@Param('id') threadId: string, @Body('text') text: string): Promise<void> {
    await this.telegram.notifyNewThread({ threadId, text });
  }

  @OnThreadReply()
  answer({ threadId, text }: ThreadReply): void {
    this.answers.set(threadId, [...this.list(threadId), text]);
  }

  @Get()
  list(@Param('id') threadId: string): string[] {
    return this.answers.get(threadId) ?? [];
  }
}
`;

const healthController = `import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { TelegramHealthIndicator } from 'nestjs-telegram-support/terminus';

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly telegram: TelegramHealthIndicator,
  ) {}

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.health.check([() => this.telegram.isHealthy('telegram')]);
  }
}
`;

const appModule = (local) => `import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { TerminusModule } from '@nestjs/terminus';
import { TelegramModule, telegramConfig } from 'nestjs-telegram-support';
import { SupportChatModule } from 'nestjs-telegram-support/chat';
import { TelegramHealthIndicator } from 'nestjs-telegram-support/terminus';
import { AppController } from '${local('app.controller')}';
import { AppService } from '${local('app.service')}';
import { HealthController } from '${local('health.controller')}';
import { OrdersController } from '${local('orders.controller')}';

@Module({
  imports: [
    ConfigModule.forRoot(),
    TerminusModule,
    TelegramModule.forRootAsync({ ...telegramConfig.asProvider(), isGlobal: true }),
    SupportChatModule.forRoot({ customer: () => ({ id: '1' }) }),
  ],
  controllers: [AppController, HealthController, OrdersController],
  providers: [AppService, TelegramHealthIndicator],
})
export class AppModule {}
`;

const supportTest = (local) => `import { Test } from '@nestjs/testing';
import { TelegramTestDesk } from 'nestjs-telegram-support/testing';
import { AppModule } from '${local('app.module')}';

const WAIT_MS = 60_000;

it('has a conversation both ways', async () => {
  const desk = await TelegramTestDesk.start();
  try {
    const testing = await Test.createTestingModule({ imports: [AppModule, desk.module] }).compile();
    const app = await desk.connect(testing.createNestApplication());
    const order = \`\${await app.getUrl()}/orders/42\`.replace('[::1]', 'localhost');
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ text: 'Where is my parcel?' });
    await fetch(order, { method: 'POST', headers, body });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('parcel') === true, WAIT_MS);
    const reply = desk.chat.agent('Ada').reply(notice, 'On its way');
    await desk.chat.waitForReaction(reply.message_id, WAIT_MS);
    expect(await (await fetch(order)).json()).toEqual(['On its way']);
    desk.emulator.assertConformant();
  } finally {
    await desk.stop();
  }
}, 2 * WAIT_MS);
`;

/** Uses every entry of the package, and does not compile if the types of one are not found. */
export const entriesInUse = `import { TelegramModule, type ThreadReply } from 'nestjs-telegram-support';
import { SupportChatModule, type MessageView } from 'nestjs-telegram-support/chat';
import { TelegramHealthIndicator, type TelegramHealthOptions } from 'nestjs-telegram-support/terminus';
import { TelegramTestDesk, VirtualClock } from 'nestjs-telegram-support/testing';
import { defineSupportChat, type SupportChatElement } from 'nestjs-telegram-support/widget';

export const modules: object[] = [TelegramModule.forRoot({}), SupportChatModule.forRoot({ anonymous: true })];
export const numberOf = (message: MessageView): number => message.number;
export const textOf = (reply: ThreadReply): string => reply.text;
export const unreadOf = (element: SupportChatElement): number => element.unread;
export const define: (options: { base: string }) => void = defineSupportChat;
export const desk: Promise<TelegramTestDesk> = TelegramTestDesk.start({ emulator: { clock: new VirtualClock() } });
export const health = (indicator: TelegramHealthIndicator, options: TelegramHealthOptions): Promise<object> =>
  indicator.isHealthy('telegram', options);
// @ts-expect-error A text is no number, unless it is any.
export const wrong = (reply: ThreadReply): number => reply.text;
// @ts-expect-error The same of the health check.
export const wrongHealth = (indicator: TelegramHealthIndicator): number => indicator.isHealthy('telegram');
`;
