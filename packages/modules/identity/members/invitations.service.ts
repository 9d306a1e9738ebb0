/** The rules of invitations: who may be invited to what, and what their link is good for. */
import { type Database, isId, newId, type Transaction } from '@oneforge/kernel/database'
import { AppError, because, conflict, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import { bumpVersion, type TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type RequestFacts, requirePlace } from '@oneforge/kernel/tenancy'
import type { Mailer } from '@oneforge/modules/messaging'
import { type IdentityAction, insertAudit } from '../audit.store.ts'
import { bindUser } from '../bindings.store.ts'
import type { Credentials } from '../credentials.ts'
import { findLogin, findUser, insertUser } from '../identity.store.ts'
import { invitationMail } from '../identity-mail.ts'
import { isSameHash, type LinkToken, newLinkToken, parseLinkToken } from '../link-tokens.ts'
import type { PageLinks } from '../page-links.ts'
import { requireGoodPassword } from '../password-rules.ts'
import type { Passwords } from '../passwords.ts'
import type { Person } from '../person.ts'
import type { Opened, SignedIn, SignIn } from '../sign-in.service.ts'
import { invitations, type Throttle } from '../throttle.ts'
import { knownRoles, requireMayHandOut } from './granting.ts'
import {
  closeInvitation,
  type InvitationRow,
  insertInvitation,
  listInvitations,
  lockInvitation,
  type OpenInvitation,
  renewInvitation,
  roleLabels,
} from './invitations.store.ts'
import { joinTenant, listMembers } from './members.store.ts'

const days = 7

export interface NewcomerInput {
  token: string
  /** Of a person without an account. */
  name?: string
  password: string
  otp?: string
}

export interface SeenInvitation {
  workspace: { name: string }
  email: string
  /** Labels. */
  roles: string[]
  invitedBy: string | null
  account: 'new' | 'existing'
  expiresAt: string
}

/** Opens a session in the workspace for who has just become a member of it. */
type Enter = (tx: Transaction, userId: string, tenantId: string) => Promise<Opened>

interface Parts {
  database: Database
  mailer: Mailer
  links: PageLinks
  credentials: Credentials
  passwords: Passwords
  signIn: SignIn
  throttle: Throttle
  now: () => Date
}

export class Invitations {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  list({ tx }: OperationContext): Promise<InvitationRow[]> {
    return listInvitations(tx, this.parts.now())
  }

  /** Invites the address. Throws CONFLICT for a member, FORBIDDEN for roles beyond the caller's own or a full workspace. */
  async invite(
    context: OperationContext,
    input: { email: string; roles: string[]; locations: string[] },
  ): Promise<InvitationRow> {
    const { tx, model, actor } = context
    knownRoles(model, input.roles)
    requireMayHandOut(context, input.roles, input.locations)
    requireLocations(model, input.locations)
    await this.parts.throttle.require(invitations, model.tenantId)
    await this.requireVerified(tx, actor.userId!)
    await requireNoMember(tx, input.email)
    const now = this.parts.now()
    const id = newId()
    const token = newLinkToken('invitation', [model.tenantId, id])
    const invitation = { ...input, id, tokenHash: token.hash, invitedBy: actor.userId, expiresAt: expiryFrom(now) }
    if (!(await insertInvitation(tx, model.tenantId, invitation, now))) {
      throw conflict(`${input.email} has been invited already. Send that invitation again instead.`, {
        details: [{ field: 'email', message: 'There is an open invitation to this address.' }],
      })
    }
    await requirePlace(tx, now)
    await this.note(tx, context, model.tenantId, actor.userId, 'members.invited', input)
    return this.send(context, id, token)
  }

  /** Sends another link; the one that was sent before is void. */
  async resend(context: OperationContext, id: string): Promise<InvitationRow> {
    const { tx, model, actor } = context
    await this.parts.throttle.require(invitations, model.tenantId)
    const invitation = await this.take(tx, id)
    if (invitation.status !== 'pending' && invitation.status !== 'expired') throw closed(invitation)
    requireMayHandOut(context, invitation.roles, invitation.locations)
    await this.requireVerified(tx, actor.userId!)
    const token = newLinkToken('invitation', [model.tenantId, id])
    await renewInvitation(tx, id, token.hash, expiryFrom(this.parts.now()))
    if (invitation.status === 'expired') await requirePlace(tx, this.parts.now())
    await this.note(tx, context, model.tenantId, actor.userId, 'members.invitation_resent', invitation)
    return this.send(context, id, token)
  }

  async revoke(context: OperationContext, id: string): Promise<void> {
    const { tx, model, actor } = context
    const invitation = await this.take(tx, id)
    if (invitation.status !== 'pending' && invitation.status !== 'expired') throw closed(invitation)
    await closeInvitation(tx, id, { status: 'revoked' }, this.parts.now())
    await this.note(tx, context, model.tenantId, actor.userId, 'members.invitation_revoked', invitation)
  }

  /** What the link is about, for whoever holds it. */
  async view(tokenText: string): Promise<SeenInvitation> {
    const seen = await this.withInvitation(tokenText, async (tx, invitation) => ({
      workspace: { name: invitation.workspace },
      email: invitation.email,
      roles: await roleLabels(tx, invitation.roles),
      invitedBy: invitation.invitedBy?.name ?? null,
      expiresAt: invitation.expiresAt,
    }))
    return { ...seen, account: (await findLogin(this.parts.database, seen.email)) ? 'existing' : 'new' }
  }

  /** Joins with a new account, or with the password of the account that the address has. */
  async accept(input: NewcomerInput, facts: RequestFacts): Promise<SignedIn> {
    const { signIn } = this.parts
    const { email, account } = await this.view(input.token)
    if (account === 'existing') {
      const proven = await this.parts.credentials.prove({ email, password: input.password, otp: input.otp }, facts)
      return this.join(input.token, facts, async (tx) => {
        await bindUser(tx, proven.userId)
        await signIn.holdProven(tx, proven)
        return proven.userId
      })
    }
    if (!input.name) throw validationError([{ field: 'name', message: 'Give your name.' }])
    requireGoodPassword('password', input.password, [email, input.name])
    const newcomer = {
      id: newId(),
      email,
      name: input.name,
      passwordHash: await this.parts.passwords.hash(input.password),
    }
    return this.join(input.token, facts, async (tx) => {
      await bindUser(tx, newcomer.id)
      const emailVerifiedAt = this.parts.now()
      if (await insertUser(tx, { ...newcomer, kind: 'person', emailVerifiedAt }, emailVerifiedAt)) return newcomer.id
      throw conflict(`There is an account with the e-mail address ${email} by now. Sign in with its password.`)
    })
  }

  /** Joins as who is signed in, whose address must be the invited one; the session moves to the workspace. */
  async joinAs(person: Person, tokenText: string, facts: RequestFacts): Promise<SignedIn> {
    const { email } = await this.view(tokenText)
    const identify = async (tx: Transaction) => {
      await bindUser(tx, person.userId)
      const user = await findUser(tx, person.userId)
      if (user?.email === email) return person.userId
      throw forbidden(`This invitation is for ${email}. Sign out, and accept it with that account.`)
    }
    const enter: Enter = (tx, _userId, tenantId) => this.parts.signIn.move(tx, person, tenantId, facts)
    return this.join(tokenText, facts, identify, enter)
  }

  async decline(tokenText: string, facts: RequestFacts): Promise<void> {
    await this.withInvitation(tokenText, async (tx, invitation, tenantId) => {
      await closeInvitation(tx, invitation.id, { status: 'declined' }, this.parts.now())
      await this.note(tx, facts, tenantId, null, 'members.invitation_declined', invitation)
    })
  }

  /** Makes whoever `identify` finds or makes a member, in one transaction, and lets them enter. */
  private async join(
    tokenText: string,
    facts: RequestFacts,
    identify: (tx: Transaction) => Promise<string>,
    enter: Enter = (tx, userId, tenantId) => this.parts.signIn.open(tx, userId, tenantId, facts),
  ): Promise<SignedIn> {
    const { signIn, now } = this.parts
    const opened = await this.withInvitation(tokenText, async (tx, invitation, tenantId): Promise<Opened> => {
      await bumpVersion(tx, tenantId)
      const userId = await identify(tx)
      const { roles, locations } = invitation
      if (!(await joinTenant(tx, { tenantId, userId, roles, locations }, now()))) {
        throw forbidden(`You were shut out of ${invitation.workspace}. Ask its administrators to let you in again.`)
      }
      await closeInvitation(tx, invitation.id, { status: 'accepted', by: userId }, now())
      const payload = { invitedBy: invitation.invitedBy?.id ?? null }
      await appendEvents(tx, [{ type: 'invitation.accepted', actorId: userId, payload }])
      await requirePlace(tx, now())
      await this.note(tx, facts, tenantId, userId, 'members.joined', invitation)
      return enter(tx, userId, tenantId)
    })
    return signIn.handOver(opened)
  }

  /** Works with the invitation that the link is for, locked, in a transaction that is bound to its tenant. */
  private withInvitation<T>(
    tokenText: string,
    work: (tx: Transaction, invitation: OpenInvitation, tenantId: string) => Promise<T>,
  ): Promise<T> {
    const token = parseLinkToken('invitation', tokenText, 2)
    if (!token) throw voidLink()
    const [tenantId, id] = token.ids as [string, string]
    return this.parts.database.transaction({ tenantId }, async (tx) => {
      const invitation = await lockInvitation(tx, id, this.parts.now())
      if (!invitation || !isSameHash(invitation.tokenHash, token.hash) || invitation.status !== 'pending')
        throw voidLink()
      return work(tx, invitation, tenantId)
    })
  }

  private async take(tx: Transaction, id: string): Promise<OpenInvitation> {
    const invitation = isId(id) ? await lockInvitation(tx, id, this.parts.now()) : undefined
    if (!invitation) throw notFound(`The invitation ${id}`)
    return invitation
  }

  private async send({ tx, locale, actor }: OperationContext, id: string, token: LinkToken): Promise<InvitationRow> {
    const invitation = await this.take(tx, id)
    const { email: to, workspace, domain } = invitation
    const link = this.parts.links.invitation(token.text, domain)
    await this.parts.mailer.enqueue(tx, invitationMail({ to, locale, workspace, inviter: actor.name, link, days }))
    return invitation
  }

  /** Where mail goes out, strangers must not have us send it under an address that is not theirs. */
  private async requireVerified(tx: Transaction, userId: string): Promise<void> {
    if (!this.parts.mailer.delivers) return
    const user = await findUser(tx, userId)
    if (user?.emailVerified) return
    throw new AppError('FORBIDDEN', 'Confirm your own e-mail address first: we have sent you a link.', {
      details: [{ field: 'emailVerified', message: 'EMAIL_UNVERIFIED' }],
    })
  }

  private note(
    tx: Transaction,
    facts: RequestFacts,
    tenantId: string,
    actorId: string | null,
    action: IdentityAction,
    { email, roles }: { email: string; roles: string[] },
  ): Promise<void> {
    const changes: Record<string, [unknown, unknown]> = { email: [null, email], roles: [null, roles] }
    return insertAudit(tx, { tenantId, actorId, action, changes }, facts)
  }
}

function requireLocations(model: TenantModel, ids: string[]): void {
  const unknown = ids.find((id) => !model.locations.get(id)?.active)
  if (!unknown) return
  throw validationError([
    { field: 'locations', message: `There is no location ${unknown} in use. Choose another one.` },
  ])
}

async function requireNoMember(tx: Transaction, email: string): Promise<void> {
  const member = (await listMembers(tx)).find((each) => each.email === email && each.status !== 'left')
  if (!member) return
  const advice = member.status === 'active' ? 'is a member already' : 'is a deactivated member: reactivate them instead'
  throw conflict(`${email} ${advice}.`, { details: [{ field: 'email', message: `This person ${advice}.` }] })
}

const expiryFrom = (now: Date): Date => new Date(now.getTime() + days * 86_400_000)

const closed = ({ status }: OpenInvitation) =>
  conflict(`This invitation was ${status}. Invite the person anew.`, because('INVITATION_CLOSED', 'invitation'))

const voidLink = () =>
  new AppError(
    'NOT_FOUND',
    'This invitation is no longer good: it was used, withdrawn or is too old. Ask for another one.',
  )
