/** Of what spans and metrics are. Each has few values; none names a thread, a chat or a person. */
export const BOT = 'telegram_support.bot';
export const DESK = 'telegram_support.desk';
export const QUEUE = 'telegram_support.queue';
export const DIRECTION = 'telegram_support.direction';
export const HANDLER = 'telegram_support.handler';
export const EVENT_TYPE = 'telegram_support.event.type';
export const JOB_TYPE = 'telegram_support.job.type';
export const UPDATE_TYPE = 'telegram_support.update.type';
export const REPLY_KIND = 'telegram_support.reply.kind';

/** Of the semantic conventions of OpenTelemetry, https://opentelemetry.io/docs/specs/semconv/messaging/. */
export const ERROR_TYPE = 'error.type';
export const OPERATION_NAME = 'messaging.operation.name';
export const OPERATION_TYPE = 'messaging.operation.type';
export const TELEGRAM = { 'messaging.system': 'telegram' } as const;

/** What the conventions call a destination is a desk. */
export function destinationOf(desk: string): string {
  return `desk/${desk}`;
}

/** The attributes of what happens at a desk. */
export function deskAttributes(bot: string, desk: string): Record<string, string> {
  return {
    ...TELEGRAM,
    'messaging.destination.template': destinationOf(desk),
    [BOT]: bot,
    [DESK]: desk,
  };
}

/** The bounds of the buckets of durations, in seconds. */
export const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Telegram asks for some seconds, and after a flood for many minutes. */
export const RETRY_AFTER_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800];
/** Agents answer within minutes, hours or days. */
export const REPLY_SECONDS = [
  30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200,
];
