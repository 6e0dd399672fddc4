import { Body, Controller, Get, Headers, Post, ServiceUnavailableException } from '@nestjs/common';
import { NewThread, TelegramService, ThreadUpdate, UserMessage } from 'nestjs-telegram-support';

/** What customers call, and the test. */
@Controller()
export class CustomerController {
  readonly #telegram: TelegramService;

  constructor(telegram: TelegramService) {
    this.#telegram = telegram;
  }

  /**
   * 201 when the desk has taken the message, 503 when the customer is to send it again.
   *
   * @param busyMs How long the app does something else meanwhile that lets nothing else go on.
   */
  @Post('messages')
  async accept(@Body() message: UserMessage, @Headers('busy-ms') busyMs = '0'): Promise<void> {
    const receipt = this.#telegram.notifyUserMessage(message);
    block(Number(busyMs));
    const { accepted } = await receipt;
    if (!accepted) throw new ServiceUnavailableException();
  }

  /** 201 when the desk has taken the thread, 503 when it is to be sent again. */
  @Post('threads')
  async open(@Body() thread: NewThread): Promise<void> {
    const { accepted } = await this.#telegram.notifyNewThread(thread);
    if (!accepted) throw new ServiceUnavailableException();
  }

  /** 201 when the desk has taken the change, 503 when it is to be sent again. */
  @Post('moves')
  async move(@Body() update: ThreadUpdate): Promise<void> {
    const { accepted } = await this.#telegram.updateThread(update);
    if (!accepted) throw new ServiceUnavailableException();
  }

  /** Lets nothing else go on for so long. */
  @Post('busy')
  beBusy(@Headers('busy-ms') busyMs = '0'): void {
    block(Number(busyMs));
  }

  /** The processor time that this process has used, in microseconds. */
  @Get('cpu')
  cpu(): { user: number; system: number } {
    return process.cpuUsage();
  }
}

function block(durationMs: number): void {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs);
}
