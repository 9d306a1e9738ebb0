/** The moment's work that keeps programs from filling in forms; see packages/modules/forms/proof.ts. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** Between two breaths of the page: a key that is pressed meanwhile waits no longer than a frame. */
const atOnce = 400

/** The first number whose SHA-256 behind the token begins with so many zero bits. */
export async function findProof(token: string, bits: number, signal: AbortSignal): Promise<number> {
  for (let from = 0; ; from += atOnce) {
    signal.throwIfAborted()
    for (let proof = from; proof < from + atOnce; proof++) if (isProof(token, proof, bits)) return proof
    await new Promise((resolve) => setTimeout(resolve))
  }
}

export function isProof(token: string, proof: number, bits: number): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8ToBytes(`${token}:${proof}`))
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> (32 - bits) === 0
}
