import { Module } from '@nestjs/common';
import {
  TelegramModule,
  html,
  telegramConfig,
  type UserMessageNotice,
} from 'nestjs-telegram-support';
import { CustomerController } from './customer.controller.js';
import { ReplyReporter } from './reply.reporter.js';

/** The name of this process, which stands above every notice that it posts. */
const name = process.env['NAME'] ?? '';

/** The chat of a second desk, in the drills that have one. */
const billingChatId = process.env['BILLING_CHAT_ID'];

@Module({
  imports: [
    TelegramModule.forRoot(
      Object.assign(telegramConfig(), {
        requestTimeoutMs: Number(process.env['REQUEST_TIMEOUT_MS'] ?? 10_000),
        rateLimit: {
          messages: Number(process.env['BUDGET_MESSAGES'] ?? 10_000),
          windowMs: Number(process.env['BUDGET_WINDOW_MS'] ?? 60_000),
        },
        ...(billingChatId && { desks: { billing: { adminChatId: Number(billingChatId) } } }),
        templates: {
          userMessage: ({ text, continued }: UserMessageNotice) =>
            continued ? html`${text}` : html`<b>${name}</b>\n${text}`,
        },
      }),
    ),
  ],
  controllers: [CustomerController],
  providers: [ReplyReporter],
})
export class DrillModule {}
