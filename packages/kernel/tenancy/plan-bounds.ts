/**
 * What keeps a tenant within its plan: records, people and files. Each bound is decided in the database under a lock of
 * the tenant's, so it holds to the last one however many servers add something at the same time. Plans without the bound
 * cost nothing.
 */
import { type RawBuilder, sql, type Transaction } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { type PlanHolder, planInForce } from './plans.ts'

/** What a plan has run out of. */
export interface PlanShortage {
  kind: 'records' | 'members' | 'storage'
  plan: string
  /** Storage in bytes. */
  limit: number
  used: number
}

/** The SQLSTATE with which `admit_records` refuses; its message is a `PlanShortage` as JSON. */
const shortageState = 'OF004'

/** The shortage that the database told of, if that is what went wrong. */
export function shortageOf(error: unknown): PlanShortage | undefined {
  const { code, message } = error as { code?: string; message?: string }
  return code === shortageState ? (JSON.parse(message!) as PlanShortage) : undefined
}

/** 403 that names the plan, what ran out and what to do next; the page switches on the hint in its details. */
export const planExhausted = (shortage: PlanShortage): AppError =>
  new AppError('FORBIDDEN', explanation(shortage), {
    details: [{ field: 'plan', message: `PLAN_${shortage.kind.toUpperCase()}` }],
  })

function explanation({ kind, plan, limit, used }: PlanShortage): string {
  const larger = 'ask whoever looks after this installation for a larger plan.'
  switch (kind) {
    case 'records':
      return `The plan “${plan}” allows ${grouped(limit)} records, and ${grouped(used)} are there. Move records that nobody needs to the trash, or ${larger}`
    case 'members':
      return `The plan “${plan}” allows ${grouped(limit)} people, and no place is left for another one. Deactivate somebody, withdraw an invitation, or ${larger}`
    case 'storage':
      return `The plan “${plan}” allows ${inGigabytes(limit)} of files, and ${inGigabytes(used)} are kept. Remove files that nobody needs, or ${larger}`
  }
}

const grouped = (count: number): string => count.toLocaleString('en')
const inGigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`

/**
 * A condition for the statement that adds records: it admits them or raises a `PlanShortage`. In the statement it must
 * stand where it is evaluated before a counter is locked. Empty for a plan without a bound.
 */
export function admittedBy(holder: PlanHolder & { tenantId: string }, count: number, now: Date): RawBuilder<unknown> {
  const { name, records } = planInForce(holder, now)
  if (records === null) return sql``
  return sql` and admit_records(${holder.tenantId}, ${count}, ${records}, ${name})`
}

/** How many people the tenant has, invited ones included: their places are taken until the invitation expires. */
export const placesTaken = (tenantId: string, now: Date): RawBuilder<unknown> =>
  sql`select
      (select count(*) from memberships m join users u on u.id = m.user_id
        where m.tenant_id = ${tenantId} and m.status = 'active' and u.kind = 'person')::int as active,
      (select count(*) from invitations i where i.tenant_id = ${tenantId} and i.accepted_at is null
        and i.declined_at is null and i.revoked_at is null and i.expires_at > ${now})::int as invited`

/**
 * To be called in the transaction that has just added a person or an invitation. Who adds one at the same time waits
 * here until that is committed, and counts it. Throws FORBIDDEN when there are more than the plan allows.
 */
export async function requirePlace(tx: Transaction, now: Date): Promise<void> {
  const tenantId = tx.tenantId!
  const [tenants] = await tx.batch([
    sql`select plan, trial_ends_at as "trialEndsAt" from tenants where id = ${tenantId} for no key update`,
  ])
  const { name, members: limit } = planInForce(tenants![0] as unknown as PlanHolder, now)
  if (limit === null) return
  const [{ active, invited }] = (await tx.query(placesTaken(tenantId, now))) as [{ active: number; invited: number }]
  const used = active + invited
  if (used > limit) throw planExhausted({ kind: 'members', plan: name, limit, used })
}

/**
 * To be called in the transaction that has just noted a file, which has locked the tenant's counter. Throws FORBIDDEN when
 * more is kept than the plan allows; whoever calls removes the file then.
 */
export async function requireStorage(
  tx: Transaction,
  holder: PlanHolder & { tenantId: string },
  now: Date,
): Promise<void> {
  const { name, storageBytes: limit } = planInForce(holder, now)
  if (limit === null) return
  const [counter] = await tx.query<{ bytes: number }>(
    sql<{ bytes: number }>`select bytes from storage_counters where tenant_id = ${holder.tenantId}`,
  )
  const used = counter?.bytes ?? 0
  if (used > limit) throw planExhausted({ kind: 'storage', plan: name, limit, used })
}
