import { describe, expect, it } from 'vitest';
import { BotApiError } from '../common/bot-api.error.js';
import { BotApiParameters } from './bot-api-parameters.js';
import { readInputText } from './input-text-reader.js';

describe('readInputText', () => {
  it.each([
    ['HTML', '<b>a</b>_'],
    ['html', '<b>a</b>_'],
    ['Markdown', '*a*\\_'],
    ['MARKDOWN', '*a*\\_'],
    ['MarkdownV2', '*a*\\_'],
    ['markdownv2', '*a*\\_'],
  ])('reads the markup of parse mode %s', (parse_mode, text) => {
    expect(readInputText(parametersOf({ text, parse_mode }))).toEqual({
      text: 'a_',
      entities: [{ type: 'bold', offset: 0, length: 1 }],
    });
  });

  it('reads the two Markdowns differently', () => {
    const text = '__a__.';
    expect(readInputText(parametersOf({ text, parse_mode: 'markdown' }))).toEqual({
      text: 'a.',
      entities: [],
    });
    expect(() => readInputText(parametersOf({ text, parse_mode: 'markdownv2' }))).toThrow(
      "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    );
  });

  it.each(['', 'none', 'None'])('reads no markup with parse mode %j', (parse_mode) => {
    const text = '*a* <b>b</b>';
    expect(readInputText(parametersOf({ text, parse_mode }))).toEqual({ text, entities: [] });
  });

  it.each([
    [{ text: '', parse_mode: 'nope' }, 'message text is empty'],
    [{ text: '*'.repeat(32_769), parse_mode: 'nope' }, 'text is too long'],
    [{ text: '*\ud83d', parse_mode: 'Markdown2' }, 'unsupported parse_mode'],
    [{ text: 'a', parse_mode: ' markdown' }, 'unsupported parse_mode'],
    [{ text: '*\ud83d', parse_mode: 'Markdown' }, 'text must be encoded in UTF-8'],
    [{ text: '*\ud83d', parse_mode: 'MarkdownV2' }, 'text must be encoded in UTF-8'],
    [
      { text: '*a', parse_mode: 'Markdown' },
      "can't parse entities: Can't find end of the entity starting at byte offset 0",
    ],
    [
      { text: '*a', parse_mode: 'MarkdownV2' },
      "can't parse entities: Can't find end of Bold entity at byte offset 0",
    ],
  ])('refuses %j', (parameters, description) => {
    expect(() => readInputText(parametersOf(parameters))).toThrow(
      new BotApiError(400, `Bad Request: ${description}`),
    );
  });
});

function parametersOf(values: Record<string, string>): BotApiParameters {
  return new BotApiParameters(
    Object.entries(values).map(([name, text]) => [name, { text, value: text }]),
  );
}
