/** The SQL of sessions and refresh tokens. Every transaction here is bound to the user whose they are. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'
import type { RefreshToken } from './refresh-tokens.ts'

export interface NewSession {
  id: string
  userId: string
  tenantId: string
  userAgent: string | null
  ip: string | null
}

export interface RefreshState {
  tenantId: string
  /** RFC 3339; null as long as the token was not used. */
  usedAt: string | null
  expiresAt: string
  /** RFC 3339; null as long as the session lasts. */
  sessionEndedAt: string | null
}

/** Opens a session with its first refresh token; forgets sessions of the user that ended before `forgetBefore`. */
export async function insertSession(
  tx: Transaction,
  session: NewSession,
  token: RefreshToken,
  times: { now: Date; expiresAt: Date; forgetBefore: Date },
): Promise<void> {
  await tx.batch([
    sql`delete from sessions where user_id = ${session.userId} and expires_at < ${times.forgetBefore}`,
    sql`insert into sessions (id, user_id, tenant_id, user_agent, ip, created_at, last_used_at, expires_at)
        values (${session.id}, ${session.userId}, ${session.tenantId}, ${session.userAgent}, ${session.ip},
                ${times.now}, ${times.now}, ${times.expiresAt})`,
    insertToken(token, times),
  ])
}

/** The state of a refresh token and its session, both locked until the transaction ends. */
export async function lockRefreshToken(tx: Transaction, token: RefreshToken): Promise<RefreshState | undefined> {
  const [row] = await tx.query<RefreshState>(sql`
    select s.tenant_id as "tenantId", t.used_at as "usedAt", t.expires_at as "expiresAt", s.ended_at as "sessionEndedAt"
    from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${token.hash}
    for update of t, s`)
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

export async function endSession(tx: Transaction, sessionId: string, reason: string, now: Date): Promise<void> {
  await tx.query(sql`
    update sessions set ended_at = ${now}, end_reason = ${reason} where id = ${sessionId} and ended_at is null`)
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

/** Whether the session lasts and its user is still an active member of the tenant. */
export async function isSessionLive(
  database: Database,
  session: { userId: string; tenantId: string; sessionId: string },
  now: Date,
): Promise<boolean> {
  const rows = await database.run(
    { userId: session.userId },
    sql`select from sessions s
        join memberships m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
        where s.id = ${session.sessionId} and s.tenant_id = ${session.tenantId}
          and s.ended_at is null and s.expires_at > ${now} and m.status = 'active'`,
  )
  return rows.length === 1
}
