/**
 * Small pictures by libvips, in a process of its own: whatever a file does to it ends with that process, and so does one
 * that takes too long.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ThumbnailDrawer } from '@oneforge/modules/files'

const program = join(import.meta.dirname, 'draw.process.ts')
const types = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/tiff'])
/** Of what it writes. A picture of the largest size has a tenth of it. */
const mostBytes = 1024 * 1024

export class SharpThumbnails implements ThumbnailDrawer {
  private readonly timeoutMs: number

  constructor({ timeoutMs = 20_000 }: { timeoutMs?: number } = {}) {
    this.timeoutMs = timeoutMs
  }

  draws(type: string): boolean {
    return types.has(type)
  }

  draw(path: string): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--max-old-space-size=64', program, path], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {},
        timeout: this.timeoutMs,
        killSignal: 'SIGKILL',
      })
      const chunks: Buffer[] = []
      let size = 0
      child.stdout.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > mostBytes) child.kill('SIGKILL')
        else chunks.push(chunk)
      })
      child.on('error', reject)
      child.on('close', (code) => resolve(code === 0 ? Buffer.concat(chunks) : undefined))
    })
  }
}
