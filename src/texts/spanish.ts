import type { AgentTexts } from './agent-texts.interface.js';

/** All texts to agents, in Spanish. */
export const SPANISH: AgentTexts = {
  // Notices of customers
  newThread: 'Nueva conversación',
  customer: 'Cliente',
  agent: 'Agente',
  system: 'Sistema',
  openThread: 'Abrir la conversación',
  openFile: 'Abrir el archivo',
  edited: 'editado',
  deletedByCustomer: 'eliminado por el cliente',
  customerEdited: '✏️ <b>{customer}</b> editó un mensaje{counter}:',
  customerDeleted: '🗑 <b>{customer}</b> eliminó un mensaje.',
  customerReacted: '<b>{customer}</b> reaccionó con {emoji}',
  customerRated: '⭐ <b>{customer}</b> calificó la conversación: {stars}',
  fileNotSent: '📎 <b>{name}</b>{size} no se envió',
  fileNotSentBecause: '📎 <b>{name}</b>{size} no se envió: {reason}',
  fileTooBig: 'es demasiado grande para Telegram',
  fileWithoutName: 'archivo',
  sentAgain: '(reenviado: el primer envío pudo haber llegado)',

  // What becomes of replies
  noReason: 'no se indicó el motivo',
  hiddenReason: 'la aplicación no pudo procesarla',
  replyFailed:
    '⚠️ Esta respuesta no llegó al cliente: {reason}\nPara intentarlo de nuevo, pulse «Reintentar».',
  replyUnroutable:
    '⚠️ No entregado: ese mensaje no está vinculado a ninguna conversación. Responda a un aviso más reciente de la conversación.',
  replyRefused:
    '⚠️ No entregado: aquí solo los agentes registrados pueden responder a los clientes.',
  replyWaits:
    '⏳ Aún no entregado: la aplicación no acepta respuestas en este momento. La respuesta está guardada y se entregará en cuanto vuelva a aceptarlas.',
  replyEdited:
    '✏️ El cliente sigue viendo el primer texto: los cambios no se entregan. Envíe la corrección como una nueva respuesta al aviso.',
  editFailed:
    '⚠️ El cliente sigue viendo esta respuesta como estaba antes de editarla: {reason}\nPara intentarlo de nuevo, pulse «Reintentar» o edítela otra vez.',
  replyDeleted: '🗑 Eliminada: el cliente ya no ve esta respuesta.',
  deletionFailed:
    '⚠️ No eliminada, el cliente sigue viendo esta respuesta: {reason}\nPara intentarlo de nuevo, pulse «Reintentar».',
  replyUnsupported:
    '⚠️ No entregado: los mensajes de este tipo no son compatibles. Responda al aviso con texto.',
  reactionsForbidden:
    'ℹ️ Este chat no permite ninguna reacción que pueda marcar las respuestas como entregadas. Se seguirá avisando de cada respuesta que falle. Para ver un 👍, permita esa reacción en los ajustes del grupo.',

  // What is no reply
  notAReplyPlain:
    '⚠️ No entregado: esto no es una respuesta. Para contestar a un cliente, responda a un aviso de su conversación.',
  notAReplyAmbiguous:
    '⚠️ No entregado: esto puede pertenecer a más de una conversación. Responda al aviso correspondiente.',
  notAReplyUnknown:
    '⚠️ No entregado: no hay ningún aviso reciente. Responda a un aviso de la conversación correspondiente.',
  notAReplyCommand:
    'ℹ️ Los comandos no tienen efecto aquí y nada que empiece por / se entrega. Para contestar a un cliente, responda a un aviso de su conversación o escriba en el tema de esta.',
  notAReplyComment:
    '⚠️ No entregado: esto es un comentario a una publicación de un canal. Para contestar a un cliente, responda a un aviso de su conversación.',
  notAReplyChannel:
    '⚠️ No entregado: un canal no puede ser el chat de soporte, porque Telegram no muestra quién escribe en él. Use un grupo y responda allí a los avisos.',
  notAReplyNoThread:
    '⚠️ No entregado: este tema no pertenece a ninguna conversación. Para contestar a un cliente, escriba en el tema de su conversación o responda a un aviso de esta.',
  notAReplyTwoThreads:
    '⚠️ No entregado: este tema es de una conversación y el mensaje respondido es de otra. Escriba en el tema de la conversación correspondiente.',
  notAReplyEditedToNote:
    '⚠️ Una respuesta editada no se convierte en nota ni en comando: el cliente la recibe como estaba antes. Para eliminarla, respóndale con <code>/del</code>.',
  notAReplyEditedDeleted:
    '⚠️ No entregado: usted eliminó esta respuesta. Envíe la respuesta como un mensaje nuevo.',
  notAReplyEditedNote:
    '⚠️ No entregado: una nota o un comando que se edita no se convierte en respuesta. Envíe la respuesta como un mensaje nuevo.',
  notAReplyStaysInTelegram:
    '⚠️ Entregado solo en palabras: lo enviado existe únicamente en Telegram. Envíelo al cliente como archivo o como texto.',
  notAReplyLateNote:
    '⚠️ El cliente recibió los archivos de este álbum anteriores a la nota. Para que un álbum sea interno, escriba // en el primer archivo.',

  // What is not deleted
  notDeletedNoTarget:
    '⚠️ No se eliminó nada: responda con <code>/del</code> al mensaje propio que el cliente no deba ver más.',
  notDeletedNotice:
    '⚠️ No se eliminó nada: ese mensaje es del bot. Responda con <code>/del</code> a una respuesta propia.',
  notDeletedNotOwn: '⚠️ No se eliminó nada: solo se pueden eliminar las respuestas propias.',
  notDeletedNoReply: '⚠️ No se eliminó nada: ese mensaje no consta como respuesta a un cliente.',
  notDeletedNoHandler:
    '⚠️ No eliminada: la aplicación no elimina respuestas y el cliente sigue viendo esta.',
  notDeletedBefore: 'ℹ️ Esta respuesta ya se había eliminado.',
  notDeletedByEdit:
    '⚠️ No se eliminó nada: editar no elimina nada. Responda con <code>/del</code>, en un mensaje nuevo, a la respuesta propia que el cliente no deba ver más.',

  // History
  earlierMessages: '🕘 <b>Mensajes anteriores</b>',
  earlierMessagesLeftOut: '🕘 <b>Mensajes anteriores</b> (más antiguos, omitidos: {count})',
  historyNoThread:
    'ℹ️ Para ver los últimos mensajes de una conversación, escriba <code>/history</code> en su tema o como respuesta a uno de sus avisos.',
  historyNoMethod:
    'ℹ️ La aplicación no guarda mensajes de esta conversación que se puedan mostrar aquí.',
  historyNoMessages: 'ℹ️ La aplicación no tiene mensajes de esta conversación.',
  historyFailed:
    '⚠️ No se pudieron cargar los mensajes de esta conversación. Inténtelo más tarde; el motivo está en el registro de la aplicación.',

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ Las conversaciones nuevas aparecen aquí como mensajes y no como temas. Para tener un tema por conversación, active los temas en los ajustes de este chat.',
  topicsForbidden:
    '⚠️ Las conversaciones nuevas aparecen aquí como mensajes y no como temas. Para tener un tema por conversación, permita que el bot gestione los temas: necesita ese permiso como administrador.',
  threadClosed: '✅ Se cerró esta conversación.',
  threadReopened: '🔄 Se reabrió esta conversación.',
  threadMoved:
    '↪️ Esta conversación se trasladó al chat de soporte <b>{desk}</b>. Los próximos mensajes aparecerán allí.',
  threadArrived: '🆕 Conversación del chat de soporte <b>{desk}</b>',

  // Commands
  helpTitle:
    'ℹ️ <b>Comandos</b>, en el tema de una conversación o en respuesta a uno de sus avisos:',
  helpDescription: 'Muestra los comandos',
  noteDescription: 'Escribe una nota que el cliente no recibe',
  delDescription: 'Elimina la respuesta propia a la que se responde con él',
  historyDescription: 'Muestra los últimos mensajes de la conversación',
  snippetDescription: 'Envía una respuesta predefinida',
  closeDescription: 'Cierra la conversación',
  reopenDescription: 'Reabre la conversación',
  refreshDescription: 'Vuelve a preguntar a la aplicación qué sabe de la conversación',
  claimDescription: 'Toma la conversación, o toma el relevo en ella',
  releaseDescription: 'Libera la conversación',
  transferDescription: 'Traslada la conversación a otro chat de soporte',
  revealDescription: 'Muestra solo a usted lo que está enmascarado en un mensaje',
  onDescription: 'Comienza su turno',
  offDescription: 'Termina su turno',
  dutyDescription: 'Muestra quién está de turno',
  whoamiDescription: 'Muestra cómo le conoce el chat de soporte',
  doctorDescription: 'Comprueba si este chat de soporte funciona y dice qué hacer',
  commandDone: '✅ Listo',
  commandFailed: '⚠️ Falló <code>/{command}</code>: {reason}',
  commandHiddenReason: 'la aplicación no pudo ejecutarlo',
  commandGone: 'la aplicación no tiene ese comando para esta conversación',
  commandNotAsked: 'este mensaje no permite pedir confirmación',
  commandArguments: '⚠️ No se hizo nada: {problems}.\nEscriba <code>/{usage}</code>',
  closed: '✅ Esta conversación está cerrada. Se reabrirá cuando el cliente escriba.',
  closedBefore: 'ℹ️ Esta conversación ya está cerrada.',
  reopened: '🔄 Esta conversación está abierta de nuevo.',
  reopenedBefore: 'ℹ️ Esta conversación ya está abierta.',
  noOtherDesk: 'ℹ️ No hay otro chat de soporte.',
  transferUsage: 'ℹ️ Escriba <code>/transfer</code> y el nombre de un chat de soporte: {desks}.',
  transferUnknown:
    '⚠️ No hay otro chat de soporte con ese nombre. Escriba <code>/transfer</code> y el nombre de un chat de soporte: {desks}.',
  transferred: '↪️ La conversación pasa al chat de soporte <b>{desk}</b>.',
  transferFailed:
    '⚠️ No se trasladó la conversación. Inténtelo de nuevo en un minuto; el motivo está en el registro de la aplicación.',
  whoami: '👤 Usted es {name}, con el id de Telegram <code>{id}</code>.',
  whoamiAnonymous:
    '👤 Telegram oculta quién es usted y muestra el nombre {name}, con el id de Telegram <code>{id}</code>.',
  whoamiRegistered: 'Usted figura como agente.',
  whoamiEverybody: 'Cualquiera en este chat puede responder a los clientes.',
  doctorFine: '🩺 Todo está bien en este chat de soporte (comprobaciones superadas: {fine}).',
  doctorTitle:
    '🩺 <b>Este chat de soporte tiene problemas.</b> Fallos: {failed}, advertencias: {warnings}, en orden: {fine}, sin comprobar: {skipped}',
  doctorMore:
    '… y {count} más. Escriba <code>/doctor</code> de nuevo cuando estos estén resueltos.',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ Cancelar',
  pressRuns: '⏳ En curso',
  pressCancelled: 'Cancelado',
  pressAnswered: 'Esto ya se respondió.',
  pressTwice: '⏳ Acaba de pulsar este botón.',
  pressUnknown: '⚠️ Este botón no hace nada.',
  pressElsewhere: '⚠️ Este botón no hace nada aquí.',
  pressNoThread: '⚠️ Ya no se conoce la conversación de este botón.',
  pressForged: '⚠️ Este botón no es válido aquí.',
  pressRefused: '⚠️ Solo los agentes registrados pueden hacer esto.',
  pressNoCommand: '⚠️ La aplicación ya no tiene ese comando.',

  // Claims
  stopButton: 'Detener',
  sendNowButton: 'Enviar ahora',
  claimDone: '✋ <b>{agent}</b> tiene ahora esta conversación.',
  claimOver: '✋ <b>{agent}</b> tomó el relevo en esta conversación, que tenía {former}.',
  claimOwn: 'ℹ️ Usted ya tiene esta conversación.',
  claimTaken: '✋ <b>{agent}</b> tiene esta conversación. ¿Tomar el relevo?',
  claimAnonymous:
    '👤 Telegram oculta quién es usted cuando escribe como administrador sin nombre. Pulse el botón, que muestra al chat de soporte quién es usted.',
  claimsOff: 'ℹ️ En este chat de soporte las conversaciones no son de nadie.',
  releaseDone: 'ℹ️ Ahora nadie tiene esta conversación. Será de quien responda primero.',
  releaseNone: 'ℹ️ Nadie tiene esta conversación.',
  releaseOther:
    '✋ <b>{agent}</b> tiene esta conversación, y nadie más puede liberarla. Con <code>/claim</code> se toma el relevo.',
  collisionWarned:
    '✋ <b>{agent}</b> tiene esta conversación. El cliente recibe su respuesta de todos modos.',
  collisionHeld:
    '✋ <b>{agent}</b> tiene esta conversación. Su respuesta se enviará en {seconds} s, a menos que la detenga.',
  collisionRefused:
    '✋ No entregado: <b>{agent}</b> tiene esta conversación. Tome el relevo y envíe la respuesta de nuevo.',
  collisionRefusedAnonymous:
    '✋ No entregado: <b>{agent}</b> tiene esta conversación y Telegram oculta quién es usted. Responda con su propio nombre, después de <code>/claim</code>.',
  collisionTold: '✋ <b>{agent}</b> respondió en esta conversación, que tiene usted.',
  replySent: 'La respuesta se envía.',
  replySentBefore: 'Esta respuesta ya se había enviado.',
  replyStopped: '🙈 La respuesta se retira.',
  replyStoppedBefore: 'Esta respuesta ya se había retirado.',
  ephemeralReply:
    '⚠️ No entregado: lo que responda aquí solo lo ve el bot. Escríbalo en la propia conversación.',

  // Retry
  retryButton: 'Reintentar',
  discardButton: 'Descartar',
  retryByApp: 'la aplicación',
  retryStarted: '🔄 Nuevo intento, iniciado por {agent}. Falló antes: {reason}',
  retryDelivered: '✅ Entregada: el cliente ya tiene esta respuesta.',
  retryEdited: '✅ Entregada: el cliente ve esta respuesta tal como se editó.',
  retryDeleted: '✅ Eliminada: el cliente ya no ve esta respuesta.',
  retryDiscarded: '🗑 Descartado por {agent}: la aplicación no lo recibe y no se intenta de nuevo.',
  retryExpired: 'ℹ️ Esto ya no está guardado, así que no se intenta de nuevo. Envíelo otra vez.',
  retryOutdated: 'ℹ️ No hay nada que intentar de nuevo: esto se modificó o se eliminó entretanto.',
  retryPressed: '🔄 Se intenta de nuevo',
  discardPressed: '🗑 Se descarta',
  retryIsRunning: '🔄 Ya se está intentando de nuevo.',
  retryIsHandled: '✅ La aplicación ya lo recibió entretanto.',
  retryIsDiscarded: '🗑 Esto ya se había descartado.',
  retryIsUnknown: '⚠️ Esto ya no está guardado. Envíelo otra vez.',
  retryIsNotThere:
    '⚠️ No se encontró lo que falló, así que no se hizo nada. Pulse el botón de nuevo en un minuto.',
  retryHow: 'ℹ️ Pulse el botón que está debajo del mensaje que indica qué falló.',

  // The card
  cardField: '<b>{label}:</b> {value}',
  cardWaiting: '⏳ Espera una respuesta: {time}',
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ Cerrada',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: 'Abrir',
  claimButton: '✋ Tomar',
  takeOverButton: '✋ Tomar el relevo',
  releaseButton: 'Liberar',
  closeButton: '✅ Cerrar',
  reopenButton: '🔄 Reabrir',
  refreshButton: '🔁 Actualizar',
  cardRefreshed: '🔁 Se actualiza la ficha de esta conversación, su primer mensaje aquí.',

  // Hours, snippets and reminders
  digest: '☀️ <b>El chat de soporte está abierto.</b> Conversaciones en espera: {count}',
  digestLine: '• {thread}, desde {since}',
  digestMore: '… y {count} más',
  overdueAssigned: '🔥 {agent}, este cliente lleva demasiado tiempo esperando una respuesta.',
  overdueUnassigned:
    '🔥 Este cliente lleva demasiado tiempo esperando una respuesta y nadie ha tomado la conversación.',
  closingSoon:
    '⏳ El cliente ya no dice nada. Esta conversación se cerrará el {time}, a menos que alguien escriba.',
  snippets: 'ℹ️ <b>Respuestas predefinidas</b>, cada una se envía con <code>/s</code> y su nombre:',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: 'ℹ️ La aplicación no tiene respuestas predefinidas.',
  snippetSent: '✉️ El cliente recibe:\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ Esta respuesta está en espera:\n<blockquote>{text}</blockquote>',
  snippetNoThread:
    '⚠️ No se envió nada: escriba esto en el tema de una conversación o en respuesta a uno de sus avisos.',
  snippetUnknown: '⚠️ No se envió nada: no hay ninguna respuesta predefinida con ese nombre.',
  snippetIncomplete:
    '⚠️ No se envió nada, porque falta un dato: {values}. Escriba la respuesta por su cuenta.',

  // Privacy
  revealTitle: '🔓 <b>Lo que está enmascarado</b>, solo para usted:',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… y {count} más',
  revealed: '🔓 {agent} vio lo que está enmascarado.',
  revealNothing: 'ℹ️ Ahí no hay nada enmascarado, o fue hace demasiado tiempo.',
  revealForbidden: '⚠️ Usted no está entre quienes pueden ver lo que está enmascarado.',
  revealAnonymous:
    '⚠️ Telegram oculta quién es usted, así que no se le puede mostrar solo a usted. Escriba con su propio nombre.',
  revealImpossible:
    '⚠️ No se mostró a nadie: Telegram muestra un mensaje a una sola persona únicamente en los grupos donde el bot es administrador.',

  // Agents who are known
  agentLinked: '✅ Listo, {agent}: la aplicación ya sabe quién es usted.',
  agentLinkUsed: '⚠️ Alguien ya usó este enlace. Pida uno nuevo.',
  agentLinkExpired: '⚠️ Este enlace no es válido, o ya no lo es. Pida uno nuevo.',
  whoamiLinked: 'La aplicación le conoce como <code>{userId}</code>.',
  dutyOn: '🟢 {agent} está de turno.',
  dutyIsOn: 'ℹ️ {agent} ya está de turno.',
  dutyOff: '⚪ {agent} ya no está de turno.',
  dutyIsOff: 'ℹ️ {agent} no está de turno.',
  dutyNobody: 'ℹ️ Nadie está de turno. Escriba <code>/on</code> para estarlo.',
  dutyList: '🟢 <b>De turno: {count}</b>',
  dutyAnonymous:
    '⚠️ Telegram oculta quién es usted. Escriba con su propio nombre, no como administrador anónimo.',
};
