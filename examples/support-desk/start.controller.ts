import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Inject, NotFoundException, Redirect } from '@nestjs/common';
import { pathOf } from './path-of.js';

/** The URL of the page where one acts as the agents; null when they have Telegram itself. */
export const DESK_URL = Symbol('DESK_URL');

/** The page that shows both sides. */
@Controller()
export class StartController {
  readonly #page: string;

  constructor(@Inject(DESK_URL) private readonly deskUrl: string | null) {
    const desk = deskUrl ? readFileSync(pathOf('pages/desk.html'), 'utf8') : '';
    this.#page = readFileSync(pathOf('pages/start.html'), 'utf8').replace('<!-- desk -->', desk);
  }

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): string {
    return this.#page;
  }

  @Get('desk')
  @Redirect()
  desk(): { url: string } {
    if (!this.deskUrl) throw new NotFoundException('The agents have Telegram itself');
    return { url: this.deskUrl };
  }
}
