/**
 * Whoever lets a domain go no longer speaks for it: each verified domain is looked at once a day, whichever server gets to
 * it, and counts no more after a week without its record.
 */
import { adminOf, givenRoles, memberRights } from '@oneforge/kernel/access'
import type { Database, Transaction } from '@oneforge/kernel/database'
import { loadModel } from '@oneforge/kernel/metadata'
import type { Mailer } from '@oneforge/modules/messaging'
import { domainLostMail } from '../identity-mail.ts'
import { listMembers } from '../members/members.store.ts'
import { recordOf } from './domain.service.ts'
import { claimDomainCheck, domainsToCheck, noteDomainCheck, takeVerificationBack } from './domain.store.ts'
import { DnsUnreachable, type TextRecords } from './text-records.port.ts'

const dayMs = 86_400_000
const daysWithoutRecord = 7

interface CheckOptions {
  database: Database
  textRecords: TextRecords
  mailer: Mailer
  baseUrl: string
  now?: () => Date
}

/** Looks at every verified domain that was not looked at for a day. */
export async function checkDomains(options: CheckOptions): Promise<void> {
  const { database, now = () => new Date() } = options
  // A little less than a day, so that a job that is due daily finds each domain every time.
  const since = new Date(now().getTime() - 0.9 * dayMs)
  for (const tenantId of await domainsToCheck(database, since)) {
    const claimed = await database.transaction({ tenantId }, (tx) => claimDomainCheck(tx, { since, now: now() }))
    if (claimed) await check(options, tenantId, claimed, now())
  }
}

async function check(
  { database, textRecords, mailer, baseUrl }: CheckOptions,
  tenantId: string,
  { domain, token }: { domain: string; token: string },
  now: Date,
): Promise<void> {
  const found = await hasRecord(textRecords, domain, token)
  if (found === undefined) return
  await database.transaction({ tenantId }, async (tx) => {
    const missingSince = await noteDomainCheck(tx, { domain, found, now })
    if (!missingSince || now.getTime() - new Date(missingSince).getTime() < daysWithoutRecord * dayMs) return
    await takeVerificationBack(tx)
    for (const { email, name, locale } of await administratorsOf(tx, tenantId)) {
      const link = `${baseUrl}/settings/security`
      await mailer.enqueue(tx, domainLostMail({ to: email, name, locale, domain, link, days: daysWithoutRecord }))
    }
  })
}

/** Undefined where DNS is silent, which says nothing about the record. */
async function hasRecord(textRecords: TextRecords, domain: string, token: string): Promise<boolean | undefined> {
  const { name, value } = recordOf(domain, token)
  try {
    return (await textRecords.read(name)).includes(value)
  } catch (error) {
    if (error instanceof DnsUnreachable) return undefined
    throw error
  }
}

/** Active people who can put it right. */
async function administratorsOf(
  tx: Transaction,
  tenantId: string,
): Promise<{ email: string; name: string; locale: string }[]> {
  const model = await loadModel(tx, tenantId)
  const people = new Set((await listMembers(tx, { status: 'active', kind: 'person' })).map(({ id }) => id))
  const members = await memberRights(tx, tenantId)
  return members
    .filter(({ userId, rights }) => people.has(userId) && adminOf(givenRoles(model, rights), rights).has('settings'))
    .map(({ email, name, locale }) => ({ email, name, locale: locale ?? model.locale }))
}
