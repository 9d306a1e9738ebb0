/**
 * An operation is one thing the system can do, declared once. REST route, OpenAPI entry, CLI command and every later
 * transport are derived from the declaration, so they cannot differ.
 */
import type { z } from 'zod'
import type { AccessPolicy } from '../access/index.ts'
import type { OperationTrail } from '../audit/index.ts'
import type { Database, Transaction } from '../database/index.ts'
import type { AdminPermission, TenantModel } from '../metadata/index.ts'
import type { DeferredWork, NumbersSeen } from '../records/index.ts'
import type { Actor, RequestFacts } from '../tenancy/index.ts'

/**
 * Who may call it. `public`: anybody. `user`: somebody signed in. `member`: somebody with a workspace; the record store
 * checks the rest per object. `{admin}`: a member with that administrative permission.
 */
export type OperationAccess = 'public' | 'user' | 'member' | { admin: AdminPermission }

export interface HttpBinding {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under /api/v1, parameters in braces: `/{object}/{id}`. */
  path: string
  /** 200 unless said; 204 sends no body. */
  status?: 200 | 201 | 202 | 204
  /**
   * Turns the request into the operation's input before validation. By default query, path parameters and the JSON
   * body's properties are merged, the path winning.
   */
  input?: (request: HttpInput) => unknown
  /** The body as a whole is this property of the input, instead of its properties being merged into it. */
  bodyAs?: string
  /** Whether `If-Match: "3"` may say which version the change was made on: it becomes `version` of the input. */
  ifMatch?: boolean
  /**
   * What the body may be; JSON unless said. `stream` hands the raw request to the handler (uploads); `bytes` reads a few
   * megabytes before anything begins, so that a slow sender holds no connection to the database.
   */
  body?: 'json' | 'stream' | 'bytes' | 'none'
  /** Lets the handler answer with a stream, a file or another status: it returns an `HttpAnswer`. */
  raw?: boolean
  /** Answers with this Location header. */
  location?: (output: unknown) => string
}

export interface HttpInput {
  params: Record<string, string>
  /** In the order given; a key may come several times. */
  query: [string, string][]
  body: unknown
  headers: Headers
}

/** The answer of a `raw` operation. */
export class HttpAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: ReadableStream<Uint8Array> | Uint8Array | string | null

  constructor(
    body: ReadableStream<Uint8Array> | Uint8Array | string | null,
    headers: Record<string, string>,
    status = 200,
  ) {
    this.body = body
    this.headers = headers
    this.status = status
  }
}

/** A list with its place in the whole; the transport puts `pagination` beside `data`. */
export class PagedList<T = unknown> {
  readonly items: T[]
  readonly pagination: Pagination

  constructor(items: T[], pagination: Pagination) {
    this.items = items
    this.pagination = pagination
  }
}

export type Pagination =
  | { page: number; limit: number; total: number; totalPages: number; hasNext: boolean; hasPrev: boolean }
  | { limit: number; nextCursor: string | null; hasNext: boolean }

/** What goes with an answer beside the output. */
export interface ResponseFacts {
  headers: Headers
  /** Stands in the answer's `meta`. */
  meta?: Record<string, unknown>
}

/** What an operation that anybody may call gets. */
export interface PublicContext extends RequestFacts {
  database: Database
  /** What it leaves in the log of operations. */
  trail: OperationTrail
  /** The raw request, for bodies that are streamed and for cookies. */
  request?: Request
  /** Set by operations that sign in or out: the transport turns it into cookies or leaves it in the body. */
  response: ResponseFacts
}

export interface UserContext extends PublicContext {
  actor: Actor & { userId: string }
  /** The workspace that the caller is signed in to. */
  tenantId: string
  sessionId: string | null
}

/** What an operation of a workspace gets: one transaction, bound to the tenant, not begun before its first statement. */
export interface OperationContext extends RequestFacts {
  actor: Actor
  sessionId: string | null
  model: TenantModel
  policy: AccessPolicy
  tx: Transaction
  /** What it leaves in the log of operations. */
  trail: OperationTrail
  database: Database
  request?: Request
  response: ResponseFacts
  /** Runs after the commit: for waking consumers, never for work that must not be lost. */
  afterCommit(listener: () => void): void
  /** Leaves work on very many records to a job; gives its id. */
  defer?: (work: DeferredWork) => Promise<string>
  /** Numbers that were looked at before the tenant's turn, where an earlier run of the operation asked for it. */
  numbersSeen?: NumbersSeen
}

export type ContextOf<A extends OperationAccess> = A extends 'public'
  ? PublicContext
  : A extends 'user'
    ? UserContext
    : OperationContext

export interface Operation<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  A extends OperationAccess = OperationAccess,
> {
  /** `records.create`: module and verb. */
  name: string
  kind: 'command' | 'query'
  summary: string
  description?: string
  /** Heading in the API document. */
  tag: string
  input: I
  output: O
  access: A
  /** Whether it reads or writes protected health information. */
  phi?: boolean
  /** Whether the transaction is bound to the caller as well: for what a person may do to their own account. */
  bindUser?: boolean
  /**
   * Whether a person must have given their password or a code within the last minutes: for what would hurt most from a
   * screen that was left unlocked. Programs with an API key are not asked.
   */
  stepUp?: boolean
  /**
   * Whether it is open to who may not go into the workspace: they have yet to set up the second factor that it requires,
   * or come from an address that it does not allow.
   */
  beforeEnrolment?: boolean
  /** Whether its answer holds a secret, which must not be kept: it then takes no Idempotency-Key. */
  secretAnswer?: boolean
  /**
   * Weight in the tenant's request quota; unless said 1 for a query and 2 for a command. It may depend on the input, which
   * has not been checked yet.
   */
  cost?: number | ((input: unknown) => number)
  http: HttpBinding
  handler(context: ContextOf<A>, input: z.output<I>): Promise<unknown>
}

/** What a call with this input, which nobody has checked yet, takes from the quota. */
export function costOf({ cost, kind }: AnyOperation, input: unknown): number {
  if (typeof cost === 'function') return cost(input)
  return cost ?? (kind === 'command' ? 2 : 1)
}

/** Declares an operation; only its types are checked here. */
export function defineOperation<I extends z.ZodType, O extends z.ZodType, const A extends OperationAccess>(
  operation: Operation<I, O, A>,
): Operation<I, O, A> {
  return operation
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds operations of every input and output
export type AnyOperation = Operation<any, any, any>
