import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { OpenDto, WriteDto } from './support.dto.js';
import { SupportService } from './support.service.js';
import type { Thread } from './thread.js';

/** The API that the app's own front end uses. */
@Controller('threads')
export class SupportController {
  constructor(private readonly support: SupportService) {}

  @Post()
  open(@Body() body: OpenDto): Promise<Thread> {
    return this.support.open(body);
  }

  @Post(':id/messages')
  write(@Param('id') id: string, @Body() { text }: WriteDto): Promise<Thread> {
    return this.support.write(id, text);
  }

  @Get(':id')
  read(@Param('id') id: string): Thread {
    return this.support.find(id);
  }
}
