/**
 * What the compiler takes and refuses of the decorators' methods. It is checked by the type check alone: a
 * line below an expected error that compiles is an error itself.
 */
import { of, type Observable } from 'rxjs';
import {
  type DeadLetter,
  type DeletedReply,
  type EditedReply,
  type HistoryMessage,
  type HistoryRequest,
  LoadHistory,
  OnDeadLetter,
  OnReplyDeleted,
  OnReplyEdited,
  OnThreadEvent,
  OnThreadReaction,
  OnThreadReply,
  type ThreadEvent,
  type ThreadReaction,
  type ThreadReply,
} from '../../src/index.js';

const BY_SYMBOL = Symbol('bySymbol');

export class Taken {
  @OnThreadReply()
  nothing(): void {}

  @OnThreadReply({})
  reply(_reply: ThreadReply): void {}

  @OnThreadReply({ threads: undefined })
  ownType(_reply: { readonly threadId: string }): void {}

  @OnThreadReply({ threads: /^billing-/g })
  async promise(_reply: ThreadReply): Promise<string> {
    return Promise.resolve('done');
  }

  @OnThreadReply({ threads: (id) => id.startsWith('billing-') })
  observable(): Observable<number> {
    return of(1);
  }

  @OnThreadReply()
  async promiseOfObservable(): Promise<Observable<number>> {
    return Promise.resolve(of(1));
  }

  @OnThreadReply()
  optional(_reply: ThreadReply, _more?: string): void {}

  @OnThreadReply()
  whatever(_reply: unknown): void {}

  @OnThreadReply()
  protected hidden(_reply: ThreadReply): void {}

  @OnThreadReply()
  [BY_SYMBOL](_reply: ThreadReply): void {}

  @LoadHistory({ threads: /^billing-/, desk: 'billing' })
  async history(_request: HistoryRequest): Promise<HistoryMessage[] | null> {
    return Promise.resolve(null);
  }

  @OnDeadLetter()
  letter({ id }: DeadLetter): Observable<string> {
    return of(id);
  }

  @OnThreadEvent('closed')
  @OnThreadEvent('reopened', { threads: /^billing-/ })
  event({ id }: ThreadEvent): Observable<string> {
    return of(id);
  }

  @OnReplyEdited({ threads: /^billing-/, desk: 'billing', bot: ['default', 'sales'] })
  edit({ editedAt }: EditedReply): Date {
    return editedAt;
  }

  @OnReplyDeleted()
  async deletion({ message, at }: DeletedReply): Promise<string> {
    return Promise.resolve(`${message.messageId} ${at.toISOString()}`);
  }

  @OnThreadReaction({ threads: (id) => id.startsWith('billing-') })
  reaction({ added, removed }: ThreadReaction): Observable<number> {
    return of(added.length - removed.length);
  }

  @OnThreadReply()
  @OnReplyEdited()
  newestForm(_reply: ThreadReply): void {}

  @OnReplyDeleted()
  @OnThreadReaction()
  whateverHappens(_event: { readonly threadId: string }): void {}

  @OnThreadReply()
  @OnDeadLetter()
  both({ threadId }: { readonly threadId: string | null }): string | null {
    return threadId;
  }
}

export class Refused {
  // @ts-expect-error There is no such type of event.
  @OnThreadEvent('opened')
  unknownEvent(_event: ThreadEvent): void {}

  // @ts-expect-error It wants a reply, and is called with an event.
  @OnThreadEvent('noted')
  replyForEvent(_reply: ThreadReply): void {}

  // @ts-expect-error It wants an edited reply, and is called with a reply that nobody has edited.
  @OnThreadReply()
  editForReply(_reply: EditedReply): void {}

  // @ts-expect-error It wants a reply, and is called with a deletion, which has no text.
  @OnReplyDeleted()
  replyForDeletion(_reply: ThreadReply): void {}

  // @ts-expect-error It wants a reply, and is called with a reaction.
  @OnThreadReaction()
  replyForReaction(_reply: ThreadReply): void {}

  // @ts-expect-error It wants a reaction, and is called with an edited reply.
  @OnReplyEdited()
  reactionForEdit(_reaction: ThreadReaction): void {}

  // @ts-expect-error It wants two arguments, and is called with one.
  @OnReplyDeleted()
  deletionAndMore(_deleted: DeletedReply, _more: string): void {}

  // @ts-expect-error Nobody makes an instance of it.
  @OnReplyEdited()
  static editOfClass(_reply: EditedReply): void {}

  // @ts-expect-error A property is no method.
  @OnThreadReaction()
  reactionProperty = (_reaction: ThreadReaction): void => {};

  // @ts-expect-error A text is no pattern.
  @OnReplyEdited({ threads: 'billing-' })
  editText(_reply: EditedReply): void {}

  // @ts-expect-error There is no such option.
  @OnReplyDeleted({ thread: /^billing-/ })
  deletionOption(_deleted: DeletedReply): void {}

  // @ts-expect-error It wants two arguments, and is called with one.
  @OnThreadReply()
  twoArguments(_threadId: string, _text: string): void {}

  // @ts-expect-error It wants a text, and is called with a reply.
  @OnThreadReply()
  otherArgument(_text: string): void {}

  // @ts-expect-error A reply has no such field.
  @OnThreadReply({ threads: /^billing-/ })
  otherFields(_reply: { readonly ticketId: string }): void {}

  // @ts-expect-error It wants a dead letter, and is called with a reply.
  @OnThreadReply()
  letter(_letter: DeadLetter): void {}

  // @ts-expect-error It wants a reply, and is called with a dead letter.
  @OnDeadLetter()
  reply(_reply: ThreadReply): void {}

  // @ts-expect-error It wants two arguments, and is called with one.
  @OnDeadLetter()
  letterAndMore(_letter: DeadLetter, _more: string): void {}

  // @ts-expect-error Nobody makes an instance of it.
  @OnThreadReply()
  static ofClass(_reply: ThreadReply): void {}

  // @ts-expect-error Nobody makes an instance of it.
  @OnDeadLetter()
  static letterOfClass(_letter: DeadLetter): void {}

  // @ts-expect-error A property is no method.
  @OnThreadReply()
  property = (_reply: ThreadReply): void => {};

  // @ts-expect-error A text is no pattern.
  @OnThreadReply({ threads: 'billing-' })
  text(_reply: ThreadReply): void {}

  // @ts-expect-error It answers later, which would count as yes.
  @OnThreadReply({ threads: async (id: string) => Promise.resolve(id !== '') })
  later(_reply: ThreadReply): void {}

  // @ts-expect-error There is no such option.
  @OnThreadReply({ thread: /^billing-/ })
  unknownOption(_reply: ThreadReply): void {}
}

// @ts-expect-error A class is no method.
@OnThreadReply()
export class WholeClass {}
