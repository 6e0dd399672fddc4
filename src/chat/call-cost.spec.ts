import { describe, expect, it } from 'vitest';
import type { BotApiMethod } from '../bot/bot-api-types.js';
import { costOfCall } from './call-cost.js';

describe('costOfCall', () => {
  it.each<[BotApiMethod, object, number]>([
    ['sendMessage', { text: 'x' }, 1],
    ['sendPoll', {}, 1],
    ['sendInvoice', {}, 1],
    ['copyMessage', { message_id: 1 }, 1],
    ['forwardMessage', { message_id: 1 }, 1],
    ['copyMessages', { message_ids: [1, 2, 3] }, 3],
    ['forwardMessages', { message_ids: [1, 2] }, 2],
    ['sendMediaGroup', { media: [{}, {}, {}, {}] }, 4],
    ['sendPaidMedia', { media: [{}, {}] }, 1],
    ['createForumTopic', { name: 'x' }, 1],
    ['editMessageText', {}, 1],
    ['editMessageReplyMarkup', {}, 1],
    ['editEphemeralMessageText', {}, 1],
    ['stopPoll', {}, 1],
    ['stopMessageLiveLocation', {}, 1],
    ['editForumTopic', {}, 1],
    ['closeForumTopic', {}, 1],
    ['reopenForumTopic', {}, 1],
    ['closeGeneralForumTopic', {}, 1],
    ['deleteForumTopic', {}, 0],
    ['getForumTopicIconStickers', {}, 0],
    ['editChatInviteLink', {}, 0],
    ['sendChatAction', {}, 0],
    ['sendMessageDraft', {}, 0],
    ['setMessageReaction', {}, 0],
    ['deleteMessage', {}, 0],
    ['getChat', {}, 0],
  ])('counts %s %j as %i', (method, params, cost) => {
    expect(costOfCall(method, params)).toBe(cost);
  });

  it('counts a list that it cannot read as one message', () => {
    expect(costOfCall('sendMediaGroup', { media: '[{}]' })).toBe(1);
  });
});
