import { Module } from '@nestjs/common';
import {
  TelegramModule,
  html,
  telegramConfig,
  type UserMessageNotice,
} from 'nestjs-telegram-support';
import { CommandReporter } from './command.reporter.js';
import { CustomerController } from './customer.controller.js';
import { ReplyReporter } from './reply.reporter.js';

/** The name of this process, which stands above every notice that it posts. */
const name = process.env['NAME'] ?? '';

/** The chat of a second desk, in the drills that have one. */
const billingChatId = process.env['BILLING_CHAT_ID'];

/** The option of that name, in the drill that has it. */
const reminders = process.env['REMINDERS'];

/** The same. */
const claims = process.env['CLAIMS'];

/** Whether agents have commands, in the drills that are about them. */
const hasCommands = process.env['WITH_COMMANDS'] === 'yes';

@Module({
  imports: [
    TelegramModule.forRoot(
      Object.assign(telegramConfig(), {
        requestTimeoutMs: Number(process.env['REQUEST_TIMEOUT_MS'] ?? 10_000),
        rateLimit: {
          messages: Number(process.env['BUDGET_MESSAGES'] ?? 10_000),
          windowMs: Number(process.env['BUDGET_WINDOW_MS'] ?? 60_000),
        },
        replies: { attempts: Number(process.env['REPLY_ATTEMPTS'] ?? 5) },
        ...(billingChatId && { desks: { billing: { adminChatId: Number(billingChatId) } } }),
        ...(claims !== undefined && { claims: JSON.parse(claims) }),
        ...(reminders !== undefined && { reminders: JSON.parse(reminders) }),
        templates: {
          userMessage: ({ text, continued }: UserMessageNotice) =>
            continued ? html`${text}` : html`<b>${name}</b>\n${text}`,
        },
      }),
    ),
  ],
  controllers: [CustomerController],
  providers: [ReplyReporter, ...(hasCommands ? [CommandReporter] : [])],
})
export class DrillModule {}
