/**
 * The Ed25519 keys that sign access tokens. They lie in the database, so all servers share them; the private half is
 * encrypted under the master key. The first is made when the first token is signed. A further one is published a minute
 * before it signs, so that every server knows it by then; a retired one is refused everywhere within that time.
 */
import { randomBytes } from 'node:crypto'
import type { Database } from '@oneforge/kernel/database'
import { conflict, notFound } from '@oneforge/kernel/errors'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { deriveKey, seal, unseal } from './secrets.ts'
import {
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  retireSigningKey,
  type StoredKey,
} from './signing-keys.store.ts'

export const signatureAlgorithm = 'EdDSA'
/** How long after its creation a key begins to sign. */
const publishedMs = 60_000
/** How old a server's knowledge of the keys may be. */
const reloadMs = 30_000
/** A token with an invented key id must not cost a query each time. */
const unknownReloadMs = 5_000

export interface SigningKey {
  kid: string
  privateKey: CryptoKey
}

export interface SigningKeyInfo {
  kid: string
  createdAt: string
  /** Whether it signs now; the others only verify. */
  signs: boolean
}

/** The usable keys as of a moment, the newest first. */
interface KeyRing {
  stored: StoredKey[]
  publicKeys: Map<string, CryptoKey>
  /** Milliseconds since 1970. */
  loadedAt: number
}

export class SigningKeys {
  private readonly database: Database
  private readonly sealingKey: Buffer
  private readonly now: () => Date
  private readonly privateKeys = new Map<string, CryptoKey>()
  private ring: KeyRing | undefined
  private loading: Promise<KeyRing> | undefined

  constructor(options: { database: Database; masterKey: Buffer; now: () => Date }) {
    this.database = options.database
    this.sealingKey = deriveKey(options.masterKey, 'signing keys')
    this.now = options.now
  }

  /** The key to sign with; made if there is none. */
  async current(): Promise<SigningKey> {
    let ring = await this.fresh(reloadMs)
    if (ring.stored.length === 0) {
      await this.createFirst()
      ring = await this.load()
    }
    const stored = signer(ring.stored, this.now())
    return { kid: stored.kid, privateKey: await this.privateKeyOf(stored) }
  }

  /** The key that verifies what was signed under this id; undefined when there is none, or it was retired. */
  async publicKey(kid: string): Promise<CryptoKey | undefined> {
    const known = (await this.fresh(reloadMs)).publicKeys.get(kid)
    return known ?? (await this.fresh(unknownReloadMs)).publicKeys.get(kid)
  }

  /** Makes a key that signs from a minute on; those before it go on verifying until they are retired. */
  async rotate(): Promise<SigningKeyInfo[]> {
    await this.database.transaction({}, async (tx) => {
      await lockSigningKeys(tx)
      await insertSigningKey(tx, await this.create(), this.now())
    })
    return this.list()
  }

  /** Tokens that this key signed are refused by every server within a minute. Throws NOT_FOUND, CONFLICT. */
  async retire(kid: string): Promise<SigningKeyInfo[]> {
    await this.database.transaction({}, async (tx) => {
      const usable = await lockSigningKeys(tx)
      if (usable.length === 1 && usable[0]!.kid === kid) {
        throw conflict('This is the only signing key. Make another one first: tokens are signed with it in a minute.')
      }
      if (!(await retireSigningKey(tx, kid, this.now()))) throw notFound(`The signing key ${kid}`)
    })
    return this.list()
  }

  /** Usable keys, the newest first. */
  async list(): Promise<SigningKeyInfo[]> {
    const { stored } = await this.load()
    return stored.map((key) => ({
      kid: key.kid,
      createdAt: key.createdAt,
      signs: key === signer(stored, this.now()),
    }))
  }

  /** What is known of the keys, unless it is older than this. Callers that come together wait for the same load. */
  private async fresh(maxAgeMs: number): Promise<KeyRing> {
    const age = this.ring && this.now().getTime() - this.ring.loadedAt
    return this.ring && age! < maxAgeMs ? this.ring : this.load()
  }

  private load(): Promise<KeyRing> {
    this.loading ??= this.read().finally(() => {
      this.loading = undefined
    })
    return this.loading
  }

  private async read(): Promise<KeyRing> {
    const loadedAt = this.now().getTime()
    const stored = await listSigningKeys(this.database)
    const publicKeys = new Map<string, CryptoKey>()
    for (const key of stored) {
      publicKeys.set(key.kid, this.ring?.publicKeys.get(key.kid) ?? (await importKey(key.publicKey)))
    }
    this.ring = { stored, publicKeys, loadedAt }
    return this.ring
  }

  /** Of several servers that find no key, one makes it. */
  private async createFirst(): Promise<void> {
    await this.database.transaction({}, async (tx) => {
      if ((await lockSigningKeys(tx)).length > 0) return
      await insertSigningKey(tx, await this.create(), this.now())
    })
    // A load that began earlier has not seen it.
    await this.loading
  }

  private async create(): Promise<Omit<StoredKey, 'createdAt'>> {
    const { publicKey, privateKey } = await generateKeyPair(signatureAlgorithm, { extractable: true })
    const kid = randomBytes(12).toString('base64url')
    return {
      kid,
      publicKey: { ...(await exportJWK(publicKey)) },
      privateKeyEncrypted: seal(this.sealingKey, kid, JSON.stringify(await exportJWK(privateKey))),
    }
  }

  private async privateKeyOf(stored: StoredKey): Promise<CryptoKey> {
    const known = this.privateKeys.get(stored.kid)
    if (known) return known
    const key = await importKey(this.openPrivateKey(stored))
    this.privateKeys.set(stored.kid, key)
    return key
  }

  private openPrivateKey(stored: StoredKey): JWK {
    try {
      return JSON.parse(unseal(this.sealingKey, stored.kid, stored.privateKeyEncrypted))
    } catch (error) {
      throw new Error(
        `The signing key ${stored.kid} was encrypted with another master key. Set OF_MASTER_KEY to the one this database was made with.`,
        { cause: error },
      )
    }
  }
}

/** The newest key that every server knows by now; the oldest when none is that old. */
function signer(newestFirst: StoredKey[], now: Date): StoredKey {
  const published = newestFirst.find((key) => Date.parse(key.createdAt) <= now.getTime() - publishedMs)
  return published ?? newestFirst.at(-1)!
}

/** An Ed25519 key is never a plain byte array, which is what a symmetric one would become. */
const importKey = async (key: JWK): Promise<CryptoKey> => (await importJWK(key, signatureAlgorithm)) as CryptoKey
