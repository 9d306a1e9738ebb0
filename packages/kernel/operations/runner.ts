/**
 * Runs operations: checks the input, who asks and what they may, opens the transaction, calls the handler. Transports
 * only translate; whatever holds for every call is here.
 */
import type { z } from 'zod'
import { type AccessPolicy, type Member, MemberCache, requireAdmin } from '../access/index.ts'
import { logFailure, logOperation, OperationTrail } from '../audit/index.ts'
import { CallerGone, type Database, isId, StaleModel, sql, type Transaction } from '../database/index.ts'
import { AppError, forbidden, notFound, unauthenticated, validationError } from '../errors/index.ts'
import { ModelCache, type TenantModel } from '../metadata/index.ts'
import { type DeferredWork, type NumbersSeen, NumbersUnseen, type RecordContext } from '../records/index.ts'
import type { RequestFacts } from '../tenancy/index.ts'
import { Admission, type Origin, requireAdmitted } from './admission.ts'
import { claimKey, fingerprintOf, storeAnswer } from './idempotency.store.ts'
import { type KeyGrant, KeyGrants } from './key-grants.store.ts'
import { type AnyOperation, HttpAnswer, type OperationContext, PagedList } from './operation.ts'
import { hasSteppedUp } from './step-up.store.ts'
import { viewingAudited } from './view-as.store.ts'
import { requireMayView, requireViewing, viewAsHeader } from './view-as.ts'

/** Who the transport found the caller to be. */
export interface Principal {
  userId: string
  tenantId: string
  /** Null for programs with an API key and for the command line. */
  sessionId: string | null
  /** The API key that was shown. */
  keyId?: string
  /** The key’s own limit; null or absent where it has none beside its workspace’s. */
  requestsPerMinute?: number | null
  /** The workspace requires a second factor of this person, who has none yet. */
  mustEnrol?: boolean
}

export interface Call {
  operation: AnyOperation
  input: unknown
  facts: RequestFacts
  principal: Principal | null
  request?: Request
  response?: { headers: Headers }
  idempotencyKey?: string
  /** The member that the caller wants to see the workspace as. */
  viewAs?: string
}

/** The caller as the tenant knows them. */
interface Caller {
  model: TenantModel
  member: Member
  /** What an API key is limited to. */
  grant?: KeyGrant
}

const maxAttempts = 4
/** Of work that was stopped by a deadlock: it takes turns then, so it can lose only to those who are there the first time. */
const maxTurns = 30
/** Deadlock and serialisation failure: nothing happened, and the next try meets other timing. */
const retriedStates = new Set(['40P01', '40001'])
const wasStopped = (error: unknown): boolean => retriedStates.has((error as { code?: string }).code ?? '')

/** What earlier attempts at a call have left to the next one. */
interface Earlier {
  /** One was stopped by a deadlock. */
  inTurn: boolean
  numbersSeen: NumbersSeen
}

/** Adds a job for work on very many records in the transaction; gives its id. */
export type Deferral = (
  tx: Transaction,
  asker: { tenantId: string; userId: string | null },
  work: DeferredWork,
) => Promise<string>

export class OperationRunner {
  readonly models: ModelCache
  private readonly members: MemberCache
  private readonly admission = new Admission()
  private readonly keys: KeyGrants
  private readonly database: Database

  private readonly onCommand: () => void
  private readonly defer: Deferral | undefined

  /** `onCommand` is told after each command that changed something, for whoever waits for events. */
  constructor(database: Database, options: { onCommand?: () => void; defer?: Deferral } = {}) {
    this.database = database
    this.onCommand = options.onCommand ?? (() => {})
    this.defer = options.defer
    this.models = new ModelCache(database)
    this.members = new MemberCache(database)
    this.keys = new KeyGrants(database)
  }

  /** Runs the call and returns the handler's output; throws `AppError` for whatever the caller can mend. */
  async run(call: Call): Promise<unknown> {
    const trail = trailOf(call)
    try {
      const output = await this.perform(call, trail)
      await logOperation(this.database, trail)
      return output
    } catch (error) {
      if (!(error instanceof CallerGone)) await logFailure(this.database, trail, error)
      throw error
    }
  }

  private async perform(call: Call, trail: OperationTrail): Promise<unknown> {
    const { operation, principal } = call
    if (operation.access !== 'public' && !principal) throw unauthenticated()
    if (principal) requireSuitable(operation, principal)
    if (principal && call.viewAs !== undefined) requireViewing(operation)
    const input = checkInput(operation, call.input)
    const response = call.response ?? { headers: new Headers() }
    if (operation.access === 'public' || operation.access === 'user') {
      if (principal) await this.requireEntry(operation, principal, call.facts)
      if (principal) await this.requireStepUp(operation, principal, call.facts)
      const actor = principal && { kind: 'user', userId: principal.userId, name: '' }
      const context = {
        ...call.facts,
        database: this.database,
        trail,
        request: call.request,
        response,
        actor,
        tenantId: principal?.tenantId,
        sessionId: principal?.sessionId ?? null,
      }
      return operation.handler(context, input)
    }
    return this.runInTenant(call, principal!, input, response, trail)
  }

  /** The model and member of a principal, fresh enough to begin with; a transaction tells if it is not. */
  async resolve(principal: Principal): Promise<Caller> {
    const model = await this.models.get(principal.tenantId)
    const member = await this.members.get(model, principal.userId)
    if (!member) throw unauthenticated('You are no longer a member of this workspace. Sign in again.')
    if (!principal.keyId) return { model, member }
    const grant = await this.keys.get(model, principal.keyId)
    if (!grant) throw unauthenticated('This API key has been revoked. Ask for another one.')
    return { model, member, grant }
  }

  /** What the member may do from where they are; throws where that is nothing at all. */
  policyOf({ model, member }: Pick<Caller, 'model' | 'member'>, origin: Origin): AccessPolicy {
    return this.admission.policyOf(model, member, origin)
  }

  /**
   * Reads what this person may read now, for a request that shows something signed in their name instead of signing them in.
   *
   * @throws UNAUTHENTICATED who is a member no more; FORBIDDEN where they could not come in from there themselves.
   */
  async readAs<T>(
    who: Pick<Principal, 'tenantId' | 'userId'>,
    facts: RequestFacts & { trail: OperationTrail },
    work: (context: RecordContext) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { model, member } = await this.resolve({ ...who, sessionId: null })
        const policy = this.policyOf({ model, member }, facts)
        const actor = { kind: 'user', userId: member.userId, name: member.name } as const
        const binding = { tenantId: model.tenantId, version: model.version, readsOnly: true }
        return await this.database.transaction(binding, (tx) => work({ ...facts, tx, model, policy, actor }))
      } catch (error) {
        if (!(error instanceof StaleModel) || attempt === maxAttempts) throw error
        await this.models.refresh(who.tenantId)
      }
    }
  }

  private async runInTenant(
    call: Call,
    principal: Principal,
    input: unknown,
    response: { headers: Headers },
    trail: OperationTrail,
  ): Promise<unknown> {
    const numbersSeen: NumbersSeen = new Map()
    for (let attempt = 1, turn = 0; ; ) {
      try {
        trail.begin()
        const caller = await this.resolve(principal)
        const seer = call.viewAs === undefined ? caller : await this.viewing(call, caller, response)
        if (seer !== caller) trail.viewsAs(seer.member.userId)
        const earlier = { inTurn: turn > 0, numbersSeen }
        return await this.attempt(call, principal, input, response, seer, trail, earlier)
      } catch (error) {
        if (error instanceof NumbersUnseen) {
          await this.database.transaction({ tenantId: principal.tenantId, readsOnly: true }, error.look)
          continue
        }
        if (!(error instanceof StaleModel || wasStopped(error))) throw error
        if (wasStopped(error) ? ++turn > maxTurns : ++attempt > maxAttempts) throw tooBusy(error)
        if (error instanceof StaleModel) await this.models.refresh(principal.tenantId)
      }
    }
  }

  /** The caller with the eyes of the member they want to see the workspace as. */
  private async viewing({ operation, facts, viewAs }: Call, caller: Caller, response: { headers: Headers }) {
    const { model, member } = caller
    requireAdmin(this.admission.policyOf(model, member, facts), 'users')
    const viewed = isId(viewAs) ? await this.members.get(model, viewAs) : undefined
    if (!viewed) throw notFound(`The member ${viewAs}`)
    requireMayView(member, viewed)
    const changes = { user: viewed.userId, operation: operation.name }
    await this.database.run(
      { tenantId: model.tenantId, version: model.version },
      viewingAudited(model.tenantId, member.userId, 'view_as.read', changes, facts),
    )
    response.headers.set(viewAsHeader, viewed.userId)
    return { ...caller, member: viewed }
  }

  private async attempt(
    call: Call,
    principal: Principal,
    input: unknown,
    response: { headers: Headers },
    { model, member, grant }: Caller,
    trail: OperationTrail,
    { inTurn, numbersSeen }: Earlier,
  ): Promise<unknown> {
    const { operation, facts } = call
    const binding = {
      inTurn,
      tenantId: model.tenantId,
      version: model.version,
      userId: operation.bindUser ? member.userId : undefined,
      readsOnly: operation.kind === 'query',
      caller: operation.kind === 'query' ? call.request?.signal : undefined,
      author: {
        userId: member.userId,
        operation: operation.name,
        source: facts.source,
        requestId: facts.requestId,
      },
    }
    return this.database.transaction(binding, async (tx) => {
      const policy = operation.beforeEnrolment ? member.policy : this.admission.policyOf(model, member, facts)
      requireGranted(operation, grant)
      if (typeof operation.access === 'object') requireAdmin(policy, operation.access.admin)
      await this.requireStepUp(operation, principal, facts)
      // A body that streams can be read once: what it is read for must not have to be run again.
      if (operation.http.body === 'stream') await tx.confirmVersion()
      if (operation.kind === 'command') tx.onCommit(this.onCommand)
      trail.closeWith(tx)
      const context: OperationContext = {
        ...facts,
        locale: member.locale ?? facts.locale,
        actor: { kind: 'user', userId: member.userId, name: member.name },
        sessionId: principal.sessionId,
        model,
        policy,
        tx,
        trail,
        database: this.database,
        request: call.request,
        response,
        afterCommit: (listener) => tx.onCommit(listener),
        numbersSeen,
        defer: this.defer && ((work) => this.defer!(tx, { tenantId: model.tenantId, userId: member.userId }, work)),
      }
      if (operation.kind === 'command' && call.idempotencyKey) return this.runOnce(call, context, input)
      const output = await operation.handler(context, input)
      // A handler that needed the metadata alone has asked the database nothing: the caller may be a member no more.
      await tx.confirmVersion()
      return output
    })
  }

  /** One's own account stays within reach from anywhere only as far as it takes to leave the workspace. */
  private async requireEntry(operation: AnyOperation, { tenantId }: Principal, facts: RequestFacts): Promise<void> {
    if (operation.beforeEnrolment) return
    const { version } = await this.models.get(tenantId)
    const isFresh = await this.database.run({ tenantId, version }, sql`select 1 as one`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof StaleModel) return false
        throw error
      },
    )
    requireAdmitted(await (isFresh ? this.models.get(tenantId) : this.models.refresh(tenantId)), facts)
  }

  private async requireStepUp(operation: AnyOperation, principal: Principal, facts: RequestFacts): Promise<void> {
    const { userId, sessionId } = principal
    if (!operation.stepUp || !sessionId) return
    if (await hasSteppedUp(this.database, { userId, sessionId }, facts.now)) return
    throw new AppError('FORBIDDEN', 'Confirm with your password or a code that it is you, and try again.', {
      details: [{ field: 'stepUp', message: 'STEP_UP_REQUIRED' }],
    })
  }

  private async runOnce(call: Call, context: OperationContext, input: unknown): Promise<unknown> {
    const { operation, idempotencyKey } = call
    if (operation.secretAnswer) throw takesNoKey()
    const key = {
      tenantId: context.model.tenantId,
      actorId: context.actor.userId!,
      key: idempotencyKey!,
      fingerprint: fingerprintOf(operation.name, input),
    }
    context.tx.keepOpen()
    const earlier = await claimKey(context.tx, key)
    if (earlier) return earlier.output
    const output = await operation.handler(context, input)
    if (output instanceof HttpAnswer || output instanceof PagedList) throw takesNoKey()
    await storeAnswer(context.tx, key, output)
    return output
  }
}

const takesNoKey = () =>
  new AppError('VALIDATION_ERROR', 'This operation does not take an Idempotency-Key. Leave the header out.')

function trailOf({ operation, facts, principal }: Call): OperationTrail {
  const trail = new OperationTrail({ operation, facts, actorId: principal?.userId ?? null, keyId: principal?.keyId })
  if (principal) trail.actsFor(principal)
  return trail
}

/** What can be refused before anything is looked up. */
function requireSuitable(operation: AnyOperation, principal: Principal): void {
  if (operation.access === 'user' && principal.keyId) {
    throw forbidden('This concerns a person’s own account: an API key cannot do it.')
  }
  if (operation.access !== 'public' && principal.mustEnrol && !operation.beforeEnrolment) {
    throw new AppError('FORBIDDEN', 'This workspace requires a second factor. Set it up in your profile to go on.', {
      details: [{ field: 'secondFactor', message: 'MFA_ENROLMENT_REQUIRED' }],
    })
  }
}

function requireGranted(operation: AnyOperation, grant: KeyGrant | undefined): void {
  if (!grant?.operations || grant.operations.includes(operation.name)) return
  throw forbidden(`This API key is limited to other operations than “${operation.name}”. Use another key.`)
}

/** The name the caller knows the value by: what is nested for us stands flat in the body. */
function fieldName(path: PropertyKey[], bodyAs: string | undefined): string {
  const seen = bodyAs !== undefined && path[0] === bodyAs ? path.slice(1) : path
  return seen.map(String).join('.') || 'body'
}

const tooBusy = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The workspace is being changed by many people at once. Try again in a moment.', {
    cause,
    retryAfter: 1,
  })

function checkInput(operation: AnyOperation, input: unknown): unknown {
  const parsed = (operation.input as z.ZodType).safeParse(input)
  if (parsed.success) return parsed.data
  throw validationError(
    parsed.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => ({ field: key, message: 'is not known here' }))
      return [{ field: fieldName(issue.path, operation.http.bodyAs), message: issue.message }]
    }),
  )
}
