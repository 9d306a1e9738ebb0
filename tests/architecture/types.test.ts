import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

const compiler = join(root, 'node_modules/typescript/bin/tsc')

/** What the compiler complains of; nothing where all is right. */
function complaints(project: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '-p', project], { cwd: root }, (_, stdout) => resolve(stdout))
  })
}

describe('types', { timeout: 120_000 }, () => {
  it.each(['tsconfig.json', 'apps/web/tsconfig.json'])('are right in all files of %s', async (project) => {
    expect(await complaints(project)).toBe('')
  })
})
