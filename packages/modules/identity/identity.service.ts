/** The rules of registering, signing in and out, and of one's own account. */
import { type Database, newId, type Transaction } from '@oneforge/kernel/database'
import { conflict, forbidden, unauthenticated, validationError } from '@oneforge/kernel/errors'
import { bumpVersion, type TenantModel, upsertRoles } from '@oneforge/kernel/metadata'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import { type AccessTokens, accessTokenSeconds } from './access-tokens.ts'
import {
  findLogin,
  findUser,
  holdUser,
  insertMember,
  insertTenant,
  insertUser,
  listWorkspacesOf,
  replacePassword,
  type UserChanges,
  type UserRow,
  updateUser,
  type WorkspaceRow,
} from './identity.store.ts'
import { ownerRole } from './owner-role.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { OpenSession, Sessions } from './sessions.ts'
import { failedSignIns, type Limit, networkOf, passwordTries, registrations, type Throttle } from './throttle.ts'
import { slugOf, withSuffix } from './workspace-slug.ts'

export interface Registration {
  email: string
  password: string
  name: string
  workspace: string
}

export interface Credentials {
  email: string
  password: string
  /** Slug or id of the workspace to sign in to. */
  tenant?: string
}

export interface PasswordChange {
  currentPassword: string
  newPassword: string
}

export interface UserProfile {
  id: string
  email: string
  name: string
  locale: string
  timeZone: string
  emailVerified: boolean
}

export interface WorkspaceReference {
  id: string
  name: string
  slug: string
}

export interface SignedIn {
  accessToken: string
  refreshToken: string
  /** Seconds that the access token lasts. */
  expiresIn: number
  user: UserProfile
  tenant: WorkspaceReference
}

/** A tenant that was made a moment ago, in the same transaction. */
export interface CreatedTenant {
  tenantId: string
  userId: string
  locale: string
}

export interface IdentityRules {
  registration: 'open' | 'closed'
  /** Plan of a new workspace. */
  defaultPlan: string
  /** Completes a new workspace in the transaction that makes it, which is bound to it and its owner. */
  onTenantCreated?: (tx: Transaction, tenant: CreatedTenant) => Promise<void>
}

/** What a profile takes from the workspace that it is seen in. */
type Workspace = Pick<TenantModel, 'tenantId' | 'locale' | 'timeZone'>

interface Parts {
  database: Database
  passwords: Passwords
  sessions: Sessions
  accessTokens: AccessTokens
  throttle: Throttle
  rules: IdentityRules
  now: () => Date
}

/** How often a taken slug is tried again with another suffix: of a million suffixes the second is all but certain. */
const slugTries = 5
const workspaceLocales = ['en', 'es']

export class IdentityService {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Makes a user, a workspace and its owner in one transaction, and signs the owner in. */
  async register(input: Registration, facts: RequestFacts): Promise<SignedIn> {
    const { database, passwords, sessions, rules } = this.parts
    if (rules.registration === 'closed') {
      throw forbidden('Registration is closed on this server. Ask its administrator for an account.')
    }
    requireGoodPassword('password', input.password, [input.email, input.name, input.workspace])
    await this.limitAddress(registrations, facts)
    const passwordHash = await passwords.hash(input.password)
    const [tenantId, userId] = [newId(), newId()]
    const opened = await database.transaction({ tenantId, userId }, async (tx) => {
      await this.createUser(tx, { id: userId, email: input.email, name: input.name, passwordHash })
      const workspace = await this.createWorkspace(tx, { id: tenantId, name: input.workspace, locale: facts.locale })
      await upsertRoles(tx, tenantId, [ownerRole])
      await insertMember(tx, { tenantId, userId, roles: [ownerRole.key] }, this.parts.now())
      await rules.onTenantCreated?.(tx, { tenantId, userId, locale: facts.locale })
      const user = (await findUser(tx, userId))!
      return { user, workspace, session: await sessions.open(tx, { userId, tenantId }, facts) }
    })
    return this.signedIn(opened.session, opened.user, opened.workspace)
  }

  /**
   * Signs in with a password. An attempt is counted before the password is looked at, so parallel guesses get no
   * further than serial ones; an e-mail address that nobody has costs the same time and is locked the same way.
   */
  async login(input: Credentials, facts: RequestFacts): Promise<SignedIn> {
    const { database, passwords, throttle } = this.parts
    const network = await this.limitAddress(failedSignIns, facts)
    await throttle.require(passwordTries, input.email)
    const login = await findLogin(database, input.email)
    const passwordHash = login?.passwordHash ?? null
    if (!(await passwords.verify(passwordHash, input.password)) || !login) throw wrongCredentials()
    await throttle.forget(passwordTries, input.email)
    if (network) await throttle.takeBack(failedSignIns, network)
    return this.openSession({ userId: login.id, passwordHash, tenant: input.tenant }, facts)
  }

  /** A new pair of tokens for a refresh token. */
  async refresh(refreshToken: string | undefined): Promise<SignedIn> {
    if (!refreshToken) throw unauthenticated('There is no refresh token. Sign in again.')
    const { database, sessions } = this.parts
    const session = await sessions.refresh(refreshToken)
    const { user, workspaces } = await database.transaction({ userId: session.userId }, async (tx) => ({
      user: await findUser(tx, session.userId),
      workspaces: await listWorkspacesOf(tx, session.userId),
    }))
    const workspace = workspaces.find(({ id }) => id === session.tenantId)
    if (!user || !workspace) throw unauthenticated('You are no longer a member of this workspace. Sign in again.')
    return this.signedIn(session, user, workspace)
  }

  async logout(userId: string, sessionId: string | null): Promise<void> {
    if (sessionId) await this.parts.sessions.end(userId, sessionId)
  }

  /** Replaces the password and ends the user's other sessions. Wrong current passwords count towards the lock. */
  async changePassword(userId: string, sessionId: string | null, input: PasswordChange): Promise<void> {
    const { database, passwords, sessions, throttle, now } = this.parts
    const user = await database.transaction({ userId }, (tx) => findUser(tx, userId))
    if (!user?.passwordHash) throw unauthenticated()
    const before = user.passwordHash
    await throttle.require(passwordTries, user.email)
    if (!(await passwords.verify(before, input.currentPassword))) {
      throw validationError([{ field: 'currentPassword', message: 'This is not your current password.' }])
    }
    await throttle.forget(passwordTries, user.email)
    requireGoodPassword('newPassword', input.newPassword, [user.email, user.name])
    const after = await passwords.hash(input.newPassword)
    await database.transaction({ userId }, async (tx) => {
      const replaced = await replacePassword(tx, userId, before, after, now())
      if (!replaced) throw conflict('Your password was changed a moment ago from somewhere else. Sign in again.')
      await sessions.endOthers(tx, userId, sessionId, 'password changed')
    })
  }

  /** The user's own profile as seen in a workspace. */
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

  /** Counts an attempt against the caller's network; gives the network, null when the address is unknown. */
  private async limitAddress(limit: Limit, facts: RequestFacts): Promise<string | null> {
    const network = networkOf(facts.ip)
    if (network) await this.parts.throttle.require(limit, network)
    return network
  }

  private async createUser(
    tx: Transaction,
    user: { id: string; email: string; name: string; passwordHash: string },
  ): Promise<void> {
    if (await insertUser(tx, user, this.parts.now())) return
    throw conflict(`There is an account with the e-mail address ${user.email} already. Sign in instead.`, {
      details: [{ field: 'email', message: 'This e-mail address is in use.' }],
    })
  }

  private async createWorkspace(
    tx: Transaction,
    tenant: { id: string; name: string; locale: string },
  ): Promise<WorkspaceRow> {
    const locale = workspaceLocales.includes(tenant.locale) ? tenant.locale : 'en'
    const wanted = slugOf(tenant.name)
    for (let attempt = 0; attempt < slugTries; attempt++) {
      const slug = attempt === 0 ? wanted : withSuffix(wanted)
      const row = { ...tenant, slug, locale, plan: this.parts.rules.defaultPlan }
      if (await insertTenant(tx, row, this.parts.now())) return { ...row, timeZone: 'UTC' }
    }
    throw conflict(`No short name could be found for the workspace “${tenant.name}”. Try again.`, {
      details: [{ field: 'workspace', message: 'Try again, or choose another name.' }],
    })
  }

  private async openSession(
    who: { userId: string; passwordHash: string | null; tenant: string | undefined },
    facts: RequestFacts,
  ): Promise<SignedIn> {
    const { database, sessions } = this.parts
    const opened = await database.transaction({ userId: who.userId }, async (tx) => {
      const user = await holdUser(tx, who.userId)
      // The password may have been changed, and all sessions ended, while this one was being checked.
      if (!user || user.passwordHash !== who.passwordHash) throw wrongCredentials()
      const workspace = chooseWorkspace(await listWorkspacesOf(tx, user.id), who.tenant)
      return { user, workspace, session: await sessions.open(tx, { userId: user.id, tenantId: workspace.id }, facts) }
    })
    return this.signedIn(opened.session, opened.user, opened.workspace)
  }

  private async signedIn(session: OpenSession, user: UserRow, workspace: WorkspaceRow): Promise<SignedIn> {
    return {
      accessToken: await this.parts.accessTokens.issue(session),
      refreshToken: session.refreshToken,
      expiresIn: accessTokenSeconds,
      user: profileOf(user, workspace),
      tenant: { id: workspace.id, name: workspace.name, slug: workspace.slug },
    }
  }
}

/** The workspace asked for, or the first. It is not told whether one exists that the user does not belong to. */
function chooseWorkspace(workspaces: WorkspaceRow[], wanted: string | undefined): WorkspaceRow {
  const chosen = wanted ? workspaces.find(({ id, slug }) => id === wanted || slug === wanted) : workspaces[0]
  if (chosen) return chosen
  throw forbidden(
    wanted
      ? `You are not a member of a workspace “${wanted}”. Leave it out to sign in to the one you used last.`
      : 'Your account belongs to no workspace. Ask an administrator to add you to theirs.',
  )
}

/** A person's own language and time zone, else those of the workspace. */
const profileOf = (user: UserRow, workspace: Pick<Workspace, 'locale' | 'timeZone'>): UserProfile => ({
  id: user.id,
  email: user.email,
  name: user.name,
  locale: user.locale ?? workspace.locale,
  timeZone: user.timeZone ?? workspace.timeZone,
  emailVerified: user.emailVerified,
})

const wrongCredentials = () => unauthenticated('The e-mail address or the password is wrong.')
