/** Transactions of work that comes by no request: in the name of a member, or of the system. */
import { MemberCache, systemPolicy } from '@oneforge/kernel/access'
import { type Database, StaleModel, type Transaction } from '@oneforge/kernel/database'
import { forbidden } from '@oneforge/kernel/errors'
import { ModelCache, type TenantModel } from '@oneforge/kernel/metadata'
import type { DeferredWork, RecordContext } from '@oneforge/kernel/records'
import { type Source, systemActor } from '@oneforge/kernel/tenancy'

/** The workspace is suspended: nothing is done in it until it is resumed. */
export class WorkspaceHeld extends Error {}

/** In whose name the work is done, and what its traces say. */
export interface Behalf {
  tenantId: string
  /** The member whose rights it has, as they are now. */
  userId: string | null
  /** The work is the system's own, whoever has made it necessary. */
  asSystem?: boolean
  source: Source
  requestId: string
  /** Also while the workspace is suspended: what is only noted, to be done once it is resumed. */
  evenIfHeld?: boolean
  /** Each statement stands alone, and one that fails leaves the others as they are; nothing is changed. */
  readsOnly?: boolean
}

/** Leaves the rest of work on very many records to a job; gives its id. */
export type Defer = (
  tx: Transaction,
  asker: { tenantId: string; userId: string | null },
  work: DeferredWork,
) => Promise<string>

type Acting = Pick<RecordContext, 'policy' | 'actor' | 'locale'>

const systemActing = (model: TenantModel): Acting => ({
  policy: systemPolicy(model),
  actor: systemActor,
  locale: model.locale,
})

const maxAttempts = 4
/** Deadlock and serialisation failure: nothing happened, and the next try meets other timing. */
const retriedStates = new Set(['40P01', '40001'])

export class Transactions {
  private readonly database: Database
  private readonly defer: Defer
  private readonly models: ModelCache
  private readonly members: MemberCache

  constructor(database: Database, defer: Defer) {
    this.database = database
    this.defer = defer
    this.models = new ModelCache(database)
    this.members = new MemberCache(database)
  }

  /**
   * One transaction. Run again if the workspace's metadata have changed or another transaction stood in the way: nothing
   * outside of it may be changed by `work`. Throws FORBIDDEN where the person is no member any more, `WorkspaceHeld`.
   */
  async run<T>(behalf: Behalf, work: (context: RecordContext) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(behalf, work)
      } catch (error) {
        if (attempt === maxAttempts) throw error
        if (error instanceof StaleModel) await this.models.refresh(behalf.tenantId)
        else if (!retriedStates.has((error as { code?: string }).code ?? '')) throw error
      }
    }
  }

  private async once<T>(behalf: Behalf, work: (context: RecordContext) => Promise<T>): Promise<T> {
    const { tenantId, userId, asSystem, source, requestId, evenIfHeld, readsOnly = false } = behalf
    const model = await this.models.get(tenantId)
    const acting = asSystem ? systemActing(model) : await this.memberActing(model, userId)
    return this.database.transaction({ tenantId, version: model.version, readsOnly }, (tx) => {
      if (model.suspendedReason !== null && !evenIfHeld) throw new WorkspaceHeld('The workspace is suspended.')
      return work({
        tx,
        model,
        ...acting,
        requestId,
        ip: null,
        source,
        now: new Date(),
        defer: (rest) => this.defer(tx, { tenantId, userId }, rest),
      })
    })
  }

  private async memberActing(model: TenantModel, userId: string | null): Promise<Acting> {
    const member = userId ? await this.members.get(model, userId) : undefined
    if (!member) throw forbidden('The person who asked for this is no longer a member of the workspace.')
    const actor = { kind: 'user', userId: member.userId, name: member.name } as const
    return { policy: member.policy, actor, locale: member.locale ?? model.locale }
  }
}
