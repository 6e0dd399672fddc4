import type { AgentTexts } from './agent-texts.interface.js';

/** All texts to agents, in French. */
export const FRENCH: AgentTexts = {
  // Notices of customers
  newThread: 'Nouvelle conversation',
  customer: 'Client',
  agent: 'Agent',
  system: 'Système',
  openThread: 'Ouvrir la conversation',
  openFile: 'Ouvrir le fichier',
  edited: 'modifié',
  deletedByCustomer: 'supprimé par le client',
  customerEdited: '✏️ <b>{customer}</b> a modifié un message{counter} :',
  customerDeleted: '🗑 <b>{customer}</b> a supprimé un message.',
  customerReacted: '<b>{customer}</b> a réagi avec {emoji}',
  customerRated: '⭐ <b>{customer}</b> a noté la conversation : {stars}',
  fileNotSent: "📎 <b>{name}</b>{size} n'a pas été envoyé",
  fileNotSentBecause: "📎 <b>{name}</b>{size} n'a pas été envoyé : {reason}",
  fileTooBig: 'trop volumineux pour Telegram',
  fileWithoutName: 'fichier',
  sentAgain: '(renvoyé : le premier envoi a pu arriver)',

  // What becomes of replies
  noReason: 'aucune raison indiquée',
  hiddenReason: "l'application n'a pas pu la traiter",
  replyFailed:
    "⚠️ Cette réponse n'est pas parvenue au client : {reason}\nPour réessayer, appuyez sur « Réessayer ».",
  replyUnroutable:
    "⚠️ Non transmis : ce message n'est lié à aucune conversation. Répondez à une notification plus récente de la conversation.",
  replyRefused: '⚠️ Non transmis : seuls les agents enregistrés peuvent répondre aux clients ici.',
  replyWaits:
    "⏳ Pas encore transmis : l'application n'accepte pas de réponses pour le moment. Votre réponse est enregistrée et sera transmise dès que possible.",
  replyEdited:
    '✏️ Le client voit toujours votre premier texte : les modifications ne sont pas transmises. Envoyez la correction comme nouvelle réponse à la notification.',
  editFailed:
    "⚠️ Le client voit toujours cette réponse telle qu'elle était avant votre modification : {reason}\nPour réessayer, appuyez sur « Réessayer » ou modifiez-la à nouveau.",
  replyDeleted: '🗑 Supprimée : le client ne voit plus cette réponse.',
  deletionFailed:
    '⚠️ Non supprimée, le client voit toujours cette réponse : {reason}\nPour réessayer, appuyez sur « Réessayer ».',
  replyUnsupported:
    '⚠️ Non transmis : les messages de ce type ne sont pas pris en charge. Répondez à la notification par du texte.',
  reactionsForbidden:
    "ℹ️ Ce chat n'autorise aucune réaction pouvant marquer les réponses comme transmises. Chaque échec vous sera tout de même signalé. Pour voir un 👍, autorisez cette réaction dans les paramètres du groupe.",

  // What is no reply
  notAReplyPlain:
    "⚠️ Non transmis : ce n'est pas une réponse. Pour répondre à un client, répondez à une notification de sa conversation.",
  notAReplyAmbiguous:
    '⚠️ Non transmis : ce message peut concerner plusieurs conversations. Répondez à la notification voulue.',
  notAReplyUnknown:
    "⚠️ Non transmis : il n'y a aucune notification récente. Répondez à une notification de la conversation voulue.",
  notAReplyCommand:
    "ℹ️ Les commandes n'ont aucun effet ici, et rien de ce qui commence par / n'est transmis. Pour répondre à un client, répondez à une notification de sa conversation ou écrivez dans le sujet de celle-ci.",
  notAReplyComment:
    "⚠️ Non transmis : c'est un commentaire sur une publication de canal. Pour répondre à un client, répondez à une notification de sa conversation.",
  notAReplyChannel:
    "⚠️ Non transmis : un canal ne peut pas servir de chat d'assistance, car Telegram n'indique pas qui y écrit. Utilisez un groupe et répondez-y aux notifications.",
  notAReplyNoThread:
    "⚠️ Non transmis : ce sujet n'appartient à aucune conversation. Pour répondre à un client, écrivez dans le sujet de sa conversation ou répondez à une notification de celle-ci.",
  notAReplyTwoThreads:
    "⚠️ Non transmis : ce sujet est celui d'une conversation, et le message auquel vous avez répondu appartient à une autre. Écrivez dans le sujet de la conversation voulue.",
  notAReplyEditedToNote:
    "⚠️ Une réponse modifiée ne devient ni une note ni une commande : le client la reçoit telle qu'elle était avant. Pour la supprimer, répondez-y avec <code>/del</code>.",
  notAReplyEditedDeleted:
    '⚠️ Non transmis : vous avez supprimé cette réponse. Envoyez la réponse dans un nouveau message.',
  notAReplyEditedNote:
    '⚠️ Non transmis : une note ou une commande modifiée ne devient pas une réponse. Envoyez la réponse dans un nouveau message.',
  notAReplyStaysInTelegram:
    "⚠️ Transmis sous forme de mots seulement : ce que vous avez envoyé n'existe que dans Telegram. Envoyez-le au client comme fichier ou comme texte.",
  notAReplyLateNote:
    "⚠️ Le client a reçu les fichiers de cet album arrivés avant votre note. Pour qu'un album reste interne, écrivez // avec le premier fichier.",

  // What is not deleted
  notDeletedNoTarget:
    "⚠️ Rien n'a été supprimé : répondez avec <code>/del</code> à celui de vos messages que le client ne doit plus voir.",
  notDeletedNotice:
    "⚠️ Rien n'a été supprimé : c'est un message du bot. Répondez avec <code>/del</code> à l'une de vos réponses.",
  notDeletedNotOwn: "⚠️ Rien n'a été supprimé : vous ne pouvez supprimer que vos propres réponses.",
  notDeletedNoReply:
    "⚠️ Rien n'a été supprimé : ce message n'est pas connu comme réponse à un client.",
  notDeletedNoHandler:
    "⚠️ Non supprimée : l'application ne supprime pas les réponses, et le client voit toujours celle-ci.",
  notDeletedBefore: 'ℹ️ Cette réponse a déjà été supprimée.',
  notDeletedByEdit:
    "⚠️ Rien n'a été supprimé : une modification ne supprime rien. Répondez avec <code>/del</code>, dans un nouveau message, à celle de vos réponses que le client ne doit plus voir.",

  // History
  earlierMessages: '🕘 <b>Messages précédents</b>',
  earlierMessagesLeftOut: '🕘 <b>Messages précédents</b> (plus anciens, omis : {count})',
  historyNoThread:
    "ℹ️ Pour voir les derniers messages d'une conversation, écrivez <code>/history</code> dans son sujet ou en réponse à l'une de ses notifications.",
  historyNoMethod:
    "ℹ️ L'application ne conserve aucun message de cette conversation qui puisse être affiché ici.",
  historyNoMessages: "ℹ️ L'application n'a aucun message de cette conversation.",
  historyFailed:
    "⚠️ Les messages de cette conversation n'ont pas pu être chargés. Réessayez plus tard ; la raison figure dans le journal de l'application.",

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ Les nouvelles conversations apparaissent ici comme messages et non comme sujets. Pour avoir un sujet par conversation, activez les sujets dans les paramètres de ce chat.',
  topicsForbidden:
    "⚠️ Les nouvelles conversations apparaissent ici comme messages et non comme sujets. Pour avoir un sujet par conversation, autorisez le bot à gérer les sujets : il a besoin de ce droit d'administrateur.",
  threadClosed: '✅ Cette conversation a été fermée.',
  threadReopened: '🔄 Cette conversation a été rouverte.',
  threadMoved:
    "↪️ Cette conversation a été transférée vers le chat d'assistance <b>{desk}</b>. Les prochains messages y apparaîtront.",
  threadArrived: "🆕 Conversation du chat d'assistance <b>{desk}</b>",

  // Commands
  helpTitle:
    "ℹ️ <b>Commandes</b>, dans le sujet d'une conversation ou en réponse à l'une de ses notifications :",
  helpDescription: 'Affiche les commandes',
  noteDescription: 'Écrit une note que le client ne reçoit pas',
  delDescription: 'Supprime celle de vos réponses à laquelle vous répondez par cette commande',
  historyDescription: 'Affiche les derniers messages de la conversation',
  snippetDescription: 'Envoie une réponse prédéfinie',
  closeDescription: 'Ferme la conversation',
  reopenDescription: 'Rouvre la conversation',
  refreshDescription: "Redemande à l'application ce qu'elle sait de la conversation",
  claimDescription: 'Prend en charge la conversation, ou y prend le relais',
  releaseDescription: 'Libère la conversation',
  transferDescription: "Transfère la conversation vers un autre chat d'assistance",
  revealDescription: 'Montre à vous uniquement ce qui est masqué dans un message',
  onDescription: 'Commence votre service',
  offDescription: 'Termine votre service',
  dutyDescription: 'Affiche qui est de service',
  whoamiDescription: "Montre comment le chat d'assistance vous connaît",
  doctorDescription: "Vérifie si ce chat d'assistance fonctionne et dit quoi faire",
  commandDone: "✅ C'est fait",
  commandFailed: '⚠️ Échec de <code>/{command}</code> : {reason}',
  commandHiddenReason: "l'application n'a pas pu l'exécuter",
  commandGone: "l'application n'a pas cette commande pour cette conversation",
  commandNotAsked: 'ce message ne permet pas de demander confirmation',
  commandArguments: "⚠️ Rien n'a été fait : {problems}.\nÉcrivez <code>/{usage}</code>",
  closed: '✅ Cette conversation est fermée. Elle se rouvrira quand le client écrira.',
  closedBefore: 'ℹ️ Cette conversation est déjà fermée.',
  reopened: '🔄 Cette conversation est de nouveau ouverte.',
  reopenedBefore: 'ℹ️ Cette conversation est déjà ouverte.',
  noOtherDesk: "ℹ️ Il n'y a pas d'autre chat d'assistance.",
  transferUsage: "ℹ️ Écrivez <code>/transfer</code> et le nom d'un chat d'assistance : {desks}.",
  transferUnknown:
    "⚠️ Il n'y a pas d'autre chat d'assistance de ce nom. Écrivez <code>/transfer</code> et le nom d'un chat d'assistance : {desks}.",
  transferred: "↪️ La conversation passe au chat d'assistance <b>{desk}</b>.",
  transferFailed:
    "⚠️ La conversation n'a pas été transférée. Réessayez dans une minute ; la raison figure dans le journal de l'application.",
  whoami: "👤 Vous êtes {name}, avec l'identifiant Telegram <code>{id}</code>.",
  whoamiAnonymous:
    "👤 Telegram masque votre identité et vous nomme {name}, avec l'identifiant Telegram <code>{id}</code>.",
  whoamiRegistered: 'Vous faites partie des agents enregistrés.',
  whoamiEverybody: 'Tout le monde dans ce chat peut répondre aux clients.',
  doctorFine: "🩺 Tout va bien pour ce chat d'assistance (contrôles réussis : {fine}).",
  doctorTitle:
    "🩺 <b>Ce chat d'assistance a des problèmes.</b> Échecs : {failed}, avertissements : {warnings}, en ordre : {fine}, non vérifiés : {skipped}",
  doctorMore:
    '… et {count} de plus. Écrivez de nouveau <code>/doctor</code> quand ceux-ci seront résolus.',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ Annuler',
  pressRuns: '⏳ En cours',
  pressCancelled: 'Annulé',
  pressAnswered: 'On a déjà répondu à cette question.',
  pressTwice: "⏳ Vous venez d'appuyer sur ce bouton.",
  pressUnknown: '⚠️ Ce bouton ne fait rien.',
  pressElsewhere: '⚠️ Ce bouton ne fait rien ici.',
  pressNoThread: "⚠️ La conversation de ce bouton n'est plus connue.",
  pressForged: "⚠️ Ce bouton n'est pas valable ici.",
  pressRefused: '⚠️ Seuls les agents enregistrés peuvent faire cela.',
  pressNoCommand: "⚠️ L'application n'a plus cette commande.",

  // Claims
  stopButton: 'Arrêter',
  sendNowButton: 'Envoyer maintenant',
  claimDone: '✋ <b>{agent}</b> a maintenant cette conversation en charge.',
  claimOver:
    "✋ <b>{agent}</b> a pris le relais dans cette conversation, confiée jusqu'ici à {former}.",
  claimOwn: 'ℹ️ Vous avez déjà cette conversation en charge.',
  claimTaken: '✋ <b>{agent}</b> a cette conversation en charge. Prendre le relais ?',
  claimAnonymous:
    "👤 Telegram masque votre identité quand vous écrivez en tant qu'administrateur sans nom. Appuyez sur le bouton : il montre au chat d'assistance qui vous êtes.",
  claimsOff: "ℹ️ Dans ce chat d'assistance, les conversations n'appartiennent à personne.",
  releaseDone:
    "ℹ️ Personne n'a plus cette conversation en charge. Elle reviendra à qui répondra en premier.",
  releaseNone: "ℹ️ Personne n'a cette conversation en charge.",
  releaseOther:
    "✋ <b>{agent}</b> a cette conversation en charge, et personne d'autre ne peut la libérer. <code>/claim</code> permet de prendre le relais.",
  collisionWarned:
    '✋ <b>{agent}</b> a cette conversation en charge. Le client reçoit tout de même votre réponse.',
  collisionHeld:
    "✋ <b>{agent}</b> a cette conversation en charge. Votre réponse partira dans {seconds} s, sauf si vous l'arrêtez.",
  collisionRefused:
    '✋ Non transmis : <b>{agent}</b> a cette conversation en charge. Prenez le relais et renvoyez votre réponse.',
  collisionRefusedAnonymous:
    '✋ Non transmis : <b>{agent}</b> a cette conversation en charge, et Telegram masque votre identité. Répondez sous votre propre nom, après <code>/claim</code>.',
  collisionTold: '✋ <b>{agent}</b> a répondu dans cette conversation, que vous avez en charge.',
  replySent: 'La réponse est envoyée.',
  replySentBefore: 'Cette réponse est déjà partie.',
  replyStopped: '🙈 La réponse est retirée.',
  replyStoppedBefore: 'Cette réponse a déjà été retirée.',
  ephemeralReply:
    '⚠️ Non transmis : seul le bot voit ce que vous répondez ici. Écrivez-le dans la conversation elle-même.',

  // Retry
  retryButton: 'Réessayer',
  discardButton: 'Abandonner',
  retryByApp: "l'application",
  retryStarted: '🔄 Nouvel essai, lancé par {agent}. Échec précédent : {reason}',
  retryDelivered: '✅ Transmise : le client a maintenant cette réponse.',
  retryEdited: "✅ Transmise : le client voit cette réponse telle que vous l'avez modifiée.",
  retryDeleted: '✅ Supprimée : le client ne voit plus cette réponse.',
  retryDiscarded:
    "🗑 Abandonné par {agent} : l'application ne le reçoit pas, et il n'y aura pas de nouvel essai.",
  retryExpired:
    "ℹ️ Ceci n'est plus conservé : il n'y aura donc pas de nouvel essai. Envoyez-le encore une fois.",
  retryOutdated: "ℹ️ Il n'y a rien à réessayer : ceci a été modifié ou supprimé entre-temps.",
  retryPressed: '🔄 Nouvel essai en cours',
  discardPressed: '🗑 Abandon en cours',
  retryIsRunning: '🔄 Un nouvel essai est déjà en cours.',
  retryIsHandled: "✅ L'application l'a reçu entre-temps.",
  retryIsDiscarded: '🗑 Cela a déjà été abandonné.',
  retryIsUnknown: "⚠️ Ceci n'est plus conservé. Envoyez-le encore une fois.",
  retryIsNotThere:
    "⚠️ Ce qui a échoué est introuvable, donc rien n'a été fait. Appuyez de nouveau sur le bouton dans une minute.",
  retryHow: 'ℹ️ Appuyez sur le bouton sous le message qui indique ce qui a échoué.',

  // The card
  cardField: '<b>{label} :</b> {value}',
  cardWaiting: "⏳ En attente d'une réponse : {time}",
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ Fermée',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: 'Ouvrir',
  claimButton: '✋ Prendre en charge',
  takeOverButton: '✋ Prendre le relais',
  releaseButton: 'Libérer',
  closeButton: '✅ Fermer',
  reopenButton: '🔄 Rouvrir',
  refreshButton: '🔁 Actualiser',
  cardRefreshed: '🔁 La fiche de cette conversation, son premier message ici, est mise à jour.',

  // Hours, snippets and reminders
  digest: "☀️ <b>Le chat d'assistance est ouvert.</b> Conversations en attente : {count}",
  digestLine: '• {thread}, depuis {since}',
  digestMore: '… et {count} de plus',
  overdueAssigned: '🔥 {agent}, ce client attend une réponse depuis trop longtemps.',
  overdueUnassigned:
    "🔥 Ce client attend une réponse depuis trop longtemps, et personne n'a pris en charge la conversation.",
  closingSoon:
    "⏳ Le client ne dit plus rien. Cette conversation sera fermée le {time}, sauf si quelqu'un écrit.",
  snippets: 'ℹ️ <b>Réponses prédéfinies</b>, chacune à envoyer avec <code>/s</code> et son nom :',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: "ℹ️ L'application n'a aucune réponse prédéfinie.",
  snippetSent: '✉️ Le client reçoit :\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ Cette réponse est en attente :\n<blockquote>{text}</blockquote>',
  snippetNoThread:
    "⚠️ Rien n'a été envoyé : écrivez ceci dans le sujet d'une conversation ou en réponse à l'une de ses notifications.",
  snippetUnknown: "⚠️ Rien n'a été envoyé : il n'y a pas de réponse prédéfinie de ce nom.",
  snippetIncomplete:
    "⚠️ Rien n'a été envoyé, faute de connaître : {values}. Écrivez vous-même la réponse.",

  // Privacy
  revealTitle: '🔓 <b>Ce qui est masqué</b>, pour vous uniquement :',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… et {count} de plus',
  revealed: '🔓 {agent} a consulté ce qui est masqué.',
  revealNothing: "ℹ️ Rien n'y est masqué, ou cela remonte à trop longtemps.",
  revealForbidden: '⚠️ Vous ne faites pas partie de ceux qui peuvent voir ce qui est masqué.',
  revealAnonymous:
    '⚠️ Telegram masque votre identité : impossible donc de le montrer à vous uniquement. Écrivez sous votre propre nom.',
  revealImpossible:
    "⚠️ Rien n'a été montré à personne : Telegram ne montre un message à une seule personne que dans les groupes où le bot est administrateur.",

  // Agents who are known
  agentLinked: "✅ C'est fait, {agent} : l'application sait maintenant qui vous êtes.",
  agentLinkUsed: "⚠️ Quelqu'un a déjà utilisé ce lien. Demandez-en un nouveau.",
  agentLinkExpired: "⚠️ Ce lien n'est pas valable, ou ne l'est plus. Demandez-en un nouveau.",
  whoamiLinked: "L'application vous connaît comme <code>{userId}</code>.",
  dutyOn: '🟢 {agent} est de service.',
  dutyIsOn: 'ℹ️ {agent} est déjà de service.',
  dutyOff: "⚪ {agent} n'est plus de service.",
  dutyIsOff: "ℹ️ {agent} n'est pas de service.",
  dutyNobody: "ℹ️ Personne n'est de service. Écrivez <code>/on</code> pour l'être.",
  dutyList: '🟢 <b>De service : {count}</b>',
  dutyAnonymous:
    "⚠️ Telegram masque votre identité. Écrivez sous votre propre nom, et non en tant qu'administrateur anonyme.",
};
