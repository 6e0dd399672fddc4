/** A thread is to go on to another desk, when the move that is under way is over. */
export interface MoveRequestedJob {
  readonly v: 1;
  readonly type: 'move.requested';
  readonly threadId: string;
  /** Of the `nextMove` of its record. */
  readonly moveId: string;
}
