import { Body, Controller, Get, Post, ServiceUnavailableException } from '@nestjs/common';
import { TelegramService, UserMessage } from 'nestjs-telegram-support';

/** What customers call, and the test. */
@Controller()
export class CustomerController {
  readonly #telegram: TelegramService;

  constructor(telegram: TelegramService) {
    this.#telegram = telegram;
  }

  /** 201 when the desk has taken the message, 503 when the customer is to send it again. */
  @Post('messages')
  async accept(@Body() message: UserMessage): Promise<void> {
    const { accepted } = await this.#telegram.notifyUserMessage(message);
    if (!accepted) throw new ServiceUnavailableException();
  }

  /** The processor time that this process has used, in microseconds. */
  @Get('cpu')
  cpu(): { user: number; system: number } {
    return process.cpuUsage();
  }
}
