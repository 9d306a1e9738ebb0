/** The SQL of second factors and backup codes. Every transaction here is bound to the user whose they are. */
import { sql, type Transaction } from '@oneforge/kernel/database'

export interface SecondFactorRow {
  secretEncrypted: string
  /** RFC 3339; null until a first code was shown. */
  confirmedAt: string | null
  lastStep: number | null
}

/** The factor, locked until the transaction ends: a code cannot be used twice at the same time. */
export async function lockSecondFactor(tx: Transaction, userId: string): Promise<SecondFactorRow | undefined> {
  const [row] = await tx.query<SecondFactorRow>(sql<SecondFactorRow>`
    select secret_encrypted as "secretEncrypted", confirmed_at as "confirmedAt", last_step as "lastStep"
    from second_factors where user_id = ${userId} for update`)
  return row
}

/** Keeps a secret that is yet to be confirmed, in place of an earlier one; false when a confirmed one is there. */
export async function proposeSecret(
  tx: Transaction,
  userId: string,
  secretEncrypted: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into second_factors as f (user_id, secret_encrypted, created_at) values (${userId}, ${secretEncrypted}, ${now})
    on conflict (user_id) do update set secret_encrypted = excluded.secret_encrypted, created_at = excluded.created_at
      where f.confirmed_at is null
    returning user_id`)
  return rows.length === 1
}

export async function useTimeStep(tx: Transaction, userId: string, step: number): Promise<void> {
  await tx.query(sql`update second_factors set last_step = ${step} where user_id = ${userId}`)
}

export async function confirmSecondFactor(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx.query(sql`update second_factors set confirmed_at = ${now} where user_id = ${userId}`)
}

/** Forgets the factor with its backup codes; false when there was none. */
export async function deleteSecondFactor(tx: Transaction, userId: string): Promise<boolean> {
  const [removed] = await tx.batch([
    sql`delete from second_factors where user_id = ${userId} returning user_id`,
    sql`delete from backup_codes where user_id = ${userId}`,
  ])
  return removed!.length === 1
}

export async function replaceBackupCodes(tx: Transaction, userId: string, hashes: string[]): Promise<void> {
  await tx.batch([
    sql`delete from backup_codes where user_id = ${userId}`,
    sql`insert into backup_codes (user_id, code_hash) select ${userId}, unnest(${hashes}::text[])`,
  ])
}

/** Uses the code up; false when it is none or was used before. */
export async function useBackupCode(tx: Transaction, userId: string, hash: string, now: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    update backup_codes set used_at = ${now}
    where user_id = ${userId} and code_hash = ${hash} and used_at is null returning user_id`)
  return rows.length === 1
}

export async function countBackupCodes(tx: Transaction, userId: string): Promise<number> {
  const [row] = await tx.query<{ left: number }>(sql<{ left: number }>`
    select count(*) as left from backup_codes where user_id = ${userId} and used_at is null`)
  return row!.left
}
