/** Commands that a caller wants done once: the key and the answer live in the command's own transaction. */
import { createHash } from 'node:crypto'
import { type Database, type Row, sql, type Transaction } from '../database/index.ts'
import { AppError } from '../errors/index.ts'

export interface IdempotencyKey {
  tenantId: string
  actorId: string
  key: string
  fingerprint: string
}

interface StoredAnswer extends Row {
  fingerprint: string
  answer: { output: unknown }
}

/** What makes two calls the same call. */
export const fingerprintOf = (operation: string, input: unknown): string =>
  createHash('sha256')
    .update(operation)
    .update('\0')
    .update(JSON.stringify(input) ?? '')
    .digest('hex')

/**
 * Takes the key for this transaction; a call with the same key that is still running is waited for. Returns the stored
 * answer of an earlier call, or undefined when this is the first. Another input under the same key is a mistake: 422.
 */
export async function claimKey(tx: Transaction, key: IdempotencyKey): Promise<{ output: unknown } | undefined> {
  const claimed = await tx.query(sql`insert into idempotency_keys (tenant_id, actor_id, key, fingerprint)
    values (${key.tenantId}, ${key.actorId}, ${key.key}, ${key.fingerprint}) on conflict do nothing returning key`)
  if (claimed.length > 0) return undefined
  const [stored] = await tx.query<StoredAnswer>(sql`select fingerprint, answer from idempotency_keys
    where tenant_id = ${key.tenantId} and actor_id = ${key.actorId} and key = ${key.key}`)
  if (stored && stored.fingerprint !== key.fingerprint) {
    throw new AppError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used for a different request. Use a new key for a new request.',
    )
  }
  return stored?.answer
}

export async function storeAnswer(tx: Transaction, key: IdempotencyKey, output: unknown): Promise<void> {
  await tx.query(sql`update idempotency_keys set answer = ${JSON.stringify({ output: output ?? null })}
    where tenant_id = ${key.tenantId} and actor_id = ${key.actorId} and key = ${key.key}`)
}

/** Deletes answers that nobody may ask for again, of all tenants; returns how many. */
export async function pruneAnswers(database: Database): Promise<number> {
  const [row] = await database.run<{ deleted: number }>({}, sql`select prune_answers() as deleted`)
  return row!.deleted
}
