import type { AgentTexts } from './agent-texts.interface.js';

/** All texts to agents, in Portuguese (of Brazil). */
export const PORTUGUESE: AgentTexts = {
  // Notices of customers
  newThread: 'Nova conversa',
  customer: 'Cliente',
  agent: 'Atendente',
  system: 'Sistema',
  openThread: 'Abrir a conversa',
  openFile: 'Abrir o arquivo',
  edited: 'editada',
  deletedByCustomer: 'apagada pelo cliente',
  customerEdited: '✏️ <b>{customer}</b> editou uma mensagem{counter}:',
  customerDeleted: '🗑 <b>{customer}</b> apagou uma mensagem.',
  customerReacted: '<b>{customer}</b> reagiu com {emoji}',
  customerRated: '⭐ <b>{customer}</b> avaliou a conversa: {stars}',
  fileNotSent: '📎 <b>{name}</b>{size} não foi enviado',
  fileNotSentBecause: '📎 <b>{name}</b>{size} não foi enviado: {reason}',
  fileTooBig: 'é grande demais para o Telegram',
  fileWithoutName: 'arquivo',
  sentAgain: '(reenviada: o primeiro envio pode ter chegado)',

  // What becomes of replies
  noReason: 'nenhum motivo informado',
  hiddenReason: 'o app não conseguiu processá-la',
  replyFailed:
    '⚠️ Esta resposta não chegou ao cliente: {reason}\nPara tentar de novo, toque em “Tentar de novo”.',
  replyUnroutable:
    '⚠️ Não entregue: aquela mensagem não está ligada a nenhuma conversa. Responda a um aviso mais recente da conversa.',
  replyRefused: '⚠️ Não entregue: aqui, só atendentes cadastrados podem responder aos clientes.',
  replyWaits:
    '⏳ Ainda não entregue: o app não está aceitando respostas no momento. Sua resposta está guardada e será entregue assim que ele voltar a aceitar.',
  replyEdited:
    '✏️ O cliente ainda vê seu primeiro texto: edições não são entregues. Envie a correção como uma nova resposta ao aviso.',
  editFailed:
    '⚠️ O cliente ainda vê esta resposta como era antes da edição: {reason}\nPara tentar de novo, toque em “Tentar de novo” ou edite-a mais uma vez.',
  replyDeleted: '🗑 Apagada: o cliente não vê mais esta resposta.',
  deletionFailed:
    '⚠️ Não apagada, o cliente ainda vê esta resposta: {reason}\nPara tentar de novo, toque em “Tentar de novo”.',
  replyUnsupported:
    '⚠️ Não entregue: mensagens deste tipo não são aceitas. Responda ao aviso com texto.',
  reactionsForbidden:
    'ℹ️ Este chat não permite nenhuma reação que possa marcar respostas como entregues. Você continuará recebendo um aviso de cada resposta que falhar. Para ver um 👍, permita essa reação nas configurações do grupo.',

  // What is no reply
  notAReplyPlain:
    '⚠️ Não entregue: isto não é uma resposta. Para atender um cliente, responda a um aviso da conversa dele.',
  notAReplyAmbiguous:
    '⚠️ Não entregue: isto pode pertencer a mais de uma conversa. Responda ao aviso desejado.',
  notAReplyUnknown:
    '⚠️ Não entregue: não há nenhum aviso recente. Responda a um aviso da conversa desejada.',
  notAReplyCommand:
    'ℹ️ Comandos não têm efeito aqui, e nada que comece com / é entregue. Para atender um cliente, responda a um aviso da conversa dele ou escreva no tópico dela.',
  notAReplyComment:
    '⚠️ Não entregue: isto é um comentário em uma publicação de canal. Para atender um cliente, responda a um aviso da conversa dele.',
  notAReplyChannel:
    '⚠️ Não entregue: um canal não pode ser o chat de suporte, porque o Telegram não mostra quem escreve nele. Use um grupo e responda aos avisos lá.',
  notAReplyNoThread:
    '⚠️ Não entregue: este tópico não pertence a nenhuma conversa. Para atender um cliente, escreva no tópico da conversa dele ou responda a um aviso dela.',
  notAReplyTwoThreads:
    '⚠️ Não entregue: este tópico é de uma conversa, e a mensagem que você respondeu é de outra. Escreva no tópico da conversa desejada.',
  notAReplyEditedToNote:
    '⚠️ Uma resposta editada não vira nota nem comando: o cliente a recebe como era antes. Para apagá-la, responda a ela com <code>/del</code>.',
  notAReplyEditedDeleted:
    '⚠️ Não entregue: você apagou esta resposta. Envie a resposta como uma nova mensagem.',
  notAReplyEditedNote:
    '⚠️ Não entregue: uma nota ou um comando editado não vira resposta. Envie a resposta como uma nova mensagem.',
  notAReplyStaysInTelegram:
    '⚠️ Entregue apenas em palavras: o que você enviou só existe no Telegram. Envie ao cliente como arquivo ou como texto.',
  notAReplyLateNote:
    '⚠️ O cliente recebeu os arquivos deste álbum que vieram antes da sua nota. Para manter um álbum interno, escreva // no primeiro arquivo.',

  // What is not deleted
  notDeletedNoTarget:
    '⚠️ Nada foi apagado: responda com <code>/del</code> à sua mensagem que o cliente não deve mais ver.',
  notDeletedNotice:
    '⚠️ Nada foi apagado: aquela mensagem é do bot. Responda com <code>/del</code> a uma resposta sua.',
  notDeletedNotOwn: '⚠️ Nada foi apagado: você só pode apagar suas próprias respostas.',
  notDeletedNoReply: '⚠️ Nada foi apagado: aquela mensagem não consta como resposta a um cliente.',
  notDeletedNoHandler: '⚠️ Não apagada: o app não apaga respostas, e o cliente ainda vê esta.',
  notDeletedBefore: 'ℹ️ Esta resposta já tinha sido apagada.',
  notDeletedByEdit:
    '⚠️ Nada foi apagado: uma edição não apaga nada. Responda com <code>/del</code>, em uma nova mensagem, à sua resposta que o cliente não deve mais ver.',

  // History
  earlierMessages: '🕘 <b>Mensagens anteriores</b>',
  earlierMessagesLeftOut: '🕘 <b>Mensagens anteriores</b> (mais antigas, omitidas: {count})',
  historyNoThread:
    'ℹ️ Para ver as últimas mensagens de uma conversa, escreva <code>/history</code> no tópico dela ou em resposta a um aviso dela.',
  historyNoMethod: 'ℹ️ O app não guarda mensagens desta conversa que possam ser mostradas aqui.',
  historyNoMessages: 'ℹ️ O app não tem mensagens desta conversa.',
  historyFailed:
    '⚠️ Não foi possível carregar as mensagens desta conversa. Tente mais tarde; o motivo está no log do app.',

  // How a desk and its threads stand
  topicsUnavailable:
    '⚠️ Novas conversas aparecem aqui como mensagens em vez de tópicos. Para ter um tópico por conversa, ative os tópicos nas configurações deste chat.',
  topicsForbidden:
    '⚠️ Novas conversas aparecem aqui como mensagens em vez de tópicos. Para ter um tópico por conversa, permita que o bot gerencie os tópicos: ele precisa dessa permissão como administrador.',
  threadClosed: '✅ Esta conversa foi encerrada.',
  threadReopened: '🔄 Esta conversa foi reaberta.',
  threadMoved:
    '↪️ Esta conversa foi transferida para o chat de suporte <b>{desk}</b>. As próximas mensagens aparecerão lá.',
  threadArrived: '🆕 Conversa do chat de suporte <b>{desk}</b>',

  // Commands
  helpTitle: 'ℹ️ <b>Comandos</b>, no tópico de uma conversa ou em resposta a um aviso dela:',
  helpDescription: 'Lista os comandos',
  noteDescription: 'Escreve uma nota que o cliente não recebe',
  delDescription: 'Apaga a resposta sua à qual você responde com ele',
  historyDescription: 'Mostra as últimas mensagens da conversa',
  snippetDescription: 'Envia uma resposta pronta',
  closeDescription: 'Encerra a conversa',
  reopenDescription: 'Reabre a conversa',
  refreshDescription: 'Pergunta de novo ao app o que ele sabe da conversa',
  claimDescription: 'Assume a conversa, mesmo que esteja com outra pessoa',
  releaseDescription: 'Libera a conversa',
  transferDescription: 'Transfere a conversa para outro chat de suporte',
  revealDescription: 'Mostra só a você o que está mascarado em uma mensagem',
  onDescription: 'Inicia seu plantão',
  offDescription: 'Encerra seu plantão',
  dutyDescription: 'Lista quem está de plantão',
  whoamiDescription: 'Mostra como o chat de suporte conhece você',
  doctorDescription: 'Verifica se este chat de suporte funciona e diz o que fazer',
  commandDone: '✅ Pronto',
  commandFailed: '⚠️ <code>/{command}</code> falhou: {reason}',
  commandHiddenReason: 'o app não conseguiu executá-lo',
  commandGone: 'o app não tem esse comando para esta conversa',
  commandNotAsked: 'esta mensagem não permite pedir confirmação',
  commandArguments: '⚠️ Nada foi feito: {problems}.\nEscreva <code>/{usage}</code>',
  closed: '✅ Esta conversa está encerrada. Ela será reaberta quando o cliente escrever.',
  closedBefore: 'ℹ️ Esta conversa já está encerrada.',
  reopened: '🔄 Esta conversa está aberta de novo.',
  reopenedBefore: 'ℹ️ Esta conversa já está aberta.',
  noOtherDesk: 'ℹ️ Não há outro chat de suporte.',
  transferUsage: 'ℹ️ Escreva <code>/transfer</code> e o nome de um chat de suporte: {desks}.',
  transferUnknown:
    '⚠️ Não há outro chat de suporte com esse nome. Escreva <code>/transfer</code> e o nome de um chat de suporte: {desks}.',
  transferred: '↪️ A conversa vai para o chat de suporte <b>{desk}</b>.',
  transferFailed:
    '⚠️ A conversa não foi transferida. Tente de novo em um minuto; o motivo está no log do app.',
  whoami: '👤 Você é {name}, com o ID do Telegram <code>{id}</code>.',
  whoamiAnonymous:
    '👤 O Telegram oculta quem você é e mostra o nome {name}, com o ID do Telegram <code>{id}</code>.',
  whoamiRegistered: 'Você faz parte dos atendentes cadastrados.',
  whoamiEverybody: 'Todos neste chat podem responder aos clientes.',
  doctorFine: '🩺 Está tudo bem com este chat de suporte (verificações aprovadas: {fine}).',
  doctorTitle:
    '🩺 <b>Este chat de suporte tem problemas.</b> Falhas: {failed}, avisos: {warnings}, em ordem: {fine}, não verificados: {skipped}',
  doctorMore:
    '… e mais {count}. Escreva <code>/doctor</code> de novo quando estes estiverem resolvidos.',

  // Buttons
  buttonYes: '✅ {button}',
  buttonCancel: '✖️ Cancelar',
  pressRuns: '⏳ Em andamento',
  pressCancelled: 'Cancelado',
  pressAnswered: 'Isto já foi respondido.',
  pressTwice: '⏳ Você acabou de tocar neste botão.',
  pressUnknown: '⚠️ Este botão não faz nada.',
  pressElsewhere: '⚠️ Este botão não faz nada aqui.',
  pressNoThread: '⚠️ A conversa deste botão não é mais conhecida.',
  pressForged: '⚠️ Este botão não é válido aqui.',
  pressRefused: '⚠️ Só atendentes cadastrados podem fazer isto.',
  pressNoCommand: '⚠️ O app não tem mais esse comando.',

  // Claims
  stopButton: 'Parar',
  sendNowButton: 'Enviar agora',
  claimDone: '✋ <b>{agent}</b> está agora com esta conversa.',
  claimOver: '✋ <b>{agent}</b> assumiu esta conversa, que estava com {former}.',
  claimOwn: 'ℹ️ Você já está com esta conversa.',
  claimTaken: '✋ <b>{agent}</b> está com esta conversa. Assumir para você?',
  claimAnonymous:
    '👤 O Telegram oculta quem você é quando você escreve como administrador sem nome. Toque no botão: ele mostra ao chat de suporte quem você é.',
  claimsOff: 'ℹ️ Neste chat de suporte, as conversas não são de ninguém.',
  releaseDone: 'ℹ️ Agora ninguém está com esta conversa. Quem responder primeiro fica com ela.',
  releaseNone: 'ℹ️ Ninguém está com esta conversa.',
  releaseOther:
    '✋ <b>{agent}</b> está com esta conversa, e ninguém mais pode liberá-la. Para assumi-la, use <code>/claim</code>.',
  collisionWarned:
    '✋ <b>{agent}</b> está com esta conversa. O cliente recebe sua resposta mesmo assim.',
  collisionHeld:
    '✋ <b>{agent}</b> está com esta conversa. Sua resposta será enviada em {seconds} s, a menos que você a pare.',
  collisionRefused:
    '✋ Não entregue: <b>{agent}</b> está com esta conversa. Assuma a conversa e envie sua resposta de novo.',
  collisionRefusedAnonymous:
    '✋ Não entregue: <b>{agent}</b> está com esta conversa, e o Telegram oculta quem você é. Responda com seu próprio nome, depois de <code>/claim</code>.',
  collisionTold: '✋ <b>{agent}</b> respondeu nesta conversa, que está com você.',
  replySent: 'A resposta está sendo enviada.',
  replySentBefore: 'Esta resposta já tinha sido enviada.',
  replyStopped: '🙈 A resposta foi retirada.',
  replyStoppedBefore: 'Esta resposta já tinha sido retirada.',
  ephemeralReply:
    '⚠️ Não entregue: só o bot vê o que você responde aqui. Escreva na própria conversa.',

  // Retry
  retryButton: 'Tentar de novo',
  discardButton: 'Descartar',
  retryByApp: 'o app',
  retryStarted: '🔄 {agent} iniciou uma nova tentativa. Falha anterior: {reason}',
  retryDelivered: '✅ Entregue: o cliente já tem esta resposta.',
  retryEdited: '✅ Entregue: o cliente vê esta resposta como você a editou.',
  retryDeleted: '✅ Apagada: o cliente não vê mais esta resposta.',
  retryDiscarded: '🗑 {agent} descartou isto: o app não o recebe, e não haverá nova tentativa.',
  retryExpired:
    'ℹ️ Isto não está mais guardado, então não haverá nova tentativa. Envie mais uma vez.',
  retryOutdated: 'ℹ️ Não há nada a tentar de novo: isto foi alterado ou apagado nesse meio-tempo.',
  retryPressed: '🔄 Tentando de novo',
  discardPressed: '🗑 Descartando',
  retryIsRunning: '🔄 A nova tentativa já está em andamento.',
  retryIsHandled: '✅ O app já recebeu isto nesse meio-tempo.',
  retryIsDiscarded: '🗑 Isto já tinha sido descartado.',
  retryIsUnknown: '⚠️ Isto não está mais guardado. Envie mais uma vez.',
  retryIsNotThere:
    '⚠️ O que falhou não foi encontrado, então nada foi feito. Toque no botão de novo em um minuto.',
  retryHow: 'ℹ️ Toque no botão abaixo da mensagem que informa o que falhou.',

  // The card
  cardField: '<b>{label}:</b> {value}',
  cardWaiting: '⏳ Aguarda resposta: {time}',
  cardAssignee: '✋ {agent}',
  cardClosed: '✅ Encerrada',
  cardRating: '⭐ {stars}',
  cardRatingWithComment: '⭐ {stars} <i>{comment}</i>',
  cardLink: 'Abrir',
  claimButton: '✋ Assumir',
  takeOverButton: '✋ Assumir para mim',
  releaseButton: 'Liberar',
  closeButton: '✅ Encerrar',
  reopenButton: '🔄 Reabrir',
  refreshButton: '🔁 Atualizar',
  cardRefreshed: '🔁 A ficha desta conversa, a primeira mensagem dela aqui, é atualizada.',

  // Hours, snippets and reminders
  digest: '☀️ <b>O chat de suporte está aberto.</b> Conversas em espera: {count}',
  digestLine: '• {thread}, desde {since}',
  digestMore: '… e mais {count}',
  overdueAssigned: '🔥 {agent}, este cliente está esperando uma resposta há tempo demais.',
  overdueUnassigned:
    '🔥 Este cliente está esperando uma resposta há tempo demais, e ninguém assumiu a conversa.',
  closingSoon:
    '⏳ O cliente não diz mais nada. Esta conversa será encerrada em {time}, a menos que alguém escreva.',
  snippets: 'ℹ️ <b>Respostas prontas</b>, cada uma enviada com <code>/s</code> e o nome dela:',
  snippetLine: '<code>/s {name}</code> · {text}',
  noSnippets: 'ℹ️ O app não tem respostas prontas.',
  snippetSent: '✉️ O cliente recebe:\n<blockquote>{text}</blockquote>',
  snippetHeld: '⏳ Esta resposta está em espera:\n<blockquote>{text}</blockquote>',
  snippetNoThread:
    '⚠️ Nada foi enviado: escreva isto no tópico de uma conversa ou em resposta a um aviso dela.',
  snippetUnknown: '⚠️ Nada foi enviado: não há resposta pronta com esse nome.',
  snippetIncomplete:
    '⚠️ Nada foi enviado, porque falta um dado: {values}. Escreva a resposta por conta própria.',

  // Privacy
  revealTitle: '🔓 <b>O que está mascarado</b>, só para você:',
  revealItem: '{shown} → <code>{original}</code>',
  revealMore: '… e mais {count}',
  revealed: '🔓 {agent} viu o que está mascarado.',
  revealNothing: 'ℹ️ Não há nada mascarado ali, ou já faz tempo demais.',
  revealForbidden: '⚠️ Você não está entre aqueles que podem ver o que está mascarado.',
  revealAnonymous:
    '⚠️ O Telegram oculta quem você é, então não é possível mostrar isto só a você. Escreva com seu próprio nome.',
  revealImpossible:
    '⚠️ Não foi mostrado a ninguém: o Telegram só mostra uma mensagem a uma única pessoa em grupos em que o bot é administrador.',

  // Agents who are known
  agentLinked: '✅ Pronto, {agent}: o app agora sabe quem você é.',
  agentLinkUsed: '⚠️ Alguém já usou este link. Peça um novo.',
  agentLinkExpired: '⚠️ Este link não é válido, ou deixou de ser. Peça um novo.',
  whoamiLinked: 'O app conhece você como <code>{userId}</code>.',
  dutyOn: '🟢 {agent} está de plantão.',
  dutyIsOn: 'ℹ️ {agent} já está de plantão.',
  dutyOff: '⚪ {agent} não está mais de plantão.',
  dutyIsOff: 'ℹ️ {agent} não está de plantão.',
  dutyNobody: 'ℹ️ Ninguém está de plantão. Escreva <code>/on</code> para ficar.',
  dutyList: '🟢 <b>De plantão: {count}</b>',
  dutyAnonymous:
    '⚠️ O Telegram oculta quem você é. Escreva com seu próprio nome, não como administrador anônimo.',
};
