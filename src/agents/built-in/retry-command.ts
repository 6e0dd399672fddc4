import { Injectable } from '@nestjs/common';
import { FailureCommand } from './failure-command.js';

/** Has the app process again what it could not. */
@Injectable()
export class RetryCommand extends FailureCommand {
  readonly name = 'retry';
}
