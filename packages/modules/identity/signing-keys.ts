/**
 * The Ed25519 keys that sign access tokens. They lie in the database, so all servers share them; the private half is
 * encrypted under the master key. The first is made when the first token is signed. To retire one, set `retired_at`
 * and restart the servers: its tokens are refused then, and a new key is made.
 */
import { randomBytes } from 'node:crypto'
import type { Database } from '@oneforge/kernel/database'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { deriveKey, seal, unseal } from './secrets.ts'
import { insertSigningKey, listSigningKeys, lockNewestSigningKey, type StoredKey } from './signing-keys.store.ts'

export const signatureAlgorithm = 'EdDSA'
/** A token with an invented key id must not cost a query each time. */
const reloadMs = 5_000

export interface SigningKey {
  kid: string
  privateKey: CryptoKey
}

export class SigningKeys {
  private readonly database: Database
  private readonly sealingKey: Buffer
  private readonly now: () => Date
  private readonly publicKeys = new Map<string, CryptoKey>()
  private signing: Promise<SigningKey> | undefined
  private reloading: Promise<void> = Promise.resolve()
  private reloadedAt = 0

  constructor(options: { database: Database; masterKey: Buffer; now: () => Date }) {
    this.database = options.database
    this.sealingKey = deriveKey(options.masterKey, 'signing keys')
    this.now = options.now
  }

  /** The key to sign with. */
  current(): Promise<SigningKey> {
    this.signing ??= this.loadOrCreate().catch((error) => {
      this.signing = undefined
      throw error
    })
    return this.signing
  }

  /** The key that verifies what was signed under this id; undefined when there is none. */
  async publicKey(kid: string): Promise<CryptoKey | undefined> {
    if (!this.publicKeys.has(kid)) await this.reload()
    return this.publicKeys.get(kid)
  }

  /** Callers that come together, and those soon after, wait for the same load. */
  private reload(): Promise<void> {
    const now = this.now().getTime()
    if (now - this.reloadedAt >= reloadMs) {
      this.reloadedAt = now
      this.reloading = this.loadPublicKeys().catch((error) => {
        this.reloadedAt = 0
        throw error
      })
    }
    return this.reloading
  }

  private async loadPublicKeys(): Promise<void> {
    for (const key of await listSigningKeys(this.database)) await this.remember(key)
  }

  private async loadOrCreate(): Promise<SigningKey> {
    const stored = await this.database.transaction({}, async (tx) => {
      const newest = await lockNewestSigningKey(tx)
      if (newest) return newest
      const created = await this.create()
      await insertSigningKey(tx, created, this.now())
      return created
    })
    await this.remember(stored)
    return { kid: stored.kid, privateKey: await importKey(this.openPrivateKey(stored)) }
  }

  private async create(): Promise<StoredKey> {
    const { publicKey, privateKey } = await generateKeyPair(signatureAlgorithm, { extractable: true })
    const kid = randomBytes(12).toString('base64url')
    return {
      kid,
      publicKey: { ...(await exportJWK(publicKey)) },
      privateKeyEncrypted: seal(this.sealingKey, kid, JSON.stringify(await exportJWK(privateKey))),
    }
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

  private async remember(stored: StoredKey): Promise<void> {
    this.publicKeys.set(stored.kid, await importKey(stored.publicKey))
  }
}

/** An Ed25519 key is never a plain byte array, which is what a symmetric one would become. */
const importKey = async (key: JWK): Promise<CryptoKey> => (await importJWK(key, signatureAlgorithm)) as CryptoKey
