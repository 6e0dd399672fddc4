/**
 * All texts to agents, in English. Each is markup of Telegram, with its values in braces: `<b>{agent}</b>`.
 *
 * A text needs no plural: write `Waiting: {count}` instead of `{count} conversations wait`.
 */
export const ENGLISH = {
  // Notices of customers
  newThread: 'New thread',
  customer: 'Customer',
  agent: 'Agent',
  system: 'System',
  openThread: 'Open the thread',
  openFile: 'Open the file',
  edited: 'edited',
  deletedByCustomer: 'deleted by the customer',
  customerEdited: '✏️ <b>{customer}</b> edited{counter}:',
  customerDeleted: '🗑 <b>{customer}</b> has deleted a message.',
  customerReacted: '<b>{customer}</b> reacted with {emoji}',
  customerRated: '⭐ <b>{customer}</b> rated the conversation: {stars}',
  fileNotSent: '📎 <b>{name}</b>{size} was not sent',
  fileNotSentBecause: '📎 <b>{name}</b>{size} was not sent: {reason}',
  fileTooBig: 'it is too large for Telegram',
  fileWithoutName: 'file',
  sentAgain: '(sent again: the first time may have arrived)',

  // What becomes of replies
  noReason: 'no reason was given',
  hiddenReason: 'the app could not process it',
  replyFailed: '⚠️ This reply did not reach the customer: {reason}\nPress Retry to try again.',
  replyUnroutable:
    '⚠️ Not delivered: that message is not linked to a conversation. Reply to a newer notice of the conversation.',
  replyRefused: '⚠️ Not delivered: only registered agents can answer customers here.',
  replyWaits:
    '⏳ Not delivered yet: the app accepts no replies at the moment. Your reply is stored, and will be delivered as soon as it does.',
  replyEdited:
    '✏️ The customer still sees your first text: edits are not delivered. Send the correction as a new reply to the notice.',
  editFailed:
    '⚠️ The customer still sees this reply as it was before you edited it: {reason}\nPress Retry, or edit it once more, to try again.',
  replyDeleted: '🗑 Deleted: the customer no longer sees this reply.',
  deletionFailed:
    '⚠️ Not deleted, the customer still sees this reply: {reason}\nPress Retry to try again.',
  replyUnsupported:
    '⚠️ Not delivered: messages of this kind are not supported. Reply to the notice with text.',
  reactionsForbidden:
    'ℹ️ This chat allows no reaction that could mark replies as delivered. You will still be notified of each reply that fails. To see a 👍, allow that reaction in the group settings.',

  // What is no reply
  notAReplyPlain:
    '⚠️ Not delivered: this is not a reply. To answer a customer, reply to a notice of their conversation.',
  notAReplyAmbiguous:
    '⚠️ Not delivered: this may belong to more than one conversation. Reply to the notice you mean.',
  notAReplyUnknown:
    '⚠️ Not delivered: there is no recent notice. Reply to a notice of the conversation you mean.',
  notAReplyCommand:
    'ℹ️ Commands have no effect here, and nothing that begins with / is delivered. To answer a customer, reply to a notice of their conversation, or write in its topic.',
  notAReplyComment:
    '⚠️ Not delivered: this is a comment on a channel post. To answer a customer, reply to a notice of their conversation.',
  notAReplyChannel:
    '⚠️ Not delivered: a channel cannot be the support chat, because Telegram does not show who writes there. Use a group, and reply to the notices there.',
  notAReplyNoThread:
    '⚠️ Not delivered: this topic belongs to no conversation. To answer a customer, write in the topic of their conversation, or reply to a notice of it.',
  notAReplyTwoThreads:
    '⚠️ Not delivered: this is the topic of one conversation, and the message you replied to is of another. Write in the topic of the one you mean.',
  notAReplyEditedToNote:
    '⚠️ A reply that is edited becomes no note and no command: the customer gets it as it was before. To delete it, reply to it with <code>/del</code>.',
  notAReplyEditedDeleted:
    '⚠️ Not delivered: you have deleted this reply. Send the answer as a new message.',
  notAReplyEditedNote:
    '⚠️ Not delivered: a note or a command that is edited becomes no answer. Send the answer as a new message.',
  notAReplyStaysInTelegram:
    '⚠️ Delivered as words only: what you sent exists in Telegram alone. Send it to the customer as a file or as text.',
  notAReplyLateNote:
    '⚠️ The customer has got the files of this album that came before your note. To keep an album internal, write // at the first file.',

  // What is not deleted
  notDeletedNoTarget:
    '⚠️ Nothing was deleted: reply with <code>/del</code> to the message of yours that the customer is not to see any more.',
  notDeletedNotice:
    '⚠️ Nothing was deleted: that is a message of the bot. Reply with <code>/del</code> to a reply of your own.',
  notDeletedNotOwn: '⚠️ Nothing was deleted: you can delete only replies of your own.',
  notDeletedNoReply: '⚠️ Nothing was deleted: that message is not known as a reply to a customer.',
  notDeletedNoHandler:
    '⚠️ Not deleted: the app does not delete replies, and the customer still sees this one.',
  notDeletedBefore: 'ℹ️ This reply was deleted before.',
  notDeletedByEdit:
    '⚠️ Nothing was deleted: an edit deletes nothing. Reply with <code>/del</code>, as a new message, to the reply of yours that the customer is not to see any more.',

  // History
  earlierMessages: '🕘 <b>Earlier messages</b>',
  earlierMessagesLeftOut: '🕘 <b>Earlier messages</b> (older ones left out: {count})',
  historyNoThread:
    'ℹ️ To see the last messages of a conversation, write <code>/history</code> in its topic, or as a reply to a notice of it.',
  historyNoMethod: 'ℹ️ The app keeps no messages of this conversation that could be shown here.',
  historyNoMessages: 'ℹ️ The app has no messages of this conversation.',
  historyFailed:
    '⚠️ The messages of this conversation could not be loaded. Try again later; the log of the app says why.',

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ New conversations appear as messages here instead of topics. To have a topic for each conversation, turn on topics in the settings of this chat.',
  topicsForbidden:
    '⚠️ New conversations appear as messages here instead of topics. To have a topic for each conversation, let the bot manage topics: it needs that right as an administrator.',
  threadClosed: '✅ This conversation was closed.',
  threadReopened: '🔄 This conversation was opened again.',
  threadMoved:
    '↪️ This conversation was moved to the desk <b>{desk}</b>. Further messages appear there.',
  threadArrived: '🆕 Conversation from the desk <b>{desk}</b>',

  // Commands
  helpTitle: 'ℹ️ <b>Commands</b>, in the topic of a conversation or in reply to a notice of it:',
  helpDescription: 'Lists the commands',
  noteDescription: 'Writes a note that the customer does not get',
  delDescription: 'Deletes your reply that you answer with it',
  historyDescription: 'Shows the last messages of the conversation',
  snippetDescription: 'Sends a prepared answer',
  closeDescription: 'Closes the conversation',
  reopenDescription: 'Opens the conversation again',
  refreshDescription: 'Asks the app again what it knows of the conversation',
  claimDescription: 'Takes the conversation, or takes it over',
  releaseDescription: 'Gives the conversation back',
  transferDescription: 'Moves the conversation to another desk',
  revealDescription: 'Shows you alone what is masked in a message',
  onDescription: 'Puts you on duty',
  offDescription: 'Takes you off duty',
  dutyDescription: 'Lists who is on duty',
  whoamiDescription: 'Shows how the desk knows you',
  doctorDescription: 'Finds out whether this desk works, and what to do',
  commandDone: '✅ Done',
  commandFailed: '⚠️ <code>/{command}</code> has failed: {reason}',
  commandHiddenReason: 'the app could not carry it out',
  commandGone: 'the app has no such command for this conversation',
  commandNotAsked: 'this message cannot ask whether you mean it',
  commandArguments: '⚠️ Nothing was done: {problems}.\nWrite <code>/{usage}</code>',
  closed: '✅ This conversation is closed. It opens again when the customer writes.',
  closedBefore: 'ℹ️ This conversation is closed already.',
  reopened: '🔄 This conversation is open again.',
  reopenedBefore: 'ℹ️ This conversation is open already.',
  noOtherDesk: 'ℹ️ There is no other desk.',
  transferUsage: 'ℹ️ Write <code>/transfer</code> and the name of a desk: {desks}.',
  transferUnknown:
    '⚠️ There is no other desk of that name. Write <code>/transfer</code> and the name of a desk: {desks}.',
  transferred: '↪️ The conversation goes to the desk <b>{desk}</b>.',
  transferFailed:
    '⚠️ The conversation was not moved. Try again in a minute; the log of the app says why.',
  whoami: '👤 You are {name}, with the Telegram id <code>{id}</code>.',
  whoamiAnonymous:
    '👤 Telegram hides who you are, and names you as {name}, with the Telegram id <code>{id}</code>.',
  whoamiRegistered: 'You are registered as an agent.',
  whoamiEverybody: 'Everybody in this chat may answer customers.',
  doctorFine: '🩺 All is well with this desk (checks passed: {fine}).',
  doctorTitle:
    '🩺 <b>This desk has problems.</b> Failed: {failed}, warnings: {warnings}, in order: {fine}, not checked: {skipped}',
  doctorMore: '… and {count} more. Write <code>/doctor</code> again when these are mended.',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ Cancel',
  pressRuns: '⏳ In progress',
  pressCancelled: 'Cancelled',
  pressAnswered: 'This was answered already.',
  pressTwice: '⏳ You have just pressed this.',
  pressUnknown: '⚠️ This button does nothing.',
  pressElsewhere: '⚠️ This button does nothing here.',
  pressNoThread: '⚠️ The conversation of this button is not known any more.',
  pressForged: '⚠️ This button is not valid here.',
  pressRefused: '⚠️ Only registered agents may do this.',
  pressNoCommand: '⚠️ The app has no such command any more.',

  // Claims
  stopButton: 'Stop',
  sendNowButton: 'Send now',
  claimDone: '✋ <b>{agent}</b> has this conversation now.',
  claimOver: '✋ <b>{agent}</b> has taken this conversation over from {former}.',
  claimOwn: 'ℹ️ You have this conversation already.',
  claimTaken: '✋ <b>{agent}</b> has this conversation. Take it over?',
  claimAnonymous:
    '👤 Telegram hides who you are when you write as an administrator without a name. Press the button, which shows the desk who you are.',
  claimsOff: 'ℹ️ At this desk conversations belong to nobody.',
  releaseDone: 'ℹ️ Nobody has this conversation now. Whoever answers first gets it.',
  releaseNone: 'ℹ️ Nobody has this conversation.',
  releaseOther:
    '✋ <b>{agent}</b> has this conversation, and only they can give it back. <code>/claim</code> takes it over.',
  collisionWarned:
    '✋ <b>{agent}</b> has this conversation. The customer gets your answer all the same.',
  collisionHeld:
    '✋ <b>{agent}</b> has this conversation. Your answer goes out after {seconds} s, unless you stop it.',
  collisionRefused:
    '✋ Not delivered: <b>{agent}</b> has this conversation. Take it over, and send your answer again.',
  collisionRefusedAnonymous:
    '✋ Not delivered: <b>{agent}</b> has this conversation, and Telegram hides who you are. Answer under your own name, after <code>/claim</code>.',
  collisionTold: '✋ <b>{agent}</b> has answered this conversation, which you have.',
  replySent: 'The answer goes out.',
  replySentBefore: 'This answer has gone out already.',
  replyStopped: '🙈 The answer is taken back.',
  replyStoppedBefore: 'This answer was taken back already.',
  ephemeralReply:
    '⚠️ Not delivered: nobody but the bot sees what you answer here. Write it in the conversation itself.',

  // Retry
  retryButton: 'Retry',
  discardButton: 'Discard',
  retryByApp: 'the app',
  retryStarted: '🔄 {agent} has this tried again. It has failed before: {reason}',
  retryDelivered: '✅ Delivered: the customer has this reply now.',
  retryEdited: '✅ Delivered: the customer sees this reply as you have edited it.',
  retryDeleted: '✅ Deleted: the customer no longer sees this reply.',
  retryDiscarded: '🗑 Discarded by {agent}: the app does not get it, and it is not tried again.',
  retryExpired: 'ℹ️ This is not kept any more, so it is not tried again. Send it once more.',
  retryOutdated: 'ℹ️ There is nothing to try again: this was changed or deleted meanwhile.',
  retryPressed: '🔄 It is tried again',
  discardPressed: '🗑 It is discarded',
  retryIsRunning: '🔄 It is being tried again already.',
  retryIsHandled: '✅ The app has got it meanwhile.',
  retryIsDiscarded: '🗑 It was discarded already.',
  retryIsUnknown: '⚠️ This is not kept any more. Send it once more.',
  retryIsNotThere:
    '⚠️ What has failed was not found, so nothing was done. Press the button again in a minute.',
  retryHow: 'ℹ️ Press the button below the message that says what has failed.',

  // The card
  cardField: '<b>{label}:</b> {value}',
  cardWaiting: '⏳ Waiting for an answer: {time}',
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ Closed',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: 'Open',
  claimButton: '✋ Claim',
  takeOverButton: '✋ Take over',
  releaseButton: 'Release',
  closeButton: '✅ Close',
  reopenButton: '🔄 Reopen',
  refreshButton: '🔁 Refresh',
  cardRefreshed: '🔁 The card of this conversation, its first message here, is brought up to date.',

  // Hours, snippets and reminders
  digest: '☀️ <b>The desk is open.</b> Conversations that wait: {count}',
  digestLine: '• {thread}, since {since}',
  digestMore: '… and {count} more',
  overdueAssigned: '🔥 {agent}, this customer has waited too long for an answer.',
  overdueUnassigned:
    '🔥 This customer has waited too long for an answer, and nobody has taken the conversation.',
  closingSoon:
    '⏳ The customer says nothing any more. This conversation will be closed on {time}, unless somebody writes.',
  snippets: 'ℹ️ <b>Prepared answers</b>, each sent with <code>/s</code> and its name:',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: 'ℹ️ The app has no prepared answers.',
  snippetSent: '✉️ The customer gets:\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ This answer waits:\n<blockquote>{text}</blockquote>',
  snippetNoThread:
    '⚠️ Nothing was sent: write this in the topic of a conversation, or in reply to a notice of it.',
  snippetUnknown: '⚠️ Nothing was sent: there is no prepared answer of that name.',
  snippetIncomplete: '⚠️ Nothing was sent: {values} is not known. Write the answer yourself.',

  // Privacy
  revealTitle: '🔓 <b>What is masked</b>, for you alone:',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… and {count} more',
  revealed: '🔓 {agent} has looked at what is masked.',
  revealNothing: 'ℹ️ Nothing is masked there, or it was too long ago.',
  revealForbidden: '⚠️ You are not among those who may see what is masked.',
  revealAnonymous:
    '⚠️ Telegram hides who you are, so it cannot be shown to you alone. Write as yourself.',
  revealImpossible:
    '⚠️ It was shown to nobody: Telegram shows a message to one person only in groups where the bot is an administrator.',

  // Agents who are known
  agentLinked: '✅ Done, {agent}: the app knows who you are now.',
  agentLinkUsed: '⚠️ Somebody has used this link before. Ask for a new one.',
  agentLinkExpired: '⚠️ This link is not valid, or not any more. Ask for a new one.',
  whoamiLinked: 'The app knows you as <code>{userId}</code>.',
  dutyOn: '🟢 {agent} is on duty.',
  dutyIsOn: 'ℹ️ {agent} is on duty already.',
  dutyOff: '⚪ {agent} is off duty.',
  dutyIsOff: 'ℹ️ {agent} is not on duty.',
  dutyNobody: 'ℹ️ Nobody is on duty. Write <code>/on</code> to be.',
  dutyList: '🟢 <b>On duty: {count}</b>',
  dutyAnonymous:
    '⚠️ Telegram hides who you are. Write as yourself, not as an anonymous administrator.',
} as const;
