import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DiskStorage } from './disk-storage.ts'
import { keepsFiles, pieces } from './storage.fixture.ts'

let directory: string
let storage: DiskStorage
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-storage-'))
  storage = new DiskStorage(join(directory, 'files'))
})
afterAll(() => rm(directory, { recursive: true }))

describe('a disk', () => {
  keepsFiles(() => storage)

  it('has no unfinished files left', async () => {
    await expect(storage.write('left/file', pieces('12345', '67890'), 9)).rejects.toThrow()
    expect(await readdir(join(directory, 'files', 'left'))).toEqual([])
  })
})
