// Writes migrations/manifest.json: each migration with its SHA-256. Run it after adding one; released ones never change.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('../migrations', import.meta.url))
const manifest = {}
for (const name of readdirSync(directory)
  .filter((file) => file.endsWith('.sql'))
  .sort()) {
  manifest[name] = createHash('sha256')
    .update(readFileSync(join(directory, name), 'utf8'))
    .digest('hex')
}
writeFileSync(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
