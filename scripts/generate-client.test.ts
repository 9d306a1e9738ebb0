import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { startTestServer } from '../apps/server/src/server.fixture.ts'
import { generateClient } from './generate-client.ts'

it('the types of the client are those of the server: else run node scripts/generate-client.ts', async () => {
  const server = await startTestServer()
  try {
    const checkedIn = readFileSync(resolve(import.meta.dirname, '../packages/client/generated.ts'), 'utf8')
    expect(await generateClient(server.url)).toBe(checkedIn)
  } finally {
    await server.stop()
  }
})
