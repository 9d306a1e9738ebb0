/** The rules of signing in and out, and of moving from one workspace to another. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { forbidden, unauthenticated } from '@oneforge/kernel/errors'
import { type RequestFacts, requireInUse } from '@oneforge/kernel/tenancy'
import { type AccessTokens, accessTokenSeconds } from './access-tokens.ts'
import { insertAudit } from './audit.store.ts'
import { bindTenant } from './bindings.store.ts'
import { type Credentials, type GivenCredentials, type ProvenUser, wrongCredentials } from './credentials.ts'
import { findUser, holdUser, listWorkspacesOf, type UserRow, type WorkspaceRow } from './identity.store.ts'
import type { Person } from './person.ts'
import { profileOf, referenceOf, type UserProfile, type WorkspaceReference } from './profile.ts'
import { findStepUp, noteStepUp } from './sessions.store.ts'
import type { OpenSession, Sessions } from './sessions.ts'

export interface SignedIn {
  accessToken: string
  refreshToken: string
  /** Seconds that the access token lasts. */
  expiresIn: number
  user: UserProfile
  tenant: WorkspaceReference
}

export interface OwnWorkspace extends WorkspaceReference {
  current: boolean
  lastUsedAt: string | null
}

/** A session that was opened, with what its holder is told. */
export interface Opened {
  session: OpenSession
  user: UserRow
  workspace: WorkspaceRow
}

interface Parts {
  database: Database
  credentials: Credentials
  sessions: Sessions
  accessTokens: AccessTokens
}

export class SignIn {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Signs in with password and, if the account has one, second factor. */
  async login(given: GivenCredentials, facts: RequestFacts): Promise<SignedIn> {
    const proven = await this.parts.credentials.prove(given, facts)
    const opened = await this.parts.database.transaction({ userId: proven.userId }, async (tx) => {
      await this.holdProven(tx, proven)
      return this.open(tx, proven.userId, given.tenant, facts)
    })
    return this.handOver(opened)
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
    return this.handOver({ session, user, workspace })
  }

  async logout({ userId, sessionId }: Person): Promise<void> {
    const { database, sessions } = this.parts
    if (!sessionId) return
    await database.transaction({ userId }, (tx) => sessions.end(tx, sessionId, 'signed out'))
  }

  /** Workspaces that the person may go to, the one used last first. */
  workspaces({ userId, tenantId }: Person): Promise<OwnWorkspace[]> {
    return this.parts.database.transaction({ userId }, async (tx) =>
      (await listWorkspacesOf(tx, userId)).map((workspace) => ({
        ...referenceOf(workspace),
        current: workspace.id === tenantId,
        lastUsedAt: workspace.lastUsedAt,
      })),
    )
  }

  /** Opens a session in another workspace and ends the one that the person came with. */
  async switchTo(person: Person, tenant: string, facts: RequestFacts): Promise<SignedIn> {
    const { userId } = person
    return this.handOver(
      await this.parts.database.transaction({ userId }, (tx) => this.move(tx, person, tenant, facts)),
    )
  }

  /** The same as part of a transaction that is bound to the user. That they moved does not prove who they are. */
  async move(tx: Transaction, { userId, sessionId }: Person, tenant: string, facts: RequestFacts): Promise<Opened> {
    const steppedUpAt = sessionId ? await findStepUp(tx, sessionId) : null
    if (sessionId) await this.parts.sessions.end(tx, sessionId, 'went to another workspace')
    return this.open(tx, userId, tenant, facts, steppedUpAt)
  }

  /** Notes that the person has proved again who they are. */
  async stepUp(person: Person, given: { password?: string; otp?: string }, facts: RequestFacts): Promise<void> {
    const { userId, tenantId, sessionId } = person
    if (!sessionId) throw forbidden('Only somebody who is signed in can confirm that it is them.')
    await this.parts.credentials.proveAgain(userId, given, facts)
    await this.parts.database.transaction({ userId, tenantId }, async (tx) => {
      await noteStepUp(tx, sessionId, facts.now)
      await insertAudit(tx, { tenantId, actorId: userId, action: 'auth.step_up' }, facts)
    })
  }

  /**
   * Opens a session in the workspace asked for, else in the one used last, in a transaction that is bound to the user;
   * afterwards it is bound to the workspace as well.
   */
  async open(
    tx: Transaction,
    userId: string,
    wanted: string | undefined,
    facts: RequestFacts,
    steppedUpAt?: string | Date | null,
  ): Promise<Opened> {
    const user = await findUser(tx, userId)
    if (!user) throw unauthenticated()
    const workspace = chooseWorkspace(await listWorkspacesOf(tx, userId), wanted)
    await bindTenant(tx, workspace.id)
    const session = await this.parts.sessions.open(tx, { userId, tenantId: workspace.id }, facts, steppedUpAt)
    await insertAudit(tx, { tenantId: workspace.id, actorId: userId, action: 'auth.login' }, facts)
    return { session, user, workspace }
  }

  /** The password may have been changed, and all sessions ended, while this one was being checked. */
  async holdProven(tx: Transaction, proven: ProvenUser): Promise<void> {
    const user = await holdUser(tx, proven.userId)
    if (user?.passwordHash !== proven.passwordHash) throw wrongCredentials()
  }

  /** What the client gets for a session that was opened, once that is committed. */
  async handOver({ session, user, workspace }: Opened): Promise<SignedIn> {
    return {
      accessToken: await this.parts.accessTokens.issue(session),
      refreshToken: session.refreshToken,
      expiresIn: accessTokenSeconds,
      user: profileOf(user, workspace),
      tenant: referenceOf(workspace),
    }
  }
}

/**
 * The workspace asked for, or the first that is in use. It is not told whether one exists that the user does not belong
 * to; of one that is suspended it is told why.
 */
function chooseWorkspace(workspaces: WorkspaceRow[], wanted: string | undefined): WorkspaceRow {
  const inUse = workspaces.find(({ suspendedReason }) => suspendedReason === null)
  const chosen = wanted ? workspaces.find(({ id, slug }) => id === wanted || slug === wanted) : (inUse ?? workspaces[0])
  if (chosen) {
    requireInUse(chosen)
    return chosen
  }
  throw forbidden(
    wanted
      ? `You are not a member of a workspace “${wanted}”. Leave it out to sign in to the one you used last.`
      : 'Your account belongs to no workspace. Ask an administrator to add you to theirs.',
  )
}
