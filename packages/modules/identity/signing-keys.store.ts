/** The SQL of the keys that sign access tokens. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

export interface StoredKey {
  kid: string
  publicKey: Record<string, unknown>
  privateKeyEncrypted: string
}

/** One number for the whole database: two servers that start together take turns in making the first key. */
const advisoryLock = 7_302_027

const columns = sql`kid, public_key as "publicKey", private_key_encrypted as "privateKeyEncrypted"`

/** Keys that have not been retired, the newest first. */
export const listSigningKeys = (database: Database): Promise<StoredKey[]> => database.run<StoredKey>({}, usableKeys)

const usableKeys = sql`
  select ${columns} from signing_keys where retired_at is null order by created_at desc, kid desc`

/** The newest usable key; until the transaction ends nobody else can find out that there is none. */
export async function lockNewestSigningKey(tx: Transaction): Promise<StoredKey | undefined> {
  await tx.query(sql`select pg_advisory_xact_lock(${advisoryLock})`)
  const [newest] = await tx.query<StoredKey>(usableKeys)
  return newest
}

export async function insertSigningKey(tx: Transaction, key: StoredKey, now: Date): Promise<void> {
  await tx.query(sql`
    insert into signing_keys (kid, public_key, private_key_encrypted, created_at)
    values (${key.kid}, ${JSON.stringify(key.publicKey)}::jsonb, ${key.privateKeyEncrypted}, ${now})`)
}
