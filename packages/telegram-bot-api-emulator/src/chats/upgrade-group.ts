import { requireOpen } from '../agents/agent-presence.js';
import { createAdministratorRights } from '../world/administrator-rights.js';
import type { ChatRoom, RoomMember } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';

/**
 * Makes a supergroup of a basic group, with the same members, and says so in the group.
 *
 * @returns The supergroup, which still lacks its own service message.
 * @throws {Error} When the chat is no basic group, or gone.
 */
export function upgradeGroup(world: EmulatedWorld, group: ChatRoom): ChatRoom {
  const { chat, owner } = group;
  requireOpen(group);
  if (chat.type !== 'group') {
    throw new Error(`Only basic groups are upgraded; ${group.id} is none`);
  }
  const supergroup = world.rooms.createSupergroup({ title: chat.title }, 'member');
  for (const member of group.members.values()) supergroup.setMember(upgradeMember(member));
  supergroup.permissions = group.permissions;
  world.postToBots(group, {
    sender: { from: owner },
    content: { migrate_to_chat_id: supergroup.id },
  });
  group.migratedToChatId = supergroup.id;
  group.changed();
  return supergroup;
}

/** Who ran the group runs the supergroup, where there is more to run; what was changed stays so. */
function upgradeMember(member: RoomMember): RoomMember {
  if (member.status !== 'administrator') return member;
  const usual = new Map<string, unknown>(Object.entries(createAdministratorRights('group')));
  const changed = Object.entries(member.rights ?? {}).filter(
    ([right, has]) => usual.get(right) !== has,
  );
  const rights = { ...createAdministratorRights('supergroup'), ...Object.fromEntries(changed) };
  return { ...member, rights };
}
