/** The installation's secret: everything that must be the same on every server and secret from the database is derived from it. */
import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The configured key, or the one kept in the data directory, made at the first start. */
export async function loadMasterKey(configured: string | undefined, dataDir: string): Promise<Buffer> {
  if (configured) return Buffer.from(configured, 'hex')
  const path = join(dataDir, 'master.key')
  await mkdir(dataDir, { recursive: true })
  try {
    // `wx`: of two servers that start together one writes, both read.
    await writeFile(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const text = (await readFile(path, 'utf8')).trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Error(
      `${path} is damaged: it must hold 64 hexadecimal digits. Put back the copy from your backup; without it nobody's sessions or secrets can be read.`,
    )
  }
  return Buffer.from(text, 'hex')
}

/** A secret for one purpose; knowing it tells nothing of the key or of the others. */
export const derive = (masterKey: Buffer, purpose: string): string =>
  createHmac('sha256', masterKey).update(purpose).digest('hex')
