import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { type ArchivedFile, archiveSize, namesIn, writeArchive } from './file-archive.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-archive-'))
})
afterAll(() => rm(directory, { recursive: true }))

const file = (name: string, content: string | Uint8Array, folder = ''): ArchivedFile => ({
  name,
  folder,
  size: Buffer.byteLength(content),
  changedAt: new Date('2026-03-04T05:06:08Z'),
  async *content() {
    yield Buffer.from(content)
  },
})
const named = (name: string, folder = '') => ({ name, folder })

describe('an archive', () => {
  it('holds every file with its name, and is as large as was said', async () => {
    const files = [
      file('Ñandú — 東京.txt', 'hola'),
      file('empty', ''),
      file('scan.bin', new Uint8Array(200_000), 'a/b'),
    ]
    const pieces: Uint8Array[] = []
    for await (const piece of writeArchive(files)) pieces.push(piece)
    const archive = Buffer.concat(pieces)
    expect(archive.length).toBe(archiveSize(files))
    const path = join(directory, 'archive.zip')
    await writeFile(path, archive)
    const entries: [string, number][] = []
    for await (const entry of (await yauzl.openPromise(path)).eachEntry())
      entries.push([entry.fileName, entry.uncompressedSize])
    expect(entries).toEqual([
      ['Ñandú — 東京.txt', 4],
      ['empty', 0],
      ['a/b/scan.bin', 200_000],
    ])
  })

  it('is written no faster than it is fetched', async () => {
    let given = 0
    const endless: ArchivedFile = {
      ...file('endless', ''),
      async *content() {
        for (;;) {
          given += 1
          yield new Uint8Array(1_000)
        }
      },
    }
    const archive = writeArchive([endless])
    for (let taken = 0; taken < 10; taken += 1) await archive.next()
    expect(given).toBeLessThanOrEqual(10)
    await archive.return(undefined)
  })

  it('hands on that a file cannot be read', async () => {
    const broken: ArchivedFile = {
      ...file('broken', ''),
      // biome-ignore lint/correctness/useYield: it fails before there is anything
      async *content() {
        throw new Error('gone')
      },
    }
    await expect(text(writeArchive([broken]))).rejects.toThrow('gone')
  })
})

describe('names in an archive', () => {
  it('are numbered where they would come to lie on each other', () => {
    expect(namesIn([named('a.txt'), named('A.TXT'), named('a.txt'), named('a.txt', 'b')])).toEqual([
      'a.txt',
      'A (2).TXT',
      'a (3).txt',
      'b/a.txt',
    ])
    expect(namesIn([named('Scans'), named('one', 'scans/2026')])).toEqual(['Scans (2)', 'scans/2026/one'])
    expect(namesIn([named('.env'), named('.env')])).toEqual(['.env', '.env (2)'])
  })

  it('mean on every system what they say', () => {
    const names = ['a:b?.txt', 'CON', 'nul.txt', 'console', 'ends. ', 'a<b>|"*', '..']
    expect(namesIn(names.map((name) => named(name)))).toEqual([
      'a_b_.txt',
      'CON_',
      'nul_.txt',
      'console',
      'ends_',
      'a_b____',
      '_',
    ])
    expect(namesIn([named('x', '../aux/b. ')])).toEqual(['_/aux_/b_/x'])
  })
})
