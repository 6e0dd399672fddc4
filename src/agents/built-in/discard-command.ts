import { Injectable } from '@nestjs/common';
import { FailureCommand } from './failure-command.js';

/** Gives up for good what the app could not process. */
@Injectable()
export class DiscardCommand extends FailureCommand {
  readonly name = 'discard';
}
