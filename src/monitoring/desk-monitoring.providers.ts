import type { Provider } from '@nestjs/common';
import { BotSettingsCheck } from './bot/bot-settings-check.js';
import { ClockCheck } from './bot/clock-check.js';
import { ProxyCheck } from './bot/proxy-check.js';
import { TokenCheck } from './bot/token-check.js';
import { AdministratorCheck } from './chat/administrator-check.js';
import { AnonymityCheck } from './chat/anonymity-check.js';
import { ChatCheck } from './chat/chat-check.js';
import { ChatIdCheck } from './chat/chat-id-check.js';
import { ChatTypeCheck } from './chat/chat-type-check.js';
import { FileRightsCheck } from './chat/file-rights-check.js';
import { MembershipCheck } from './chat/membership-check.js';
import { PrivacyModeCheck } from './chat/privacy-mode-check.js';
import { ReactionsCheck } from './chat/reactions-check.js';
import { SlowModeCheck } from './chat/slow-mode-check.js';
import { WriteRightCheck } from './chat/write-right-check.js';
import { DeskInspector } from './desk-inspector.js';
import { DESK_SETUP_CHECKS, DeskSetupCheck } from './desk-setup-check.js';
import type { DiagnosticCheck } from './diagnostic-check.interface.js';

/** What may work worse than it could at a desk that works. */
const SETUP_CHECKS = [
  ClockCheck,
  BotSettingsCheck,
  ChatIdCheck,
  FileRightsCheck,
  SlowModeCheck,
  AnonymityCheck,
  AdministratorCheck,
  PrivacyModeCheck,
  ReactionsCheck,
];

/** What each desk looks at when it starts. */
export const deskMonitoringProviders: Provider[] = [
  DeskInspector,
  DeskSetupCheck,
  TokenCheck,
  ChatCheck,
  ChatTypeCheck,
  MembershipCheck,
  WriteRightCheck,
  ProxyCheck,
  ...SETUP_CHECKS,
  {
    provide: DESK_SETUP_CHECKS,
    inject: SETUP_CHECKS,
    useFactory: (...checks: DiagnosticCheck[]) => checks,
  },
];
