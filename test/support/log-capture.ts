import type { LoggerService } from '@nestjs/common';

/** One line of the log. */
export interface LogLine {
  readonly level: 'log' | 'error' | 'warn' | 'debug' | 'verbose' | 'fatal';
  readonly text: string;
}

/** Keeps what the app logs, for tests that say what it must and must not hold. */
export class LogCapture implements LoggerService {
  readonly lines: LogLine[] = [];

  log(...parts: unknown[]): void {
    this.#add('log', parts);
  }

  error(...parts: unknown[]): void {
    this.#add('error', parts);
  }

  warn(...parts: unknown[]): void {
    this.#add('warn', parts);
  }

  debug(...parts: unknown[]): void {
    this.#add('debug', parts);
  }

  verbose(...parts: unknown[]): void {
    this.#add('verbose', parts);
  }

  fatal(...parts: unknown[]): void {
    this.#add('fatal', parts);
  }

  /** The lines of a level that contain the text. */
  with(level: LogLine['level'], text: string): LogLine[] {
    return this.lines.filter((line) => line.level === level && line.text.includes(text));
  }

  #add(level: LogLine['level'], parts: readonly unknown[]): void {
    this.lines.push({ level, text: parts.map(String).join(' ') });
  }
}
