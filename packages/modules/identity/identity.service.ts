/** The rules of registering and of one's own account. */
import { type Database, newId, type Transaction } from '@oneforge/kernel/database'
import { conflict, forbidden, unauthenticated } from '@oneforge/kernel/errors'
import { bumpVersion, languageOf, type TenantModel, upsertRoles } from '@oneforge/kernel/metadata'
import { networkOf, type RequestFacts } from '@oneforge/kernel/tenancy'
import { insertAudit } from './audit.store.ts'
import type { Credentials } from './credentials.ts'
import {
  findUser,
  insertMember,
  insertTenant,
  insertUser,
  replacePassword,
  type UserChanges,
  updateUser,
} from './identity.store.ts'
import type { IdentityRules } from './identity-rules.ts'
import { ownerRole } from './owner-role.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { Person } from './person.ts'
import { profileOf, type UserProfile } from './profile.ts'
import type { Recovery } from './recovery/recovery.service.ts'
import type { Sessions } from './sessions.ts'
import type { SignedIn, SignIn } from './sign-in.service.ts'
import { registrations, type Throttle } from './throttle.ts'
import { slugOf, withSuffix } from './workspace-slug.ts'

export interface Registration {
  email: string
  password: string
  name: string
  workspace: string
}

export interface PasswordChange {
  currentPassword: string
  newPassword: string
}

/** What a profile takes from the workspace that it is seen in. */
type Workspace = Pick<TenantModel, 'tenantId' | 'locale' | 'timeZone'>

interface Parts {
  database: Database
  passwords: Passwords
  credentials: Credentials
  sessions: Sessions
  signIn: SignIn
  recovery: Recovery
  throttle: Throttle
  rules: IdentityRules
  now: () => Date
}

/** How often a taken slug is tried again with another suffix: of a million suffixes the second is all but certain. */
const slugTries = 5
const dayMs = 86_400_000

export class IdentityService {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Makes a user, a workspace and its owner in one transaction, and signs the owner in. */
  async register(input: Registration, facts: RequestFacts): Promise<SignedIn> {
    const { database, passwords, signIn, recovery, rules, throttle } = this.parts
    if (rules.registration === 'closed') {
      throw forbidden('Registration is closed on this server. Ask its administrator for an account.')
    }
    requireGoodPassword('password', input.password, [input.email, input.name, input.workspace])
    const network = networkOf(facts.ip)
    if (network) await throttle.require(registrations, network)
    const passwordHash = await passwords.hash(input.password)
    const [tenantId, userId] = [newId(), newId()]
    const opened = await database.transaction({ tenantId, userId }, async (tx) => {
      await this.createUser(tx, { id: userId, email: input.email, name: input.name, passwordHash })
      await this.createWorkspace(tx, { id: tenantId, name: input.workspace, locale: facts.locale })
      await upsertRoles(tx, tenantId, [ownerRole])
      await insertMember(tx, { tenantId, userId, roles: [ownerRole.key] }, this.parts.now())
      await rules.onTenantCreated?.(tx, { tenantId, userId, locale: facts.locale })
      await insertAudit(tx, { tenantId, actorId: userId, action: 'auth.registered' }, facts)
      const session = await signIn.open(tx, userId, tenantId, facts)
      await recovery.sendVerification(tx, session.user, facts)
      return session
    })
    return signIn.handOver(opened)
  }

  /** Replaces the password and ends the user's other sessions. Wrong current passwords count towards the lock. */
  async changePassword(person: Person, input: PasswordChange, facts: RequestFacts): Promise<void> {
    const { database, credentials, passwords, sessions, now } = this.parts
    const { userId, tenantId, sessionId } = person
    const user = await database.transaction({ userId }, (tx) => findUser(tx, userId))
    if (!user?.passwordHash) throw unauthenticated()
    const before = user.passwordHash
    await credentials.proveAgain(userId, { password: input.currentPassword }, facts, 'currentPassword')
    requireGoodPassword('newPassword', input.newPassword, [user.email, user.name])
    const after = await passwords.hash(input.newPassword)
    await database.transaction({ userId, tenantId }, async (tx) => {
      const replaced = await replacePassword(tx, userId, before, after, now())
      if (!replaced) throw conflict('Your password was changed a moment ago from somewhere else. Sign in again.')
      await sessions.endOthers(tx, userId, sessionId, 'password changed')
      await insertAudit(tx, { tenantId, actorId: userId, action: 'auth.password_changed' }, facts)
    })
  }

  /** The user's own profile as seen in a workspace; the transaction must be bound to both. */
  async profile(tx: Transaction, userId: string, workspace: Workspace): Promise<UserProfile> {
    const user = await findUser(tx, userId)
    if (!user) throw unauthenticated()
    return profileOf(user, workspace)
  }

  /** Changes the user's own profile; the transaction must be bound to the workspace and the user. */
  async updateProfile(
    tx: Transaction,
    userId: string,
    changes: UserChanges,
    workspace: Workspace,
  ): Promise<UserProfile> {
    // Servers remember a member's name and language for as long as the workspace's version stays.
    await bumpVersion(tx, workspace.tenantId)
    const user = await updateUser(tx, userId, changes, this.parts.now())
    if (!user) throw unauthenticated()
    return profileOf(user, workspace)
  }

  private async createUser(
    tx: Transaction,
    user: { id: string; email: string; name: string; passwordHash: string },
  ): Promise<void> {
    if (await insertUser(tx, { ...user, kind: 'person', emailVerifiedAt: null }, this.parts.now())) return
    throw conflict(`There is an account with the e-mail address ${user.email} already. Sign in instead.`, {
      details: [{ field: 'email', message: 'This e-mail address is in use.' }],
    })
  }

  private async createWorkspace(tx: Transaction, tenant: { id: string; name: string; locale: string }): Promise<void> {
    const locale = languageOf(tenant.locale)
    const { rules } = this.parts
    const now = this.parts.now()
    const trialEndsAt = rules.trialDays === undefined ? null : new Date(now.getTime() + rules.trialDays * dayMs)
    const wanted = slugOf(tenant.name)
    for (let attempt = 0; attempt < slugTries; attempt++) {
      const slug = attempt === 0 ? wanted : withSuffix(wanted)
      const row = { ...tenant, slug, locale, plan: rules.defaultPlan, trialEndsAt }
      if (await insertTenant(tx, row, now)) return
    }
    throw conflict(`No short name could be found for the workspace “${tenant.name}”. Try again.`, {
      details: [{ field: 'workspace', message: 'Try again, or choose another name.' }],
    })
  }
}
