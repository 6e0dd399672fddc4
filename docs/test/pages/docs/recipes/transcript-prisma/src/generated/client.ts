/**
 * What the recipe uses of the client that Prisma generates of its schema, written by hand, because the generator loads
 * programs for the machine that it runs on.
 */
export interface SupportThread {
  threadId: string;
  customerId: string;
  subject: string | null;
  status: 'open' | 'closed';
  lastNumber: number;
  changed: number;
  readByCustomer: number;
  readByAgents: number;
  rating: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface SupportMessage {
  threadId: string;
  id: string;
  number: number;
  changed: number;
  countsAsUnread: boolean;
  content: string;
}

export declare class PrismaClient implements Prisma.TransactionClient {
  constructor(options: { readonly adapter: { readonly provider: string } });
  readonly supportThread: SupportThreadDelegate;
  readonly supportMessage: SupportMessageDelegate;
  $transaction<T>(run: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T>;
  $disconnect(): Promise<void>;
}

export declare namespace Prisma {
  interface TransactionClient {
    readonly supportThread: SupportThreadDelegate;
    readonly supportMessage: SupportMessageDelegate;
  }

  interface SupportThreadWhereInput {
    AND?: SupportThreadWhereInput[];
    threadId?: string;
    customerId?: string;
    updatedAt?: Date | { readonly lt?: Date };
  }
}

interface SupportThreadDelegate {
  upsert(query: ThreadByKey & ThreadCreation & ThreadChange<'update'>): Promise<SupportThread>;
  findUnique(query: ThreadByKey): Promise<SupportThread | null>;
  findMany<S extends Selection<SupportThread>>(
    query: { select: S } & ThreadSelection,
  ): Promise<Array<Pick<SupportThread, keyof S & keyof SupportThread>>>;
  findMany(query: ThreadSelection): Promise<SupportThread[]>;
  update(query: ThreadByKey & ThreadChange<'data'>): Promise<SupportThread>;
  updateMany(query: ThreadSelection & ThreadChange<'data'>): Promise<{ count: number }>;
  deleteMany(query: ThreadSelection): Promise<{ count: number }>;
}

interface SupportMessageDelegate {
  upsert(
    query: MessageByKey & { create: SupportMessage; update: SupportMessage },
  ): Promise<SupportMessage>;
  findUnique(query: MessageByKey): Promise<SupportMessage | null>;
  findMany(query: MessageSelection): Promise<SupportMessage[]>;
  count(query: MessageSelection): Promise<number>;
}

interface ThreadByKey {
  where: { threadId: string };
}

/** What has a default in the schema may be left out. */
interface ThreadCreation {
  create: Pick<SupportThread, 'threadId' | 'customerId' | 'status' | 'createdAt' | 'updatedAt'> &
    Partial<SupportThread>;
}

type ThreadChange<K extends string> = {
  [key in K]: Partial<Omit<SupportThread, 'lastNumber'>> & {
    lastNumber?: number | { increment: number };
  };
};

interface ThreadSelection {
  where?: Prisma.SupportThreadWhereInput;
  orderBy?: Order<SupportThread>;
  take?: number;
}

interface MessageByKey {
  where: { threadId_id: { threadId: string; id: string } };
}

interface MessageSelection {
  where?: {
    threadId?: string;
    number?: number | { lt?: number; gt?: number };
    changed?: number | { lt?: number; gt?: number };
    countsAsUnread?: boolean;
  };
  orderBy?: Order<SupportMessage>;
  take?: number;
}

type Selection<T> = { [K in keyof T]?: true };
type Order<T> = { [K in keyof T]?: 'asc' | 'desc' };
