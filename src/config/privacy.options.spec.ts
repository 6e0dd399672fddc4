import { describe, expect, it } from 'vitest';
import { TelegramConfigError } from '../errors/index.js';
import { TelegramSettings } from './telegram-settings.js';

const bot = { botToken: '1:token', adminChatId: -1 };

describe('The options of privacy', () => {
  it('mask nothing and show nothing by default', () => {
    const { masker, privacy } = new TelegramSettings(bot);
    expect(masker.isOn).toBe(false);
    expect(privacy).toEqual({
      protectContent: false,
      revealTo: new Set(),
      revealForMs: 86_400_000,
    });
  });

  it.each([
    ['agents', [7], new Set([7])],
    ['agents', undefined, new Set()],
    ['everyone', [7], null],
    [[8], [7], new Set([8])],
    [false, [7], new Set()],
  ] as const)('let %s see what is masked, with agents %s', (revealTo, agents, may) => {
    const given = agents ? { agents: [...agents] } : {};
    const settings = new TelegramSettings({ ...bot, ...given, privacy: { revealTo } });
    expect(settings.privacy.revealTo).toEqual(may);
  });

  it('are those of the desk, else those of the bot, field by field', () => {
    const settings = new TelegramSettings({
      ...bot,
      privacy: { mask: ['cards'], protectContent: true },
      desks: { billing: { adminChatId: -2, privacy: { mask: ['emails'] } } },
    });
    const billing = settings.forDesk('billing');
    expect(billing.privacy.protectContent).toBe(true);
    expect(billing.masker.hide('a@example.com 4242424242424242')).toBe(
      'a•••@example.com 4242424242424242',
    );
  });

  it.each([
    ['mask', 'cards'],
    ['mask', ['ibans']],
    ['mask', [{ name: 'iban' }]],
    ['mask', [{ name: '', pattern: /x/ }]],
    ['mask', [{ name: 'x', pattern: 'x' }]],
    ['mask', [{ name: 'x', pattern: /x/, shown: ' ' }]],
    ['mask', [null]],
    ['protectContent', 'yes'],
    ['revealTo', 'all'],
    ['revealTo', []],
    ['revealTo', ['7']],
    ['revealForMs', 0],
    ['revealFor', 1],
  ])('stop the boot where %s is %j', (name, value) => {
    const wrong: object = { ...bot, privacy: { [name]: value } };
    expect(() => new TelegramSettings(wrong)).toThrow(TelegramConfigError);
    expect(() => new TelegramSettings(wrong)).toThrow(`privacy.${name}`);
  });
});
