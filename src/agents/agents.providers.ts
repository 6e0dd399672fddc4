import type { Provider } from '@nestjs/common';
import { LetterDecisions } from '../dead-letters/letter-decisions.js';
import { CardKeyboard } from '../outbound/card-keyboard.js';
import { EphemeralSender } from '../outbound/ephemeral-sender.js';
import { ButtonCodec } from './button-codec.js';
import { CardButtons } from './card-buttons.js';
import { CommandKeyboard } from './command-keyboard.js';
import { EphemeralMessages } from './ephemeral-messages.js';
import { FailureKeyboard } from '../outbound/failures/failure-keyboard.js';
import { FailureButtons } from './failure-buttons.js';
import { AgentDuty } from './known/agent-duty.js';
import { AgentIdentities } from './known/agent-identities.js';
import { AgentRights } from './known/agent-rights.js';
import { KeyboardEditor } from './keyboard-editor.js';
import { PressedButtons } from './pressed-buttons.js';
import { PressAnswers } from './press-answers.js';
import { BUILT_IN_COMMANDS, GENERAL_COMMANDS } from './agents.constants.js';
import { ArgumentReader } from './argument-reader.js';
import type { BuiltInCommand, GeneralCommand } from './built-in-command.interface.js';
import { ClaimCommand } from './built-in/claim-command.js';
import { CloseCommand } from './built-in/close-command.js';
import { DiscardCommand } from './built-in/discard-command.js';
import { DoctorCommand } from './built-in/doctor-command.js';
import { DutyCommand } from './built-in/duty-command.js';
import { HelpCommand } from './built-in/help-command.js';
import { OffCommand } from './built-in/off-command.js';
import { OnCommand } from './built-in/on-command.js';
import { RefreshCommand } from './built-in/refresh-command.js';
import { ReleaseCommand } from './built-in/release-command.js';
import { ReopenCommand } from './built-in/reopen-command.js';
import { RetryCommand } from './built-in/retry-command.js';
import { SnippetsCommand } from './built-in/snippets-command.js';
import { RevealCommand } from './built-in/reveal-command.js';
import { TransferCommand } from './built-in/transfer-command.js';
import { WhoamiCommand } from './built-in/whoami-command.js';
import { Snippets } from '../snippets/snippets.js';
import { ClaimButtons } from './claims/claim-buttons.js';
import { CollisionNotices } from './claims/collision-notices.js';
import { ReplyClaims } from './claims/reply-claims.js';
import { CommandMenu } from './command-menu.js';
import { CommandMethods } from './command-methods.js';
import { CommandProcessor } from './command.processor.js';
import { CommandRunner } from './command-runner.js';

const GENERAL = [
  HelpCommand,
  WhoamiCommand,
  OnCommand,
  OffCommand,
  DutyCommand,
  SnippetsCommand,
  DoctorCommand,
];
const BUILT_IN = [
  ...GENERAL,
  ClaimCommand,
  CloseCommand,
  DiscardCommand,
  RefreshCommand,
  ReleaseCommand,
  ReopenCommand,
  RetryCommand,
  RevealCommand,
  TransferCommand,
];

/** What agents do beside answering. */
export const agentsProviders: Provider[] = [
  AgentDuty,
  AgentIdentities,
  AgentRights,
  ArgumentReader,
  ButtonCodec,
  CardButtons,
  ClaimButtons,
  CollisionNotices,
  CommandKeyboard,
  CommandMenu,
  CommandMethods,
  CommandProcessor,
  CommandRunner,
  EphemeralMessages,
  FailureButtons,
  KeyboardEditor,
  LetterDecisions,
  PressAnswers,
  PressedButtons,
  Snippets,
  ReplyClaims,
  ...BUILT_IN,
  { provide: CardKeyboard, useExisting: CommandKeyboard },
  { provide: EphemeralSender, useExisting: EphemeralMessages },
  { provide: FailureKeyboard, useExisting: FailureButtons },
  {
    provide: BUILT_IN_COMMANDS,
    inject: BUILT_IN,
    useFactory: (...commands: BuiltInCommand[]) => commands,
  },
  {
    provide: GENERAL_COMMANDS,
    inject: GENERAL,
    useFactory: (...commands: GeneralCommand[]) => commands,
  },
];
