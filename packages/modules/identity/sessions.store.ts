/** The SQL of sessions and refresh tokens. Every transaction here is bound to the user whose they are. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'
import type { AccessClaims } from './access-tokens.ts'
import type { RefreshToken } from './refresh-tokens.ts'

export interface NewSession {
  id: string
  userId: string
  tenantId: string
  userAgent: string | null
  ip: string | null
  /** When the person last proved who they are. */
  steppedUpAt: Date | string | null
}

/** How a session stands, and what the workspace asks of whoever has it. */
export interface SessionStanding {
  /** Nothing was done for longer than the workspace allows. */
  isIdle: boolean
  /** Its last use was noted long enough ago to be noted again. */
  isNoteDue: boolean
  /** The workspace requires a second factor that the person does not have. */
  mustEnrol: boolean
}

export interface SessionRow {
  id: string
  tenantId: string
  workspace: string
  userAgent: string | null
  ip: string | null
  createdAt: string
  lastUsedAt: string
  expiresAt: string
}

/** How exactly the last use of a session is known: it is noted at most so often. */
const noteSeconds = 60

export interface RefreshState {
  tenantId: string
  /** RFC 3339; null as long as the token was not used. */
  usedAt: string | null
  expiresAt: string
  /** RFC 3339; null as long as the session lasts. */
  sessionEndedAt: string | null
  isIdle: boolean
}

/** Minutes without a request after which the workspace `t` logs people off; null for never. */
const idleMinutes = sql`(t.settings -> 'security' ->> 'idleMinutes')::int`

/** Whether `s` was not used for longer than that. The last use may have been up to a minute after it was noted. */
const isIdle = (now: Date) =>
  sql`coalesce(s.last_used_at + make_interval(mins => ${idleMinutes}, secs => ${noteSeconds}) < ${now}, false)`

/** Whether the workspace requires a second factor of somebody with one of these roles. */
const isFactorRequired = (tenantId: string, userId: string) => sql`exists (
  select from membership_roles mr
  join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
  join tenants t on t.id = mr.tenant_id
  where mr.tenant_id = ${tenantId} and mr.user_id = ${userId}
    and t.settings -> 'security' -> 'requireSecondFactor' @> to_jsonb(r.key))`

/** Opens a session with its first refresh token; forgets sessions of the user that ended before `forgetBefore`. */
export async function insertSession(
  tx: Transaction,
  session: NewSession,
  token: RefreshToken,
  times: { now: Date; expiresAt: Date; forgetBefore: Date },
): Promise<void> {
  await tx.batch([
    sql`delete from sessions where user_id = ${session.userId} and expires_at < ${times.forgetBefore}`,
    sql`insert into sessions (id, user_id, tenant_id, user_agent, ip, created_at, last_used_at, stepped_up_at, expires_at)
        values (${session.id}, ${session.userId}, ${session.tenantId}, ${session.userAgent}, ${session.ip},
                ${times.now}, ${times.now}, ${session.steppedUpAt}, ${times.expiresAt})`,
    insertToken(token, times),
  ])
}

/** The state of a refresh token and its session, both locked until the transaction ends. */
export async function lockRefreshToken(
  tx: Transaction,
  token: RefreshToken,
  now: Date,
): Promise<RefreshState | undefined> {
  const [row] = await tx.query<RefreshState>(sql`
    select s.tenant_id as "tenantId", r.used_at as "usedAt", r.expires_at as "expiresAt", s.ended_at as "sessionEndedAt",
      ${isIdle(now)} as "isIdle"
    from refresh_tokens r join sessions s on s.id = r.session_id left join tenants t on t.id = s.tenant_id
    where r.token_hash = ${token.hash}
    for update of r, s`)
  return row
}

/** Marks the token used, stores its successor, prolongs the session, and forgets tokens that expired anyway. */
export async function replaceRefreshToken(
  tx: Transaction,
  token: RefreshToken,
  successor: RefreshToken,
  times: { now: Date; expiresAt: Date },
): Promise<void> {
  await tx.batch([
    sql`update refresh_tokens set used_at = ${times.now} where token_hash = ${token.hash}`,
    insertToken(successor, times),
    sql`update sessions set last_used_at = ${times.now}, expires_at = ${times.expiresAt} where id = ${token.sessionId}`,
    sql`delete from refresh_tokens where session_id = ${token.sessionId} and expires_at < ${times.now}`,
  ])
}

const insertToken = (token: RefreshToken, times: { now: Date; expiresAt: Date }) => sql`
  insert into refresh_tokens (token_hash, session_id, user_id, issued_at, expires_at)
  values (${token.hash}, ${token.sessionId}, ${token.userId}, ${times.now}, ${times.expiresAt})`

/** Ends a session; false when there is none such that lasts. */
export async function endSession(tx: Transaction, sessionId: string, reason: string, now: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    update sessions set ended_at = ${now}, end_reason = ${reason} where id = ${sessionId} and ended_at is null returning id`)
  return rows.length === 1
}

/** Ends all sessions of the user but one; gives the ids of those that ended now. */
export async function endSessionsExcept(
  tx: Transaction,
  userId: string,
  keptSessionId: string | null,
  reason: string,
  now: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    update sessions set ended_at = ${now}, end_reason = ${reason}
    where user_id = ${userId} and ended_at is null and id is distinct from ${keptSessionId}::uuid
    returning id`)
  return rows.map((row) => row.id)
}

/** Ends the user's sessions in one tenant; gives the ids of those that ended now. */
export async function endSessionsIn(
  tx: Transaction,
  who: { userId: string; tenantId: string },
  reason: string,
  now: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    update sessions set ended_at = ${now}, end_reason = ${reason}
    where user_id = ${who.userId} and tenant_id = ${who.tenantId} and ended_at is null returning id`)
  return rows.map((row) => row.id)
}

/** How the session stands; undefined when it has ended or its user is no active member of the tenant any more. */
export async function findStanding(
  database: Database,
  { userId, tenantId, sessionId }: AccessClaims,
  now: Date,
): Promise<SessionStanding | undefined> {
  const [row] = await database.run<SessionStanding>(
    { userId, tenantId },
    sql<SessionStanding>`
      select ${isIdle(now)} as "isIdle",
        s.last_used_at < ${now}::timestamptz - make_interval(secs => ${noteSeconds}) as "isNoteDue",
        not exists (select from second_factors f where f.user_id = s.user_id and f.confirmed_at is not null)
          and ${isFactorRequired(tenantId, userId)} as "mustEnrol"
      from sessions s
      join memberships m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
      join tenants t on t.id = s.tenant_id
      where s.id = ${sessionId} and s.tenant_id = ${tenantId}
        and s.ended_at is null and s.expires_at > ${now} and m.status = 'active'`,
  )
  return row
}

/** Whether the workspace requires a second factor of the user; the transaction must be bound to the tenant. */
export async function isSecondFactorRequired(tx: Transaction, tenantId: string, userId: string): Promise<boolean> {
  const [row] = await tx.query<{ required: boolean }>(
    sql<{ required: boolean }>`select ${isFactorRequired(tenantId, userId)} as required`,
  )
  return row!.required
}

/** Notes that the session was used just now. */
export async function noteUse(database: Database, { userId, sessionId }: AccessClaims, now: Date): Promise<void> {
  await database.run({ userId }, sql`update sessions set last_used_at = ${now} where id = ${sessionId}`)
}

/** Notes that the person has proved just now who they are. */
export async function noteStepUp(tx: Transaction, sessionId: string, now: Date): Promise<void> {
  await tx.query(sql`update sessions set stepped_up_at = ${now} where id = ${sessionId}`)
}

/** When the person last proved who they are in this session. */
export async function findStepUp(tx: Transaction, sessionId: string): Promise<string | null> {
  const [row] = await tx.query<{ at: string | null }>(
    sql<{ at: string | null }>`select stepped_up_at as at from sessions where id = ${sessionId}`,
  )
  return row?.at ?? null
}

/** Sessions of the user that last, the most recently used first. */
export function listSessions(tx: Transaction, userId: string, now: Date): Promise<SessionRow[]> {
  return tx.query<SessionRow>(sql<SessionRow>`
    select s.id, s.tenant_id as "tenantId", t.name as workspace, s.user_agent as "userAgent", s.ip,
      s.created_at as "createdAt", s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt"
    from sessions s join tenants t on t.id = s.tenant_id
    where s.user_id = ${userId} and s.ended_at is null and s.expires_at > ${now} and not ${isIdle(now)}
    order by s.last_used_at desc, s.id desc`)
}
