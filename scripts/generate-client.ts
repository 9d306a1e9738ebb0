/** Writes packages/client/generated.ts: the types of the API, from the document that the server makes of itself. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { OpenApiDocument } from '../apps/server/src/rest/openapi/document.ts'
import { startTestServer } from '../apps/server/src/server.fixture.ts'
import { clientTypes } from './client-types.ts'

const root = resolve(import.meta.dirname, '..')

/** The file as it should be, formatted like all others. */
export async function generateClient(serverUrl: string): Promise<string> {
  const answer = await fetch(`${serverUrl}/api/v1/openapi.json`)
  return formatted(clientTypes((await answer.json()) as OpenApiDocument))
}

function formatted(text: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'format', '--stdin-file-path=packages/client/generated.ts']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The generated types could not be formatted: ${stderr}`)
  return stdout
}

if (import.meta.main) {
  const server = await startTestServer()
  try {
    writeFileSync(join(root, 'packages/client/generated.ts'), await generateClient(server.url))
    console.log('Wrote packages/client/generated.ts')
  } finally {
    await server.stop()
  }
}
