/**
 * API keys: `ofk_<id>_<secret>`, kept as a hash. A key acts as a service account, which is a member that is no person:
 * its roles say what it may do, and may be narrowed to single operations.
 */
import { createHash, randomBytes } from 'node:crypto'
import { type Database, isId, newId } from '@oneforge/kernel/database'
import { forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { bumpVersion } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { LRUCache } from 'lru-cache'
import { insertAudit } from '../audit.store.ts'
import { bindUser } from '../bindings.store.ts'
import { insertUser } from '../identity.store.ts'
import { InvalidCredentials } from '../invalid-credentials.ts'
import { isSameHash } from '../link-tokens.ts'
import { knownRoles, requireHeldEverywhere, requireMayHandOut } from '../members/granting.ts'
import { findMember, joinTenant } from '../members/members.store.ts'
import {
  type ApiKeyRow,
  findApiKey,
  insertApiKey,
  listApiKeys,
  noteKeyUse,
  revokeApiKey,
  updateApiKey,
} from './api-keys.store.ts'

const prefix = 'ofk_'
const shape = /^ofk_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/
const secretBytes = 32
const rememberedKeys = 20_000
/** How long a key that was checked is not looked up again, which is also how exactly its last use is known. */
const recheckMs = 60_000

export const isApiKey = (token: string): boolean => token.startsWith(prefix)

export interface NewKeyInput {
  name: string
  roles?: string[]
  operations?: string[]
  expiresAt?: string
  /** A service account that is there already. */
  account?: string
  requestsPerMinute?: number
}

export interface KeyChanges {
  name?: string
  requestsPerMinute?: number | null
}

/** Whom a key acts as. */
export interface KeyHolder {
  keyId: string
  userId: string
  tenantId: string
  /** Null: no limit beside its workspace's. */
  requestsPerMinute: number | null
}

interface CheckedKey extends KeyHolder {
  /** Milliseconds since 1970; infinity for never. */
  expiresAt: number
  checkedAt: number
}

export class ApiKeys {
  private readonly database: Database
  private readonly isOperation: (name: string) => boolean
  private readonly now: () => Date
  private readonly checked = new LRUCache<string, CheckedKey>({ max: rememberedKeys })

  constructor(options: { database: Database; isOperation: (name: string) => boolean; now: () => Date }) {
    this.database = options.database
    this.isOperation = options.isOperation
    this.now = options.now
  }

  /**
   * Whom the key acts as. One that was revoked may still pass here for a minute: the operation runner refuses it, since
   * revoking moves the tenant's version. A change of its limit is known everywhere after the same time.
   *
   * @param onlyKnown nothing is looked up for a key that has not been used at this server: it is refused.
   * @throws UNAUTHENTICATED
   */
  async authenticate(text: string, onlyKnown = false): Promise<KeyHolder> {
    const now = this.now()
    const hash = hashOf(text)
    let key = this.checked.get(hash)
    if (!key || now.getTime() - key.checkedAt >= recheckMs) {
      if (onlyKnown && !key) throw invalidKey()
      key = await this.check(text, hash, now)
      this.checked.set(hash, key)
    }
    if (key.expiresAt <= now.getTime()) throw new InvalidCredentials('This API key has expired. Ask for another one.')
    const { keyId, userId, tenantId, requestsPerMinute } = key
    return { keyId, userId, tenantId, requestsPerMinute }
  }

  list({ tx }: OperationContext): Promise<ApiKeyRow[]> {
    return listApiKeys(tx, this.now())
  }

  /** Makes a key, and a service account for it unless one is named. The key itself is told this once. */
  async create(context: OperationContext, input: NewKeyInput): Promise<ApiKeyRow & { key: string }> {
    const { tx, model, actor } = context
    const now = this.now()
    const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt)
    if (expiresAt && expiresAt <= now) {
      throw validationError([{ field: 'expiresAt', message: 'This is in the past. Give a time to come.' }])
    }
    const unknown = input.operations?.find((name) => !this.isOperation(name))
    if (unknown) {
      throw validationError([{ field: 'operations', message: `There is no operation “${unknown}”. See /api/docs.` }])
    }
    await bumpVersion(tx, model.tenantId)
    const userId = input.account ? await this.takeAccount(context, input) : await this.makeAccount(context, input)
    const id = newId()
    const key = `${prefix}${id.replaceAll('-', '')}_${randomBytes(secretBytes).toString('base64url')}`
    const row = {
      id,
      name: input.name,
      userId,
      operations: input.operations ?? null,
      createdBy: actor.userId,
      expiresAt,
      requestsPerMinute: input.requestsPerMinute ?? null,
    }
    await insertApiKey(tx, model.tenantId, { ...row, secretHash: hashOf(key) }, now)
    await this.note(context, 'keys.created', id, { name: [null, input.name] })
    const [created] = await listApiKeys(tx, now, id)
    return { ...created!, key }
  }

  /** Renames the key, or changes how many requests it may make: at once here, within a minute on other servers. */
  async update(context: OperationContext, id: string, changes: KeyChanges): Promise<ApiKeyRow> {
    const { tx, model } = context
    const [before] = isId(id) ? await listApiKeys(tx, this.now(), id) : []
    if (!before || before.status === 'revoked') throw notFound(`The API key ${id}`)
    await updateApiKey(tx, model.tenantId, id, { ...before, ...changes })
    const [after] = await listApiKeys(tx, this.now(), id)
    await this.note(context, 'keys.changed', id, {
      name: [before.name, after!.name],
      requestsPerMinute: [before.requestsPerMinute, after!.requestsPerMinute],
    })
    tx.onCommit(() => this.forget(id))
    return after!
  }

  /** From the next request on the key is refused, by every server. */
  async revoke(context: OperationContext, id: string): Promise<void> {
    const { tx, model } = context
    if (!isId(id)) throw notFound(`The API key ${id}`)
    await bumpVersion(tx, model.tenantId)
    const [key] = await listApiKeys(tx, this.now(), id)
    if (!key || !(await revokeApiKey(tx, model.tenantId, id, this.now()))) throw notFound(`The API key ${id}`)
    await this.note(context, 'keys.revoked', id, { name: [null, key.name] })
  }

  private async check(text: string, hash: string, now: Date): Promise<CheckedKey> {
    const keyId = shape.exec(text)?.slice(1).join('-')
    const found = keyId && (await findApiKey(this.database, keyId))
    if (!found || !isSameHash(found.secretHash, hash)) throw invalidKey()
    if (found.revokedAt) throw new InvalidCredentials('This API key has been revoked. Ask for another one.')
    const { tenantId, userId, requestsPerMinute } = found
    await noteKeyUse(this.database, tenantId, keyId, now)
    const expiresAt = found.expiresAt ? Date.parse(found.expiresAt) : Number.POSITIVE_INFINITY
    return { keyId, tenantId, userId, requestsPerMinute, expiresAt, checkedAt: now.getTime() }
  }

  /** A key for an account that is there gets its roles: the caller must be able to give them. */
  private async takeAccount(context: OperationContext, input: NewKeyInput): Promise<string> {
    const { tx, policy } = context
    if (input.roles) throw validationError([{ field: 'roles', message: 'A further key has the roles of its account.' }])
    const account = isId(input.account) ? await findMember(tx, input.account) : undefined
    if (account?.kind !== 'service') throw notFound(`The service account ${input.account}`)
    if (account.status !== 'active') throw forbidden(`${account.name} is deactivated. Reactivate it first.`)
    requireMayHandOut(context, account.roles, [])
    requireHeldEverywhere(policy, account.roles)
    return account.id
  }

  private async makeAccount(context: OperationContext, input: NewKeyInput): Promise<string> {
    const { tx, model, policy, actor } = context
    const roles = input.roles ?? policy.roles.map(({ key }) => key)
    knownRoles(model, roles)
    requireMayHandOut(context, roles, [])
    requireHeldEverywhere(policy, roles)
    const id = newId()
    const email = `${id}@service.invalid`
    await bindUser(tx, id)
    await insertUser(
      tx,
      { id, email, name: input.name, passwordHash: null, kind: 'service', emailVerifiedAt: null },
      this.now(),
    )
    await joinTenant(tx, { tenantId: model.tenantId, userId: id, roles, locations: [] }, this.now())
    await bindUser(tx, actor.userId!)
    return id
  }

  private note(
    context: OperationContext,
    action: 'keys.created' | 'keys.changed' | 'keys.revoked',
    id: string,
    changes: Record<string, [unknown, unknown]>,
  ): Promise<void> {
    const { tx, model, actor } = context
    const entry = { tenantId: model.tenantId, actorId: actor.userId, action }
    return insertAudit(tx, { ...entry, changes: { key: [null, id], ...changes } }, context)
  }

  private forget(keyId: string): void {
    for (const [hash, key] of this.checked) if (key.keyId === keyId) this.checked.delete(hash)
  }
}

const invalidKey = () => new InvalidCredentials('This API key is not valid. Check that it is complete.')

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
