import type { Provider } from '@nestjs/common';
import { TokenCheck } from './bot/token-check.js';
import { ChatCheck } from './chat/chat-check.js';
import { ChatTypeCheck } from './chat/chat-type-check.js';
import { MembershipCheck } from './chat/membership-check.js';
import { WriteRightCheck } from './chat/write-right-check.js';
import { DeskInspector } from './desk-inspector.js';

/** What each desk looks at when it starts. */
export const deskMonitoringProviders: Provider[] = [
  DeskInspector,
  TokenCheck,
  ChatCheck,
  ChatTypeCheck,
  MembershipCheck,
  WriteRightCheck,
];
