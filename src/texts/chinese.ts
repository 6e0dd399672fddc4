import type { AgentTexts } from './agent-texts.interface.js';

/** All texts to agents, in Simplified Chinese. */
export const CHINESE: AgentTexts = {
  // Notices of customers
  newThread: '新会话',
  customer: '客户',
  agent: '客服',
  system: '系统',
  openThread: '打开会话',
  openFile: '打开文件',
  edited: '已编辑',
  deletedByCustomer: '客户已删除',
  customerEdited: '✏️ <b>{customer}</b> 编辑了消息{counter}：',
  customerDeleted: '🗑 <b>{customer}</b> 删除了一条消息。',
  customerReacted: '<b>{customer}</b> 回应了 {emoji}',
  customerRated: '⭐ <b>{customer}</b> 对会话的评分：{stars}',
  fileNotSent: '📎 <b>{name}</b>{size} 未能发送',
  fileNotSentBecause: '📎 <b>{name}</b>{size} 未能发送：{reason}',
  fileTooBig: '文件过大，超出 Telegram 的限制',
  fileWithoutName: '文件',
  sentAgain: '（重新发送：第一次可能已送达）',

  // What becomes of replies
  noReason: '未说明原因',
  hiddenReason: '应用无法处理',
  replyFailed: '⚠️ 此回复未送达客户：{reason}\n请按“重试”再试一次。',
  replyUnroutable: '⚠️ 未送达：该消息未关联任何会话。请回复该会话中较新的通知。',
  replyRefused: '⚠️ 未送达：此处只有已登记的客服可以回复客户。',
  replyWaits: '⏳ 尚未送达：应用暂时不接收回复。您的回复已保存，待应用恢复接收后会立即送达。',
  replyEdited: '✏️ 客户看到的仍是最初的内容：编辑不会送达。请回复通知，重新发送更正后的内容。',
  editFailed: '⚠️ 客户看到的仍是编辑前的回复：{reason}\n请按“重试”或再次编辑。',
  replyDeleted: '🗑 已删除：客户已看不到此回复。',
  deletionFailed: '⚠️ 未能删除，客户仍可看到此回复：{reason}\n请按“重试”再试一次。',
  replyUnsupported: '⚠️ 未送达：不支持此类消息。请用文字回复通知。',
  reactionsForbidden:
    'ℹ️ 此聊天不允许使用可标记“已送达”的回应。回复未能送达时，您仍会收到提示。如需看到 👍，请在群组设置中允许该回应。',

  // What is no reply
  notAReplyPlain: '⚠️ 未送达：这不是一条回复。如需答复客户，请回复其会话的通知。',
  notAReplyAmbiguous: '⚠️ 未送达：此消息可能属于多个会话。请回复您要答复的那条通知。',
  notAReplyUnknown: '⚠️ 未送达：近期没有通知。请回复相应会话的通知。',
  notAReplyCommand:
    'ℹ️ 命令在此处无效，以 / 开头的内容也不会送达。如需答复客户，请回复其会话的通知，或在该会话的话题中发送消息。',
  notAReplyComment: '⚠️ 未送达：这是对频道帖子的评论。如需答复客户，请回复其会话的通知。',
  notAReplyChannel:
    '⚠️ 未送达：频道不能用作客服聊天，因为 Telegram 不会显示频道中的发言者。请使用群组，并在群组中回复通知。',
  notAReplyNoThread:
    '⚠️ 未送达：此话题不属于任何会话。如需答复客户，请在其会话的话题中发送消息，或回复该会话的通知。',
  notAReplyTwoThreads:
    '⚠️ 未送达：当前话题与您所回复的消息属于不同的会话。请在相应会话的话题中发送消息。',
  notAReplyEditedToNote:
    '⚠️ 编辑回复不会使其变为备注或命令：客户收到的仍是编辑前的内容。如需删除，请用 <code>/del</code> 回复该消息。',
  notAReplyEditedDeleted: '⚠️ 未送达：您已删除此回复。请发送一条新消息。',
  notAReplyEditedNote: '⚠️ 未送达：编辑备注或命令不会使其变为答复。请发送一条新消息作为答复。',
  notAReplyStaysInTelegram:
    '⚠️ 仅以文字形式送达：您发送的内容只存在于 Telegram 中。请以文件或文字形式发送给客户。',
  notAReplyLateNote:
    '⚠️ 客户已收到此相册中排在备注之前的文件。如需让相册仅供内部查看，请在发送第一个文件时写上 //。',

  // What is not deleted
  notDeletedNoTarget:
    '⚠️ 未删除任何内容：请用 <code>/del</code> 回复您不想再让客户看到的那条自己的消息。',
  notDeletedNotice:
    '⚠️ 未删除任何内容：那是机器人的消息。请用 <code>/del</code> 回复您自己的回复。',
  notDeletedNotOwn: '⚠️ 未删除任何内容：您只能删除自己的回复。',
  notDeletedNoReply: '⚠️ 未删除任何内容：该消息未被识别为发给客户的回复。',
  notDeletedNoHandler: '⚠️ 未能删除：应用不支持删除回复，客户仍可看到此回复。',
  notDeletedBefore: 'ℹ️ 此回复先前已删除。',
  notDeletedByEdit:
    '⚠️ 未删除任何内容：编辑消息不能删除回复。请发送新消息，用 <code>/del</code> 回复您不想再让客户看到的那条自己的回复。',

  // History
  earlierMessages: '🕘 <b>先前的消息</b>',
  earlierMessagesLeftOut: '🕘 <b>先前的消息</b>（未显示的更早消息：{count}）',
  historyNoThread:
    'ℹ️ 如需查看会话的最近消息，请在其话题中发送 <code>/history</code>，或用它回复该会话的通知。',
  historyNoMethod: 'ℹ️ 应用未保存可在此显示的本会话消息。',
  historyNoMessages: 'ℹ️ 应用中没有此会话的消息。',
  historyFailed: '⚠️ 无法加载此会话的消息。请稍后重试；原因请见应用日志。',

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ 新会话目前以消息而非话题的形式出现在此处。如需为每个会话创建话题，请在此聊天的设置中启用话题。',
  topicsForbidden:
    '⚠️ 新会话目前以消息而非话题的形式出现在此处。如需为每个会话创建话题，请允许机器人管理话题：它需要具有该项管理员权限。',
  threadClosed: '✅ 此会话已关闭。',
  threadReopened: '🔄 此会话已重新打开。',
  threadMoved: '↪️ 此会话已转至服务台 <b>{desk}</b>。后续消息将显示在那里。',
  threadArrived: '🆕 来自服务台 <b>{desk}</b> 的会话',

  // Commands
  helpTitle: 'ℹ️ <b>命令</b>，可在会话的话题中使用，或用于回复会话的通知：',
  helpDescription: '列出命令',
  noteDescription: '写一条客户不会收到的备注',
  delDescription: '用此命令回复自己的回复，即可将其删除',
  historyDescription: '显示会话的最近消息',
  snippetDescription: '发送预设答复',
  closeDescription: '关闭会话',
  reopenDescription: '重新打开会话',
  refreshDescription: '重新向应用查询会话的相关信息',
  claimDescription: '认领会话，或接管会话',
  releaseDescription: '取消认领会话',
  transferDescription: '将会话转至其他服务台',
  revealDescription: '仅向您显示消息中被遮盖的内容',
  onDescription: '开始值班',
  offDescription: '结束值班',
  dutyDescription: '列出值班人员',
  whoamiDescription: '显示您在服务台中的身份',
  doctorDescription: '检查此服务台是否正常，并给出处理方法',
  commandDone: '✅ 完成',
  commandFailed: '⚠️ <code>/{command}</code> 执行失败：{reason}',
  commandHiddenReason: '应用无法执行此命令',
  commandGone: '应用没有适用于此会话的该命令',
  commandNotAsked: '此消息无法请求您确认',
  commandArguments: '⚠️ 未执行任何操作：{problems}。\n请发送 <code>/{usage}</code>',
  closed: '✅ 此会话已关闭。客户再次发来消息时会重新打开。',
  closedBefore: 'ℹ️ 此会话已处于关闭状态。',
  reopened: '🔄 此会话已重新打开。',
  reopenedBefore: 'ℹ️ 此会话已处于打开状态。',
  noOtherDesk: 'ℹ️ 没有其他服务台。',
  transferUsage: 'ℹ️ 请发送 <code>/transfer</code> 和服务台名称：{desks}。',
  transferUnknown:
    '⚠️ 没有使用该名称的其他服务台。请发送 <code>/transfer</code> 和服务台名称：{desks}。',
  transferred: '↪️ 会话将转至服务台 <b>{desk}</b>。',
  transferFailed: '⚠️ 会话未能转移。请一分钟后重试；原因请见应用日志。',
  whoami: '👤 您是 {name}，Telegram ID 为 <code>{id}</code>。',
  whoamiAnonymous:
    '👤 Telegram 隐藏了您的身份，将您显示为 {name}，Telegram ID 为 <code>{id}</code>。',
  whoamiRegistered: '您已登记为客服。',
  whoamiEverybody: '此聊天中的所有人都可以答复客户。',
  doctorFine: '🩺 此服务台一切正常（通过的检查：{fine}）。',
  doctorTitle:
    '🩺 <b>此服务台存在问题。</b>失败：{failed}，警告：{warnings}，正常：{fine}，未检查：{skipped}',
  doctorMore: '… 还有 {count} 项。解决上述问题后请再次发送 <code>/doctor</code>。',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ 取消',
  pressRuns: '⏳ 正在执行',
  pressCancelled: '已取消',
  pressAnswered: '此问题已有人作答。',
  pressTwice: '⏳ 您刚刚按过此按钮。',
  pressUnknown: '⚠️ 此按钮不起作用。',
  pressElsewhere: '⚠️ 此按钮在这里不起作用。',
  pressNoThread: '⚠️ 已找不到此按钮对应的会话。',
  pressForged: '⚠️ 此按钮在这里无效。',
  pressRefused: '⚠️ 只有已登记的客服可以执行此操作。',
  pressNoCommand: '⚠️ 应用中已没有此命令。',

  // Claims
  stopButton: '停止',
  sendNowButton: '立即发送',
  claimDone: '✋ 此会话现由 <b>{agent}</b> 负责。',
  claimOver: '✋ <b>{agent}</b> 已从 {former} 处接管此会话。',
  claimOwn: 'ℹ️ 此会话已由您负责。',
  claimTaken: '✋ 此会话由 <b>{agent}</b> 负责。要接管吗？',
  claimAnonymous:
    '👤 您以匿名管理员身份发言时，Telegram 会隐藏您的身份。请按下按钮，让服务台知道您是谁。',
  claimsOff: 'ℹ️ 此服务台的会话不归任何人负责。',
  releaseDone: 'ℹ️ 此会话现在无人负责。最先答复的人将负责此会话。',
  releaseNone: 'ℹ️ 此会话无人负责。',
  releaseOther:
    '✋ 此会话由 <b>{agent}</b> 负责，其他人不能取消认领。如需接管，请使用 <code>/claim</code>。',
  collisionWarned: '✋ 此会话由 <b>{agent}</b> 负责。客户仍会收到您的答复。',
  collisionHeld:
    '✋ 此会话由 <b>{agent}</b> 负责。您的答复将在 {seconds} 秒后发出，除非您将其停止。',
  collisionRefused: '✋ 未送达：此会话由 <b>{agent}</b> 负责。请先接管会话，再重新发送您的答复。',
  collisionRefusedAnonymous:
    '✋ 未送达：此会话由 <b>{agent}</b> 负责，而 Telegram 隐藏了您的身份。请先使用 <code>/claim</code>，再以本人身份答复。',
  collisionTold: '✋ <b>{agent}</b> 答复了由您负责的此会话。',
  replySent: '答复正在发出。',
  replySentBefore: '此答复已发出。',
  replyStopped: '🙈 答复已撤回。',
  replyStoppedBefore: '此答复先前已撤回。',
  ephemeralReply: '⚠️ 未送达：您在此处的答复只有机器人能看到。请在会话中发送。',

  // Retry
  retryButton: '重试',
  discardButton: '放弃',
  retryByApp: '应用',
  retryStarted: '🔄 {agent} 已发起重试。先前失败的原因：{reason}',
  retryDelivered: '✅ 已送达：客户现已收到此回复。',
  retryEdited: '✅ 已送达：客户看到的是您编辑后的回复。',
  retryDeleted: '✅ 已删除：客户已看不到此回复。',
  retryDiscarded: '🗑 {agent} 已放弃：应用不会收到此内容，也不会再重试。',
  retryExpired: 'ℹ️ 此内容已不再保存，因此不会重试。请重新发送。',
  retryOutdated: 'ℹ️ 没有可重试的内容：此内容在此期间已被更改或删除。',
  retryPressed: '🔄 正在重试',
  discardPressed: '🗑 正在放弃',
  retryIsRunning: '🔄 已在重试中。',
  retryIsHandled: '✅ 应用在此期间已收到此内容。',
  retryIsDiscarded: '🗑 此内容先前已放弃。',
  retryIsUnknown: '⚠️ 此内容已不再保存。请重新发送。',
  retryIsNotThere: '⚠️ 找不到失败的内容，因此未执行任何操作。请一分钟后再次按下按钮。',
  retryHow: 'ℹ️ 请按下失败提示消息下方的按钮。',

  // The card
  cardField: '<b>{label}：</b>{value}',
  cardWaiting: '⏳ 等待答复：{time}',
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ 已关闭',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: '打开',
  claimButton: '✋ 认领',
  takeOverButton: '✋ 接管',
  releaseButton: '取消认领',
  closeButton: '✅ 关闭',
  reopenButton: '🔄 重新打开',
  refreshButton: '🔁 刷新',
  cardRefreshed: '🔁 此会话的卡片（此处的第一条消息）正在更新。',

  // Hours, snippets and reminders
  digest: '☀️ <b>服务台已开始服务。</b>等待中的会话：{count}',
  digestLine: '• {thread}，自 {since} 起',
  digestMore: '… 另有 {count} 个',
  overdueAssigned: '🔥 {agent}，这位客户等待答复的时间过长。',
  overdueUnassigned: '🔥 这位客户等待答复的时间过长，且会话尚无人认领。',
  closingSoon: '⏳ 客户已不再发言。如果没有人再发送消息，此会话将于 {time} 关闭。',
  snippets: 'ℹ️ <b>预设答复</b>，用 <code>/s</code> 加名称即可发送：',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: 'ℹ️ 应用中没有预设答复。',
  snippetSent: '✉️ 客户将收到：\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ 此答复等待发送：\n<blockquote>{text}</blockquote>',
  snippetNoThread: '⚠️ 未发送任何内容：请在会话的话题中发送此命令，或用它回复该会话的通知。',
  snippetUnknown: '⚠️ 未发送任何内容：没有使用该名称的预设答复。',
  snippetIncomplete: '⚠️ 未发送任何内容：{values} 未知。请自行撰写答复。',

  // Privacy
  revealTitle: '🔓 <b>被遮盖的内容</b>，仅您可见：',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… 另有 {count} 项',
  revealed: '🔓 {agent} 查看了被遮盖的内容。',
  revealNothing: 'ℹ️ 该处没有被遮盖的内容，或时间过久。',
  revealForbidden: '⚠️ 您无权查看被遮盖的内容。',
  revealAnonymous: '⚠️ Telegram 隐藏了您的身份，因此无法仅向您显示。请以本人身份发送消息。',
  revealImpossible:
    '⚠️ 未向任何人显示：只有在机器人是管理员的群组中，Telegram 才能仅向一个人显示消息。',

  // Agents who are known
  agentLinked: '✅ 完成，{agent}：应用现在知道您是谁了。',
  agentLinkUsed: '⚠️ 此链接先前已有人使用。请索取新的链接。',
  agentLinkExpired: '⚠️ 此链接无效或已失效。请索取新的链接。',
  whoamiLinked: '您在应用中的身份为 <code>{userId}</code>。',
  dutyOn: '🟢 {agent} 开始值班。',
  dutyIsOn: 'ℹ️ {agent} 已在值班。',
  dutyOff: '⚪ {agent} 结束值班。',
  dutyIsOff: 'ℹ️ {agent} 未在值班。',
  dutyNobody: 'ℹ️ 无人值班。如需值班，请发送 <code>/on</code>。',
  dutyList: '🟢 <b>值班人数：{count}</b>',
  dutyAnonymous: '⚠️ Telegram 隐藏了您的身份。请以本人身份而非匿名管理员身份发送消息。',
};
