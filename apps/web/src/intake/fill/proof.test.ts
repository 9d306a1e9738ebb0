import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { findProof } from './proof.ts'

it('finds what the server asks for', async () => {
  const proof = await findProof('a.b.c', 10, new AbortController().signal)
  const digest = createHash('sha256').update(`a.b.c:${proof}`).digest()
  expect(digest.readUInt32BE(0) >>> 22).toBe(0)
})

it('stops where nobody waits for it any more', async () => {
  const controller = new AbortController()
  const found = findProof('a.b.c', 32, controller.signal)
  controller.abort()
  await expect(found).rejects.toThrow()
})
