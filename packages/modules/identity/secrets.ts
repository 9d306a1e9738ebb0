/** What is made of the installation's master key: one key for each purpose, and values sealed with such a key. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** A key of 32 bytes for one purpose; from it nobody learns the master key or that of another purpose. */
export function deriveKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `oneforge identity: ${purpose}`, 32))
}

/** Encrypts a text for keeping. `label` says what it is of: unsealing under another label fails. */
export function seal(key: Buffer, label: string, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(label))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url')
}

/** The text that was sealed. Throws when the key or the label is another, or the value was altered. */
export function unseal(key: Buffer, label: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const nonce = bytes.subarray(0, nonceBytes)
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(label))
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}

/** Both for one purpose, for modules that keep secrets of their own. */
export function sealingFor(masterKey: Buffer, purpose: string) {
  const key = deriveKey(masterKey, purpose)
  return {
    seal: (label: string, text: string) => seal(key, label, text),
    unseal: (label: string, sealed: string) => unseal(key, label, sealed),
  }
}
