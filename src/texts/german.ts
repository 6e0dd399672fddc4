import type { AgentTexts } from './agent-texts.interface.js';

/** All texts to agents, in German. */
export const GERMAN: AgentTexts = {
  // Notices of customers
  newThread: 'Neue Konversation',
  customer: 'Kunde',
  agent: 'Agent',
  system: 'System',
  openThread: 'Konversation öffnen',
  openFile: 'Datei öffnen',
  edited: 'bearbeitet',
  deletedByCustomer: 'vom Kunden gelöscht',
  customerEdited: '✏️ <b>{customer}</b> hat eine Nachricht bearbeitet{counter}:',
  customerDeleted: '🗑 <b>{customer}</b> hat eine Nachricht gelöscht.',
  customerReacted: '<b>{customer}</b> hat mit {emoji} reagiert',
  customerRated: '⭐ <b>{customer}</b> hat die Konversation bewertet: {stars}',
  fileNotSent: '📎 <b>{name}</b>{size} wurde nicht gesendet',
  fileNotSentBecause: '📎 <b>{name}</b>{size} wurde nicht gesendet: {reason}',
  fileTooBig: 'zu groß für Telegram',
  fileWithoutName: 'Datei',
  sentAgain: '(erneut gesendet: evtl. bereits angekommen)',

  // What becomes of replies
  noReason: 'kein Grund angegeben',
  hiddenReason: 'Fehler bei der Verarbeitung in der App',
  replyFailed:
    '⚠️ Diese Antwort hat den Kunden nicht erreicht: {reason}\nFür einen neuen Versuch „Erneut versuchen“ drücken.',
  replyUnroutable:
    '⚠️ Nicht zugestellt: Jene Nachricht ist mit keiner Konversation verknüpft. Bitte auf eine neuere Meldung der Konversation antworten.',
  replyRefused: '⚠️ Nicht zugestellt: Nur registrierte Agenten können hier Kunden antworten.',
  replyWaits:
    '⏳ Noch nicht zugestellt: Die App nimmt zurzeit keine Antworten an. Die Antwort ist gespeichert und wird zugestellt, sobald das wieder möglich ist.',
  replyEdited:
    '✏️ Der Kunde sieht weiterhin den ersten Text: Bearbeitungen werden nicht zugestellt. Die Korrektur bitte als neue Antwort auf die Meldung senden.',
  editFailed:
    '⚠️ Der Kunde sieht diese Antwort weiterhin so, wie sie vor der Bearbeitung war: {reason}\nFür einen neuen Versuch „Erneut versuchen“ drücken oder noch einmal bearbeiten.',
  replyDeleted: '🗑 Gelöscht: Der Kunde sieht diese Antwort nicht mehr.',
  deletionFailed:
    '⚠️ Nicht gelöscht, der Kunde sieht diese Antwort weiterhin: {reason}\nFür einen neuen Versuch „Erneut versuchen“ drücken.',
  replyUnsupported:
    '⚠️ Nicht zugestellt: Nachrichten dieser Art werden nicht unterstützt. Bitte mit Text auf die Meldung antworten.',
  reactionsForbidden:
    'ℹ️ Dieser Chat erlaubt keine Reaktion, mit der sich Antworten als zugestellt kennzeichnen lassen. Fehlgeschlagene Antworten werden weiterhin gemeldet. Um ein 👍 zu sehen, diese Reaktion in den Gruppeneinstellungen erlauben.',

  // What is no reply
  notAReplyPlain:
    '⚠️ Nicht zugestellt: Das ist keine Antwort. Um einem Kunden zu antworten, bitte auf eine Meldung seiner Konversation antworten.',
  notAReplyAmbiguous:
    '⚠️ Nicht zugestellt: Das kann zu mehr als einer Konversation gehören. Bitte auf die gemeinte Meldung antworten.',
  notAReplyUnknown:
    '⚠️ Nicht zugestellt: Es gibt keine aktuelle Meldung. Bitte auf eine Meldung der gemeinten Konversation antworten.',
  notAReplyCommand:
    'ℹ️ Befehle haben hier keine Wirkung, und nichts, was mit / beginnt, wird zugestellt. Um einem Kunden zu antworten, bitte auf eine Meldung seiner Konversation antworten oder in ihrem Thema schreiben.',
  notAReplyComment:
    '⚠️ Nicht zugestellt: Das ist ein Kommentar zu einem Kanalbeitrag. Um einem Kunden zu antworten, bitte auf eine Meldung seiner Konversation antworten.',
  notAReplyChannel:
    '⚠️ Nicht zugestellt: Ein Kanal kann nicht der Support-Chat sein, weil Telegram nicht zeigt, wer dort schreibt. Bitte eine Gruppe verwenden und dort auf die Meldungen antworten.',
  notAReplyNoThread:
    '⚠️ Nicht zugestellt: Dieses Thema gehört zu keiner Konversation. Um einem Kunden zu antworten, bitte im Thema seiner Konversation schreiben oder auf eine ihrer Meldungen antworten.',
  notAReplyTwoThreads:
    '⚠️ Nicht zugestellt: Dieses Thema gehört zu einer Konversation, die beantwortete Nachricht aber zu einer anderen. Bitte im Thema der gemeinten Konversation schreiben.',
  notAReplyEditedToNote:
    '⚠️ Durch Bearbeiten wird eine Antwort weder zur Notiz noch zum Befehl: Der Kunde erhält sie in der vorherigen Fassung. Zum Löschen mit <code>/del</code> darauf antworten.',
  notAReplyEditedDeleted:
    '⚠️ Nicht zugestellt: Diese Antwort wurde von Ihnen gelöscht. Bitte die Antwort als neue Nachricht senden.',
  notAReplyEditedNote:
    '⚠️ Nicht zugestellt: Durch Bearbeiten wird eine Notiz oder ein Befehl nicht zur Antwort. Bitte die Antwort als neue Nachricht senden.',
  notAReplyStaysInTelegram:
    '⚠️ Nur in Worten zugestellt: Das Gesendete gibt es nur in Telegram. Bitte dem Kunden als Datei oder als Text senden.',
  notAReplyLateNote:
    '⚠️ Der Kunde hat die Dateien dieses Albums erhalten, die vor der Notiz kamen. Damit ein Album intern bleibt, // zur ersten Datei schreiben.',

  // What is not deleted
  notDeletedNoTarget:
    '⚠️ Nichts gelöscht: Bitte mit <code>/del</code> auf die eigene Nachricht antworten, die der Kunde nicht mehr sehen soll.',
  notDeletedNotice:
    '⚠️ Nichts gelöscht: Das ist eine Nachricht des Bots. Bitte mit <code>/del</code> auf eine eigene Antwort antworten.',
  notDeletedNotOwn: '⚠️ Nichts gelöscht: Nur eigene Antworten können gelöscht werden.',
  notDeletedNoReply:
    '⚠️ Nichts gelöscht: Jene Nachricht ist nicht als Antwort an einen Kunden bekannt.',
  notDeletedNoHandler:
    '⚠️ Nicht gelöscht: Die App löscht keine Antworten, und der Kunde sieht diese weiterhin.',
  notDeletedBefore: 'ℹ️ Diese Antwort wurde bereits gelöscht.',
  notDeletedByEdit:
    '⚠️ Nichts gelöscht: Durch Bearbeiten wird nichts gelöscht. Bitte mit <code>/del</code> als neuer Nachricht auf die eigene Antwort antworten, die der Kunde nicht mehr sehen soll.',

  // History
  earlierMessages: '🕘 <b>Frühere Nachrichten</b>',
  earlierMessagesLeftOut: '🕘 <b>Frühere Nachrichten</b> (ältere ausgelassen: {count})',
  historyNoThread:
    'ℹ️ Um die letzten Nachrichten einer Konversation zu sehen, <code>/history</code> in ihrem Thema oder als Antwort auf eine ihrer Meldungen schreiben.',
  historyNoMethod:
    'ℹ️ Die App speichert keine Nachrichten dieser Konversation, die hier gezeigt werden könnten.',
  historyNoMessages: 'ℹ️ Die App hat keine Nachrichten dieser Konversation.',
  historyFailed:
    '⚠️ Die Nachrichten dieser Konversation konnten nicht geladen werden. Bitte später erneut versuchen; der Grund steht im Protokoll der App.',

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ Neue Konversationen erscheinen hier als Nachrichten statt als Themen. Für ein Thema je Konversation die Themen in den Einstellungen dieses Chats aktivieren.',
  topicsForbidden:
    '⚠️ Neue Konversationen erscheinen hier als Nachrichten statt als Themen. Für ein Thema je Konversation dem Bot erlauben, Themen zu verwalten: Er braucht dieses Recht als Administrator.',
  threadClosed: '✅ Diese Konversation wurde geschlossen.',
  threadReopened: '🔄 Diese Konversation wurde wieder geöffnet.',
  threadMoved:
    '↪️ Diese Konversation wurde in den Support-Chat <b>{desk}</b> verschoben. Weitere Nachrichten erscheinen dort.',
  threadArrived: '🆕 Konversation aus dem Support-Chat <b>{desk}</b>',

  // Commands
  helpTitle:
    'ℹ️ <b>Befehle</b>, im Thema einer Konversation oder als Antwort auf eine ihrer Meldungen:',
  helpDescription: 'Listet die Befehle auf',
  noteDescription: 'Schreibt eine Notiz, die der Kunde nicht erhält',
  delDescription: 'Löscht die eigene Antwort, auf die damit geantwortet wird',
  historyDescription: 'Zeigt die letzten Nachrichten der Konversation',
  snippetDescription: 'Sendet eine vorbereitete Antwort',
  closeDescription: 'Schließt die Konversation',
  reopenDescription: 'Öffnet die Konversation wieder',
  refreshDescription: 'Fragt die App erneut, was sie über die Konversation weiß',
  claimDescription: 'Übernimmt die Konversation, auch von jemand anderem',
  releaseDescription: 'Gibt die Konversation wieder frei',
  transferDescription: 'Verschiebt die Konversation in einen anderen Support-Chat',
  revealDescription: 'Zeigt nur Ihnen, was in einer Nachricht maskiert ist',
  onDescription: 'Beginnt Ihren Dienst',
  offDescription: 'Beendet Ihren Dienst',
  dutyDescription: 'Listet auf, wer im Dienst ist',
  whoamiDescription: 'Zeigt, unter welchem Namen der Support-Chat Sie kennt',
  doctorDescription: 'Prüft, ob dieser Support-Chat funktioniert, und was zu tun ist',
  commandDone: '✅ Erledigt',
  commandFailed: '⚠️ <code>/{command}</code> ist fehlgeschlagen: {reason}',
  commandHiddenReason: 'Fehler bei der Ausführung in der App',
  commandGone: 'kein solcher Befehl der App für diese Konversation',
  commandNotAsked: 'keine Rückfrage bei dieser Nachricht möglich',
  commandArguments: '⚠️ Nichts ausgeführt: {problems}.\nSo schreiben: <code>/{usage}</code>',
  closed:
    '✅ Diese Konversation ist geschlossen. Sie öffnet sich wieder, sobald der Kunde schreibt.',
  closedBefore: 'ℹ️ Diese Konversation ist bereits geschlossen.',
  reopened: '🔄 Diese Konversation ist wieder offen.',
  reopenedBefore: 'ℹ️ Diese Konversation ist bereits offen.',
  noOtherDesk: 'ℹ️ Es gibt keinen anderen Support-Chat.',
  transferUsage:
    'ℹ️ Bitte <code>/transfer</code> und den Namen eines Support-Chats schreiben: {desks}.',
  transferUnknown:
    '⚠️ Es gibt keinen anderen Support-Chat dieses Namens. Bitte <code>/transfer</code> und den Namen eines Support-Chats schreiben: {desks}.',
  transferred: '↪️ Die Konversation geht an den Support-Chat <b>{desk}</b>.',
  transferFailed:
    '⚠️ Die Konversation wurde nicht verschoben. Bitte in einer Minute erneut versuchen; der Grund steht im Protokoll der App.',
  whoami: '👤 Sie sind {name}, mit der Telegram-ID <code>{id}</code>.',
  whoamiAnonymous:
    '👤 Telegram verbirgt, wer Sie sind, und nennt Sie {name}, mit der Telegram-ID <code>{id}</code>.',
  whoamiRegistered: 'Sie sind als Agent registriert.',
  whoamiEverybody: 'Alle in diesem Chat dürfen Kunden antworten.',
  doctorFine: '🩺 Mit diesem Support-Chat ist alles in Ordnung (bestandene Prüfungen: {fine}).',
  doctorTitle:
    '🩺 <b>Dieser Support-Chat hat Probleme.</b> Fehlgeschlagen: {failed}, Warnungen: {warnings}, in Ordnung: {fine}, nicht geprüft: {skipped}',
  doctorMore:
    '… und {count} weitere. Bitte <code>/doctor</code> erneut schreiben, wenn diese behoben sind.',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ Abbrechen',
  pressRuns: '⏳ Wird ausgeführt',
  pressCancelled: 'Abgebrochen',
  pressAnswered: 'Das wurde bereits beantwortet.',
  pressTwice: '⏳ Gerade eben schon gedrückt.',
  pressUnknown: '⚠️ Diese Schaltfläche hat keine Funktion.',
  pressElsewhere: '⚠️ Diese Schaltfläche hat hier keine Funktion.',
  pressNoThread: '⚠️ Die Konversation dazu ist nicht mehr bekannt.',
  pressForged: '⚠️ Diese Schaltfläche ist hier nicht gültig.',
  pressRefused: '⚠️ Das dürfen nur registrierte Agenten.',
  pressNoCommand: '⚠️ Diesen Befehl gibt es in der App nicht mehr.',

  // Claims
  stopButton: 'Stoppen',
  sendNowButton: 'Jetzt senden',
  claimDone: '✋ <b>{agent}</b> hat jetzt diese Konversation.',
  claimOver: '✋ <b>{agent}</b> hat diese Konversation von {former} übernommen.',
  claimOwn: 'ℹ️ Sie haben diese Konversation bereits.',
  claimTaken: '✋ <b>{agent}</b> hat diese Konversation. Selbst übernehmen?',
  claimAnonymous:
    '👤 Telegram verbirgt, wer Sie sind, wenn Sie als Administrator ohne Namen schreiben. Bitte die Schaltfläche drücken: Sie zeigt dem Support-Chat, wer Sie sind.',
  claimsOff: 'ℹ️ In diesem Support-Chat gehören Konversationen niemandem.',
  releaseDone: 'ℹ️ Niemand hat jetzt diese Konversation. Wer zuerst antwortet, bekommt sie.',
  releaseNone: 'ℹ️ Niemand hat diese Konversation.',
  releaseOther:
    '✋ <b>{agent}</b> hat diese Konversation und nur diese Person kann sie freigeben. Mit <code>/claim</code> wird sie übernommen.',
  collisionWarned:
    '✋ <b>{agent}</b> hat diese Konversation. Der Kunde erhält Ihre Antwort trotzdem.',
  collisionHeld:
    '✋ <b>{agent}</b> hat diese Konversation. Ihre Antwort wird nach {seconds} s gesendet, wenn Sie sie nicht stoppen.',
  collisionRefused:
    '✋ Nicht zugestellt: <b>{agent}</b> hat diese Konversation. Bitte die Konversation übernehmen und die Antwort erneut senden.',
  collisionRefusedAnonymous:
    '✋ Nicht zugestellt: <b>{agent}</b> hat diese Konversation, und Telegram verbirgt, wer Sie sind. Bitte nach <code>/claim</code> unter eigenem Namen antworten.',
  collisionTold: '✋ <b>{agent}</b> hat in dieser Konversation geantwortet, die Sie haben.',
  replySent: 'Die Antwort wird gesendet.',
  replySentBefore: 'Diese Antwort wurde bereits gesendet.',
  replyStopped: '🙈 Die Antwort wird zurückgenommen.',
  replyStoppedBefore: 'Diese Antwort wurde bereits zurückgenommen.',
  ephemeralReply:
    '⚠️ Nicht zugestellt: Was Sie hier antworten, sieht nur der Bot. Bitte in der Konversation selbst schreiben.',

  // Retry
  retryButton: 'Erneut versuchen',
  discardButton: 'Verwerfen',
  retryByApp: 'die App',
  retryStarted: '🔄 Neuer Versuch durch {agent}. Zuvor fehlgeschlagen: {reason}',
  retryDelivered: '✅ Zugestellt: Der Kunde hat diese Antwort jetzt.',
  retryEdited: '✅ Zugestellt: Der Kunde sieht diese Antwort in der bearbeiteten Fassung.',
  retryDeleted: '✅ Gelöscht: Der Kunde sieht diese Antwort nicht mehr.',
  retryDiscarded:
    '🗑 Verworfen durch {agent}: Die App erhält es nicht, und es wird nicht erneut versucht.',
  retryExpired:
    'ℹ️ Das ist nicht mehr gespeichert und wird daher nicht erneut versucht. Bitte noch einmal senden.',
  retryOutdated:
    'ℹ️ Es gibt nichts erneut zu versuchen: Das wurde inzwischen geändert oder gelöscht.',
  retryPressed: '🔄 Wird erneut versucht',
  discardPressed: '🗑 Wird verworfen',
  retryIsRunning: '🔄 Der neue Versuch läuft bereits.',
  retryIsHandled: '✅ Die App hat es inzwischen erhalten.',
  retryIsDiscarded: '🗑 Das wurde bereits verworfen.',
  retryIsUnknown: '⚠️ Das ist nicht mehr gespeichert. Bitte noch einmal senden.',
  retryIsNotThere:
    '⚠️ Das Fehlgeschlagene wurde nicht gefunden, daher wurde nichts ausgeführt. Bitte die Schaltfläche in einer Minute erneut drücken.',
  retryHow: 'ℹ️ Bitte die Schaltfläche unter der Nachricht drücken, die den Fehlschlag meldet.',

  // The card
  cardField: '<b>{label}:</b> {value}',
  cardWaiting: '⏳ Wartet auf Antwort: {time}',
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ Geschlossen',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: 'Öffnen',
  claimButton: '✋ Übernehmen',
  takeOverButton: '✋ Selbst übernehmen',
  releaseButton: 'Freigeben',
  closeButton: '✅ Schließen',
  reopenButton: '🔄 Wieder öffnen',
  refreshButton: '🔁 Aktualisieren',
  cardRefreshed: '🔁 Die Karte dieser Konversation, ihre erste Nachricht hier, wird aktualisiert.',

  // Hours, snippets and reminders
  digest: '☀️ <b>Der Support-Chat ist geöffnet.</b> Wartende Konversationen: {count}',
  digestLine: '• {thread}, seit {since}',
  digestMore: '… und {count} weitere',
  overdueAssigned: '🔥 {agent}, dieser Kunde wartet schon zu lange auf eine Antwort.',
  overdueUnassigned:
    '🔥 Dieser Kunde wartet schon zu lange auf eine Antwort, und niemand hat die Konversation übernommen.',
  closingSoon:
    '⏳ Der Kunde meldet sich nicht mehr. Diese Konversation wird am {time} geschlossen, wenn niemand schreibt.',
  snippets: 'ℹ️ <b>Vorbereitete Antworten</b>, jede mit <code>/s</code> und ihrem Namen zu senden:',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: 'ℹ️ Die App hat keine vorbereiteten Antworten.',
  snippetSent: '✉️ Der Kunde erhält:\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ Diese Antwort wartet:\n<blockquote>{text}</blockquote>',
  snippetNoThread:
    '⚠️ Nichts gesendet: Bitte im Thema einer Konversation oder als Antwort auf eine ihrer Meldungen schreiben.',
  snippetUnknown: '⚠️ Nichts gesendet: Es gibt keine vorbereitete Antwort dieses Namens.',
  snippetIncomplete:
    '⚠️ Nichts gesendet, weil nicht bekannt: {values}. Bitte die Antwort selbst schreiben.',

  // Privacy
  revealTitle: '🔓 <b>Was maskiert ist</b>, nur für Sie:',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… und {count} weitere',
  revealed: '🔓 {agent} hat angesehen, was maskiert ist.',
  revealNothing: 'ℹ️ Dort ist nichts maskiert, oder es ist zu lange her.',
  revealForbidden: '⚠️ Sie gehören nicht zu denen, die Maskiertes sehen dürfen.',
  revealAnonymous:
    '⚠️ Telegram verbirgt, wer Sie sind; daher kann es nicht nur Ihnen gezeigt werden. Bitte unter eigenem Namen schreiben.',
  revealImpossible:
    '⚠️ Es wurde niemandem gezeigt: Telegram zeigt eine Nachricht nur in Gruppen, in denen der Bot Administrator ist, einer einzelnen Person.',

  // Agents who are known
  agentLinked: '✅ Erledigt, {agent}: Die App weiß jetzt, wer Sie sind.',
  agentLinkUsed: '⚠️ Dieser Link wurde bereits verwendet. Bitte einen neuen anfordern.',
  agentLinkExpired: '⚠️ Dieser Link ist nicht oder nicht mehr gültig. Bitte einen neuen anfordern.',
  whoamiLinked: 'Die App kennt Sie als <code>{userId}</code>.',
  dutyOn: '🟢 {agent} ist im Dienst.',
  dutyIsOn: 'ℹ️ {agent} ist bereits im Dienst.',
  dutyOff: '⚪ {agent} ist nicht mehr im Dienst.',
  dutyIsOff: 'ℹ️ {agent} ist nicht im Dienst.',
  dutyNobody: 'ℹ️ Niemand ist im Dienst. <code>/on</code> schreiben, um den Dienst zu beginnen.',
  dutyList: '🟢 <b>Im Dienst: {count}</b>',
  dutyAnonymous:
    '⚠️ Telegram verbirgt, wer Sie sind. Bitte unter eigenem Namen schreiben, nicht als anonymer Administrator.',
};
