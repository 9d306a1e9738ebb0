/**
 * A workspace's own domain: whoever can write a TXT record of it may have the workspace reached there. Who else claims a
 * domain, and which workspace has it, is told to nobody.
 */
import { randomBytes } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { type AppError, conflict, validationError } from '@oneforge/kernel/errors'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type IdentityAction, insertAudit } from '../audit.store.ts'
import {
  type DomainRow,
  isTaken,
  markDomainVerified,
  readDomain,
  writeDomain,
  writeNextDomain,
} from './domain.store.ts'
import { DnsUnreachable, type TextRecords } from './text-records.port.ts'

export interface WorkspaceDomain {
  domain: string | null
  status: 'none' | 'pending' | 'verified'
  /** What to publish before it can be verified. */
  record: TextRecord | null
  verifiedAt: string | null
  /** What takes the place of the verified one as soon as it is verified itself. */
  next: { domain: string; record: TextRecord } | null
}

interface TextRecord {
  type: 'TXT'
  name: string
  value: string
}

const tokenBytes = 20
const longestDomain = 253
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

export class WorkspaceDomains {
  private readonly textRecords: TextRecords
  private readonly installation: string
  private readonly now: () => Date

  constructor(options: { textRecords: TextRecords; baseUrl: string; now: () => Date }) {
    this.textRecords = options.textRecords
    this.installation = new URL(options.baseUrl).hostname
    this.now = options.now
  }

  async get({ tx }: OperationContext): Promise<WorkspaceDomain> {
    return present(await readDomain(tx))
  }

  /** Claims the domain, which counts from when it is verified. Until then the one that is verified goes on counting. */
  async claim(context: OperationContext, text: string): Promise<WorkspaceDomain> {
    const domain = domainOf(text)
    if (domain === this.installation || domain.endsWith(`.${this.installation}`)) {
      throw wrongDomain(`is the address of this installation, or a part of it. Give a domain of your own.`)
    }
    const before = await readDomain(context.tx)
    if ((before.nextDomain ?? before.domain) === domain) return present(before)
    const token = randomBytes(tokenBytes).toString('hex')
    if (before.domain === domain) await writeNextDomain(context.tx, null, null)
    else if (before.verifiedAt) await writeNextDomain(context.tx, domain, token)
    else await writeDomain(context.tx, domain, token)
    await note(context, 'domain.claimed', [before.domain, domain])
    return present(await readDomain(context.tx))
  }

  /** Looks for the record. Throws CONFLICT where it is not there, where DNS is silent, and where another was faster. */
  async verify(context: OperationContext): Promise<WorkspaceDomain> {
    const { database, model } = context
    // Read beside the transaction of the call, which is not begun yet: nobody waits for DNS with a connection in hand.
    const claimed = await database.transaction({ tenantId: model.tenantId }, readDomain)
    const { record: own, status, next } = present(claimed)
    const record = next?.record ?? own
    if (!record) throw conflict('This workspace has no domain of its own yet. Set one first.')
    if (status === 'verified' && !next) return present(claimed)
    if (!(await this.readRecords(record.name)).includes(record.value)) {
      throw unverified(
        'DOMAIN_RECORD_MISSING',
        `There is no TXT record at ${record.name} that says “${record.value}”. Publish it, wait a few minutes and try again.`,
      )
    }
    const { domain, token } = claimed
    await this.takeAsVerified(context, next ? { domain: next.domain, token: claimed.nextToken } : { domain, token })
    return present(await readDomain(context.tx))
  }

  async remove(context: OperationContext): Promise<void> {
    const { domain } = await readDomain(context.tx)
    if (domain === null) return
    await writeDomain(context.tx, null, null)
    await note(context, 'domain.removed', [domain, null])
  }

  private async readRecords(name: string): Promise<string[]> {
    try {
      return await this.textRecords.read(name)
    } catch (error) {
      if (!(error instanceof DnsUnreachable)) throw error
      throw unverified('DOMAIN_UNREACHABLE', `DNS did not answer for ${name}. Try again in a few minutes.`)
    }
  }

  private async takeAsVerified(context: OperationContext, claimed: Pick<DomainRow, 'domain' | 'token'>): Promise<void> {
    try {
      if (await markDomainVerified(context.tx, claimed, this.now())) {
        await note(context, 'domain.verified', [null, claimed.domain])
        return
      }
    } catch (error) {
      if (!isTaken(error)) throw error
      throw unverified(
        'DOMAIN_TAKEN',
        `${claimed.domain} is in use already. Ask whoever looks after this installation to find out by whom.`,
      )
    }
    throw conflict('The domain was changed a moment ago from somewhere else. Look at it again.')
  }
}

function present({ domain, token, verifiedAt, nextDomain, nextToken }: DomainRow): WorkspaceDomain {
  if (domain === null) return { domain, status: 'none', record: null, verifiedAt: null, next: null }
  const next = nextDomain === null ? null : { domain: nextDomain, record: recordOf(nextDomain, nextToken!) }
  const status = verifiedAt === null ? 'pending' : 'verified'
  return { domain, status, record: recordOf(domain, token!), verifiedAt, next }
}

/** What whoever owns the domain publishes there. */
export const recordOf = (domain: string, token: string): TextRecord => ({
  type: 'TXT',
  name: `_oneforge.${domain}`,
  value: `oneforge-verification=${token}`,
})

/** In ASCII and lower case; a dot at the end is no part of it. Throws VALIDATION_ERROR for what is no domain. */
function domainOf(text: string): string {
  // The rest of an address would silently be left out.
  const domain = /[/?#@:\\]/.test(text) ? '' : domainToASCII(text.trim().replace(/\.$/, ''))
  const labels = domain.split('.')
  const isDomain = labels.length > 1 && labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1)!)
  if (isDomain && domain.length <= longestDomain) return domain
  throw wrongDomain('is no domain. Write it as crm.example.com, without https:// and without a path.')
}

const wrongDomain = (message: string): AppError => validationError([{ field: 'domain', message }])

const unverified = (hint: string, message: string): AppError =>
  conflict(message, { details: [{ field: 'domain', message: hint }] })

function note(context: OperationContext, action: IdentityAction, domain: [unknown, unknown]): Promise<void> {
  const { tx, model, actor } = context
  return insertAudit(tx, { tenantId: model.tenantId, actorId: actor.userId, action, changes: { domain } }, context)
}
