import { Body, ConflictException, Controller, Get, Post } from '@nestjs/common';
import { EmbeddedTelegram } from './embedded-telegram.js';
import { WriteDto } from './support.dto.js';

/** Stands in for the Telegram client of the agent while Telegram is embedded. */
@Controller('agent')
export class AgentController {
  constructor(private readonly telegram: EmbeddedTelegram) {}

  @Get('chat')
  read(): string[] {
    return this.telegram.lines;
  }

  @Post('reply')
  reply(@Body() { text }: WriteDto): string[] {
    if (this.telegram.lines.length === 0) throw new ConflictException('There is no notice yet');
    this.telegram.reply(text);
    return this.telegram.lines;
  }
}
