import type { AgentTexts } from './agent-texts.interface.js';

/** All texts to agents, in Arabic. Most begin with an Arabic word, so that they are laid out from right to left. */
export const ARABIC: AgentTexts = {
  // Notices of customers
  newThread: 'محادثة جديدة',
  customer: 'العميل',
  agent: 'موظف الدعم',
  system: 'النظام',
  openThread: 'فتح المحادثة',
  openFile: 'فتح الملف',
  edited: 'معدّلة',
  deletedByCustomer: 'حذفها العميل',
  customerEdited: '✏️ عدّل <b>{customer}</b> رسالة{counter}:',
  customerDeleted: '🗑 حذف <b>{customer}</b> رسالة.',
  customerReacted: 'تفاعل <b>{customer}</b> بـ {emoji}',
  customerRated: '⭐ قيّم <b>{customer}</b> المحادثة: {stars}',
  fileNotSent: '📎 لم يُرسَل الملف <b>{name}</b>{size}',
  fileNotSentBecause: '📎 لم يُرسَل الملف <b>{name}</b>{size}: {reason}',
  fileTooBig: 'حجمه أكبر مما يسمح به تيليجرام',
  fileWithoutName: 'بلا اسم',
  sentAgain: '(أُعيد الإرسال: ربما وصلت في المرة الأولى)',

  // What becomes of replies
  noReason: 'لم يُذكر السبب',
  hiddenReason: 'حدث خطأ أثناء المعالجة في التطبيق',
  replyFailed: '⚠️ لم يصل هذا الرد إلى العميل: {reason}\nاضغط «إعادة المحاولة» للمحاولة مرة أخرى.',
  replyUnroutable:
    '⚠️ لم يُسلَّم: تلك الرسالة غير مرتبطة بأي محادثة. رُدّ على إشعار أحدث من المحادثة نفسها.',
  replyRefused: '⚠️ لم يُسلَّم: لا يمكن الرد على العملاء هنا إلا لموظفي الدعم المسجَّلين.',
  replyWaits:
    '⏳ لم يُسلَّم بعد: التطبيق لا يستقبل الردود حاليًا. حُفظ ردك، وسيُسلَّم حالما يصبح ذلك ممكنًا.',
  replyEdited:
    '✏️ ما زال العميل يرى النص الأول: التعديلات لا تُسلَّم. أرسل التصحيح في رد جديد على الإشعار.',
  editFailed:
    '⚠️ ما زال العميل يرى هذا الرد كما كان قبل تعديله: {reason}\nاضغط «إعادة المحاولة» أو عدّله مرة أخرى.',
  replyDeleted: '🗑 تم الحذف: لم يعد العميل يرى هذا الرد.',
  deletionFailed:
    '⚠️ لم يُحذف، وما زال العميل يرى هذا الرد: {reason}\nاضغط «إعادة المحاولة» للمحاولة مرة أخرى.',
  replyUnsupported: '⚠️ لم يُسلَّم: هذا النوع من الرسائل غير مدعوم. رُدّ على الإشعار برسالة نصية.',
  reactionsForbidden:
    'ℹ️ لا تسمح هذه الدردشة بأي تفاعل يمكن به تمييز الردود المُسلَّمة. ومع ذلك سيصلك تنبيه بكل رد يتعذّر تسليمه. لرؤية 👍 اسمح بهذا التفاعل في إعدادات المجموعة.',

  // What is no reply
  notAReplyPlain: '⚠️ لم تُسلَّم: هذه ليست ردًا. للرد على عميل، رُدّ على أحد إشعارات محادثته.',
  notAReplyAmbiguous: '⚠️ لم تُسلَّم: قد تخصّ هذه الرسالة أكثر من محادثة. رُدّ على الإشعار المقصود.',
  notAReplyUnknown: '⚠️ لم تُسلَّم: لا يوجد إشعار حديث. رُدّ على أحد إشعارات المحادثة المقصودة.',
  notAReplyCommand:
    'ℹ️ لا تعمل الأوامر هنا، ولا يُسلَّم أي نص يبدأ بالعلامة /. للرد على عميل، رُدّ على أحد إشعارات محادثته أو اكتب في موضوعها.',
  notAReplyComment:
    '⚠️ لم تُسلَّم: هذا تعليق على منشور في قناة. للرد على عميل، رُدّ على أحد إشعارات محادثته.',
  notAReplyChannel:
    '⚠️ لم تُسلَّم: لا يمكن أن تكون القناة دردشة دعم، لأن تيليجرام لا يُظهر من يكتب فيها. استخدم مجموعة ورُدّ على الإشعارات فيها.',
  notAReplyNoThread:
    '⚠️ لم تُسلَّم: هذا الموضوع لا يتبع أي محادثة. للرد على عميل، اكتب في موضوع محادثته أو رُدّ على أحد إشعاراتها.',
  notAReplyTwoThreads:
    '⚠️ لم تُسلَّم: هذا موضوع محادثة، والرسالة التي رددت عليها من محادثة أخرى. اكتب في موضوع المحادثة المقصودة.',
  notAReplyEditedToNote:
    '⚠️ تعديل الرد لا يجعله ملاحظة ولا أمرًا: يتلقاه العميل كما كان من قبل. لحذفه، رُدّ عليه بالأمر <code>/del</code>.',
  notAReplyEditedDeleted: '⚠️ لم يُسلَّم: سبق أن حذفت هذا الرد. أرسل الإجابة في رسالة جديدة.',
  notAReplyEditedNote:
    '⚠️ لم تُسلَّم: تعديل الملاحظة أو الأمر لا يجعله ردًا. أرسل الإجابة في رسالة جديدة.',
  notAReplyStaysInTelegram:
    '⚠️ سُلّم النص فقط: ما أرسلته لا يوجد إلا في تيليجرام. أرسله إلى العميل كملف أو كنص.',
  notAReplyLateNote:
    '⚠️ تلقى العميل ملفات هذا الألبوم التي سبقت ملاحظتك. لإبقاء الألبوم داخليًا، اكتب // مع الملف الأول.',

  // What is not deleted
  notDeletedNoTarget:
    '⚠️ لم يُحذف شيء: رُدّ بالأمر <code>/del</code> على رسالتك التي لا تريد أن يراها العميل بعد الآن.',
  notDeletedNotice:
    '⚠️ لم يُحذف شيء: تلك رسالة من البوت. رُدّ بالأمر <code>/del</code> على أحد ردودك.',
  notDeletedNotOwn: '⚠️ لم يُحذف شيء: لا يمكنك حذف سوى ردودك.',
  notDeletedNoReply: '⚠️ لم يُحذف شيء: تلك الرسالة غير معروفة كرد على عميل.',
  notDeletedNoHandler: '⚠️ لم يُحذف: التطبيق لا يحذف الردود، وما زال العميل يرى هذا الرد.',
  notDeletedBefore: 'ℹ️ سبق حذف هذا الرد.',
  notDeletedByEdit:
    '⚠️ لم يُحذف شيء: التعديل لا يحذف شيئًا. رُدّ في رسالة جديدة بالأمر <code>/del</code> على ردك الذي لا تريد أن يراه العميل بعد الآن.',

  // History
  earlierMessages: '🕘 <b>الرسائل السابقة</b>',
  earlierMessagesLeftOut: '🕘 <b>الرسائل السابقة</b> (رسائل أقدم غير معروضة: {count})',
  historyNoThread:
    'ℹ️ لعرض آخر رسائل محادثة، اكتب <code>/history</code> في موضوعها أو ردًا على أحد إشعاراتها.',
  historyNoMethod: 'ℹ️ لا يحتفظ التطبيق برسائل من هذه المحادثة يمكن عرضها هنا.',
  historyNoMessages: 'ℹ️ لا توجد في التطبيق رسائل من هذه المحادثة.',
  historyFailed: '⚠️ تعذّر تحميل رسائل هذه المحادثة. حاول لاحقًا؛ السبب مذكور في سجل التطبيق.',

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ تظهر المحادثات الجديدة هنا كرسائل لا كمواضيع. ليكون لكل محادثة موضوع، فعّل المواضيع في إعدادات هذه الدردشة.',
  topicsForbidden:
    '⚠️ تظهر المحادثات الجديدة هنا كرسائل لا كمواضيع. ليكون لكل محادثة موضوع، اسمح للبوت بإدارة المواضيع: يحتاج إلى هذه الصلاحية بصفته مشرفًا.',
  threadClosed: '✅ أُغلقت هذه المحادثة.',
  threadReopened: '🔄 أُعيد فتح هذه المحادثة.',
  threadMoved: '↪️ نُقلت هذه المحادثة إلى القسم <b>{desk}</b>. ستظهر الرسائل التالية هناك.',
  threadArrived: '🆕 محادثة من القسم <b>{desk}</b>',

  // Commands
  helpTitle: 'ℹ️ <b>الأوامر</b>، في موضوع المحادثة أو ردًا على أحد إشعاراتها:',
  helpDescription: 'عرض قائمة الأوامر',
  noteDescription: 'كتابة ملاحظة لا تصل إلى العميل',
  delDescription: 'حذف ردك الذي ترد عليه بهذا الأمر',
  historyDescription: 'عرض آخر رسائل المحادثة',
  snippetDescription: 'إرسال رد جاهز',
  closeDescription: 'إغلاق المحادثة',
  reopenDescription: 'إعادة فتح المحادثة',
  refreshDescription: 'سؤال التطبيق من جديد عمّا يعرفه عن المحادثة',
  claimDescription: 'استلام المحادثة أو تولّيها بدلًا من غيرك',
  releaseDescription: 'التخلي عن المحادثة',
  transferDescription: 'نقل المحادثة إلى قسم آخر',
  revealDescription: 'عرض ما هو محجوب في رسالة، لك وحدك',
  onDescription: 'بدء مناوبتك',
  offDescription: 'إنهاء مناوبتك',
  dutyDescription: 'عرض من هم في المناوبة',
  whoamiDescription: 'عرض هويتك كما يعرفها القسم',
  doctorDescription: 'فحص عمل هذا القسم وما يجب فعله',
  commandDone: '✅ تم',
  commandFailed: '⚠️ فشل الأمر <code>/{command}</code>: {reason}',
  commandHiddenReason: 'تعذّر على التطبيق تنفيذه',
  commandGone: 'لا يوجد في التطبيق أمر كهذا لهذه المحادثة',
  commandNotAsked: 'لا يمكن طلب التأكيد في هذه الرسالة',
  commandArguments: '⚠️ لم يُنفَّذ شيء: {problems}.\nاكتب <code>/{usage}</code>',
  closed: '✅ هذه المحادثة مغلقة. ستُفتح مجددًا عندما يكتب العميل.',
  closedBefore: 'ℹ️ هذه المحادثة مغلقة بالفعل.',
  reopened: '🔄 هذه المحادثة مفتوحة من جديد.',
  reopenedBefore: 'ℹ️ هذه المحادثة مفتوحة بالفعل.',
  noOtherDesk: 'ℹ️ لا يوجد قسم آخر.',
  transferUsage: 'ℹ️ اكتب <code>/transfer</code> واسم القسم: {desks}.',
  transferUnknown:
    '⚠️ لا يوجد قسم آخر بهذا الاسم. اكتب <code>/transfer</code> واسم القسم: {desks}.',
  transferred: '↪️ تنتقل المحادثة إلى القسم <b>{desk}</b>.',
  transferFailed: '⚠️ لم تُنقل المحادثة. حاول مجددًا بعد دقيقة؛ السبب مذكور في سجل التطبيق.',
  whoami: '👤 أنت {name}، ومعرّفك في تيليجرام <code>{id}</code>.',
  whoamiAnonymous:
    '👤 يُخفي تيليجرام هويتك ويعرضك باسم {name}، والمعرّف في تيليجرام <code>{id}</code>.',
  whoamiRegistered: 'أنت مسجَّل كموظف دعم.',
  whoamiEverybody: 'يمكن لكل من في هذه الدردشة الرد على العملاء.',
  doctorFine: '🩺 كل شيء على ما يرام في هذا القسم (الفحوص الناجحة: {fine}).',
  doctorTitle:
    '🩺 <b>توجد مشكلات في هذا القسم.</b> الأخطاء: {failed}، التحذيرات: {warnings}، السليمة: {fine}، لم تُفحص: {skipped}',
  doctorMore: '… و{count} غيرها. اكتب <code>/doctor</code> مجددًا بعد حلّها.',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ إلغاء',
  pressRuns: '⏳ قيد التنفيذ',
  pressCancelled: 'تم الإلغاء',
  pressAnswered: 'سبقت الإجابة عن هذا السؤال.',
  pressTwice: '⏳ ضغطت هذا الزر للتو.',
  pressUnknown: '⚠️ هذا الزر لا يفعل شيئًا.',
  pressElsewhere: '⚠️ هذا الزر لا يفعل شيئًا هنا.',
  pressNoThread: '⚠️ لم تعد محادثة هذا الزر معروفة.',
  pressForged: '⚠️ هذا الزر غير صالح هنا.',
  pressRefused: '⚠️ هذا متاح لموظفي الدعم المسجَّلين فقط.',
  pressNoCommand: '⚠️ لم يعد هذا الأمر موجودًا في التطبيق.',

  // Claims
  stopButton: 'إيقاف',
  sendNowButton: 'إرسال الآن',
  claimDone: '✋ هذه المحادثة الآن لدى <b>{agent}</b>.',
  claimOver: '✋ انتقلت هذه المحادثة إلى <b>{agent}</b> بعد أن كانت لدى {former}.',
  claimOwn: 'ℹ️ هذه المحادثة لديك بالفعل.',
  claimTaken: '✋ هذه المحادثة لدى <b>{agent}</b>. هل تريد تولّيها؟',
  claimAnonymous: '👤 يُخفي تيليجرام هويتك عندما تكتب كمشرف مجهول. اضغط الزر ليعرف القسم من أنت.',
  claimsOff: 'ℹ️ لا تُسنَد المحادثات في هذا القسم إلى أحد.',
  releaseDone: 'ℹ️ لم تعد هذه المحادثة لدى أحد. يستلمها أول من يرد.',
  releaseNone: 'ℹ️ هذه المحادثة ليست لدى أحد.',
  releaseOther:
    '✋ هذه المحادثة لدى <b>{agent}</b>، ولا يمكن لغيره التخلي عنها. لتولّيها استخدم الأمر <code>/claim</code>.',
  collisionWarned: '✋ هذه المحادثة لدى <b>{agent}</b>. ومع ذلك يتلقى العميل ردك.',
  collisionHeld: '✋ هذه المحادثة لدى <b>{agent}</b>. سيُرسَل ردك بعد {seconds} ث، ما لم توقفه.',
  collisionRefused: '✋ لم يُسلَّم: هذه المحادثة لدى <b>{agent}</b>. تولَّها ثم أرسل ردك مرة أخرى.',
  collisionRefusedAnonymous:
    '✋ لم يُسلَّم: هذه المحادثة لدى <b>{agent}</b>، وتيليجرام يُخفي هويتك. رُدّ باسمك بعد الأمر <code>/claim</code>.',
  collisionTold: '✋ ورد رد من <b>{agent}</b> في هذه المحادثة التي لديك.',
  replySent: 'يجري إرسال الرد.',
  replySentBefore: 'سبق إرسال هذا الرد.',
  replyStopped: '🙈 سُحب الرد.',
  replyStoppedBefore: 'سبق سحب هذا الرد.',
  ephemeralReply: '⚠️ لم يُسلَّم: لا يرى ردك هنا سوى البوت. اكتبه في المحادثة نفسها.',

  // Retry
  retryButton: 'إعادة المحاولة',
  discardButton: 'تجاهل',
  retryByApp: 'التطبيق',
  retryStarted: '🔄 إعادة محاولة بطلب من {agent}. سبب الفشل السابق: {reason}',
  retryDelivered: '✅ تم التسليم: وصل هذا الرد إلى العميل.',
  retryEdited: '✅ تم التسليم: يرى العميل هذا الرد كما عدّلته.',
  retryDeleted: '✅ تم الحذف: لم يعد العميل يرى هذا الرد.',
  retryDiscarded: '🗑 تم التجاهل بطلب من {agent}: لن يصل هذا إلى التطبيق، ولن تُعاد المحاولة.',
  retryExpired: 'ℹ️ لم يعد هذا محفوظًا، فلن تُعاد المحاولة. أرسله مرة أخرى.',
  retryOutdated: 'ℹ️ لا يوجد ما تُعاد محاولته: عُدّل هذا أو حُذف في هذه الأثناء.',
  retryPressed: '🔄 تجري إعادة المحاولة',
  discardPressed: '🗑 يجري التجاهل',
  retryIsRunning: '🔄 تجري إعادة المحاولة بالفعل.',
  retryIsHandled: '✅ وصل هذا إلى التطبيق في هذه الأثناء.',
  retryIsDiscarded: '🗑 سبق تجاهل هذا.',
  retryIsUnknown: '⚠️ لم يعد هذا محفوظًا. أرسله مرة أخرى.',
  retryIsNotThere: '⚠️ لم يُعثر على ما فشل، فلم يُنفَّذ شيء. اضغط الزر مرة أخرى بعد دقيقة.',
  retryHow: 'ℹ️ اضغط الزر أسفل الرسالة التي تذكر ما فشل.',

  // The card
  cardField: '<b>{label}:</b> {value}',
  cardWaiting: '⏳ في انتظار الرد: {time}',
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ مغلقة',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: 'فتح',
  claimButton: '✋ استلام',
  takeOverButton: '✋ تولّي المحادثة',
  releaseButton: 'التخلي عنها',
  closeButton: '✅ إغلاق',
  reopenButton: '🔄 إعادة فتح',
  refreshButton: '🔁 تحديث',
  cardRefreshed: '🔁 يجري تحديث بطاقة هذه المحادثة، وهي أول رسالة لها هنا.',

  // Hours, snippets and reminders
  digest: '☀️ <b>القسم مفتوح.</b> المحادثات المنتظرة: {count}',
  digestLine: '• منذ {since}: {thread}',
  digestMore: '… وعدد المتبقي: {count}',
  overdueAssigned: '🔥 تنبيه إلى {agent}: طال انتظار هذا العميل للرد.',
  overdueUnassigned: '🔥 طال انتظار هذا العميل للرد، ولم يستلم أحد المحادثة.',
  closingSoon: '⏳ لم يعد العميل يكتب شيئًا. موعد إغلاق هذه المحادثة {time}، ما لم يكتب أحد.',
  snippets: 'ℹ️ <b>الردود الجاهزة</b>، يُرسَل كل منها بالأمر <code>/s</code> مع اسمه:',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: 'ℹ️ لا توجد في التطبيق ردود جاهزة.',
  snippetSent: '✉️ يتلقى العميل:\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ هذا الرد قيد الانتظار:\n<blockquote>{text}</blockquote>',
  snippetNoThread: '⚠️ لم يُرسَل شيء: اكتب هذا في موضوع محادثة أو ردًا على أحد إشعاراتها.',
  snippetUnknown: '⚠️ لم يُرسَل شيء: لا يوجد رد جاهز بهذا الاسم.',
  snippetIncomplete: '⚠️ لم يُرسَل شيء: القيمة {values} غير معروفة. اكتب الرد بنفسك.',

  // Privacy
  revealTitle: '🔓 <b>البيانات المحجوبة</b>، لك وحدك:',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… وعدد المتبقي: {count}',
  revealed: '🔓 اطّلع {agent} على البيانات المحجوبة.',
  revealNothing: 'ℹ️ لا يوجد شيء محجوب هناك، أو مضى عليه وقت طويل.',
  revealForbidden: '⚠️ لست ممن يحق لهم الاطّلاع على البيانات المحجوبة.',
  revealAnonymous: '⚠️ يُخفي تيليجرام هويتك، فلا يمكن عرضها لك وحدك. اكتب باسمك.',
  revealImpossible:
    '⚠️ لم تُعرض لأحد: لا يعرض تيليجرام رسالة لشخص واحد فقط إلا في المجموعات التي يكون البوت مشرفًا فيها.',

  // Agents who are known
  agentLinked: '✅ تم يا {agent}: يعرف التطبيق الآن من تكون.',
  agentLinkUsed: '⚠️ سبق استخدام هذا الرابط. اطلب رابطًا جديدًا.',
  agentLinkExpired: '⚠️ هذا الرابط غير صالح أو لم يعد صالحًا. اطلب رابطًا جديدًا.',
  whoamiLinked: 'يعرفك التطبيق بالمعرّف <code>{userId}</code>.',
  dutyOn: '🟢 في المناوبة الآن: {agent}.',
  dutyIsOn: 'ℹ️ في المناوبة بالفعل: {agent}.',
  dutyOff: '⚪ خارج المناوبة الآن: {agent}.',
  dutyIsOff: 'ℹ️ ليس في المناوبة: {agent}.',
  dutyNobody: 'ℹ️ لا أحد في المناوبة. لبدء مناوبتك اكتب <code>/on</code>.',
  dutyList: '🟢 <b>في المناوبة: {count}</b>',
  dutyAnonymous: '⚠️ يُخفي تيليجرام هويتك. اكتب باسمك، لا كمشرف مجهول.',
};
