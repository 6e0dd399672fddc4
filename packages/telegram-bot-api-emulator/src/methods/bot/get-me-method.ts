import type { UserFromGetMe } from '@grammyjs/types';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';

/** Says who the bot is. */
export class GetMeMethod implements BotApiMethod {
  readonly name = 'getMe';

  call({ bot }: MethodCall): BotApiSuccess {
    const result = {
      ...bot.user,
      is_bot: true,
      can_join_groups: bot.canJoinGroups,
      can_read_all_group_messages: bot.canReadAllGroupMessages,
      supports_guest_queries: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: bot.hasTopicsEnabled,
      allows_users_to_create_topics: bot.allowsUsersToCreateTopics,
      can_manage_bots: false,
      supports_join_request_queries: false,
    } satisfies UserFromGetMe;
    return { result };
  }
}
