/** The SQL of the keys that sign access tokens. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

export interface StoredKey {
  kid: string
  publicKey: Record<string, unknown>
  privateKeyEncrypted: string
  /** RFC 3339. */
  createdAt: string
}

/** One number for the whole database: two servers that start together take turns in making the first key. */
const advisoryLock = 7_302_027

const columns = sql`kid, public_key as "publicKey", private_key_encrypted as "privateKeyEncrypted",
  created_at as "createdAt"`

/** Keys that have not been retired, the newest first. */
export const listSigningKeys = (database: Database): Promise<StoredKey[]> => database.run<StoredKey>({}, usableKeys)

const usableKeys = sql`
  select ${columns} from signing_keys where retired_at is null order by created_at desc, kid desc`

/** Keys that have not been retired; until the transaction ends nobody else can find out that there is none. */
export async function lockSigningKeys(tx: Transaction): Promise<StoredKey[]> {
  await tx.query(sql`select pg_advisory_xact_lock(${advisoryLock})`)
  return tx.query<StoredKey>(usableKeys)
}

export async function insertSigningKey(tx: Transaction, key: Omit<StoredKey, 'createdAt'>, now: Date): Promise<void> {
  await tx.query(sql`
    insert into signing_keys (kid, public_key, private_key_encrypted, created_at)
    values (${key.kid}, ${JSON.stringify(key.publicKey)}::jsonb, ${key.privateKeyEncrypted}, ${now})`)
}

/** False when there is no such key, or it was retired before. */
export async function retireSigningKey(tx: Transaction, kid: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`update signing_keys set retired_at = ${now} where kid = ${kid} and retired_at is null returning kid`,
  )
  return rows.length === 1
}
