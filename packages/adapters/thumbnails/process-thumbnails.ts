/**
 * Small pictures, each drawn in a process of its own: whatever a file does to what opens it ends with that process, and so
 * does one that takes too long. Pictures are opened by libvips, PDF by PDFium, the one of Chrome, as WebAssembly: it reaches
 * nothing but its own memory.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ThumbnailDrawer } from '@oneforge/modules/files'

const picture = ['--max-old-space-size=64', join(import.meta.dirname, 'draw-picture.process.ts')]
/** PDFium has half a gigabyte, in pages of 64 KB: enough for the file and for the pictures of its first page. */
const pdf = ['--max-old-space-size=128', '--wasm-max-mem-pages=8192', join(import.meta.dirname, 'draw-pdf.process.ts')]

const programs = new Map<string, string[]>([
  ...['png', 'jpeg', 'gif', 'webp', 'avif', 'tiff'].map((format) => [`image/${format}`, picture] as const),
  ['application/pdf', pdf] as const,
])

/** Of what it writes. A picture of the largest size has a tenth of it. */
const mostBytes = 1024 * 1024

export class ProcessThumbnails implements ThumbnailDrawer {
  private readonly timeoutMs: number

  constructor({ timeoutMs = 20_000 }: { timeoutMs?: number } = {}) {
    this.timeoutMs = timeoutMs
  }

  draws(type: string): boolean {
    return programs.has(type)
  }

  draw(path: string, type: string): Promise<Uint8Array | undefined> {
    const program = programs.get(type)
    if (!program) return Promise.resolve(undefined)
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...program, path], {
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
