/**
 * Several files as one ZIP archive, written while it is fetched: no more than a piece of one part is in memory. Nothing is
 * compressed, since what is large among files (pictures, PDF, films) is so already; and so its size is known beforehand.
 */
import { Zip, ZipPassThrough } from 'fflate'

export interface ArchivedFile {
  name: string
  /** Names joined by slashes; empty at the top. */
  folder: string
  /** In bytes. */
  size: number
  changedAt: Date
  content: () => AsyncIterable<Uint8Array>
}

/** The format counts places in 32 bits; what goes beyond is read by few programs. A little of it is for the names. */
export const largestArchive = 4 * 1024 ** 3 - 16 * 1024 ** 2

/** The bytes of the archive. */
export async function* writeArchive(files: ArchivedFile[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  for (const [index, name] of namesIn(files).entries()) {
    const file = files[index]!
    const entry = new ZipPassThrough(name)
    entry.mtime = withinFormat(file.changedAt)
    zip.add(entry)
    for await (const piece of file.content()) {
      entry.push(piece)
      yield* ready.splice(0)
    }
    entry.push(new Uint8Array(), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready
}

/** For each file a header and a footer around its content, and a line in the list at the end (APPNOTE 4.3). */
const bytesPerFile = 30 + 16 + 46
const bytesAtEnd = 22

/** How many bytes {@link writeArchive} gives. */
export function archiveSize(files: Pick<ArchivedFile, 'name' | 'folder' | 'size'>[]): number {
  const names = namesIn(files).reduce((sum, name) => sum + 2 * Buffer.byteLength(name), 0)
  return files.reduce((sum, { size }) => sum + size + bytesPerFile, names + bytesAtEnd)
}

/** Where each file lies in the archive. Of those that would come to lie on each other the later ones get a number. */
export function namesIn(files: Pick<ArchivedFile, 'name' | 'folder'>[]): string[] {
  const folders = files.map(({ folder }) => (folder === '' ? '' : `${folder.split('/').map(safeName).join('/')}/`))
  // Nor may a file be called like a folder beside it.
  const taken = new Set(folders.flatMap(placesAlong))
  return files.map(({ name }, index) => {
    const place = firstFree(`${folders[index]}${safeName(name)}`, taken)
    taken.add(place.toLowerCase())
    return place
  })
}

/** `a/b/` is the folders `a` and `a/b`. */
const placesAlong = (folder: string): string[] =>
  [...folder.matchAll(/\//g)].map(({ index }) => folder.slice(0, index).toLowerCase())

/** Windows and macOS tell no capital letters from small ones. */
function firstFree(place: string, taken: ReadonlySet<string>): string {
  const [, stem = place, ending = ''] = /^(.*[^/])(\.[^./]+)$/s.exec(place) ?? []
  let free = place
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem} (${number})${ending}`
  return free
}

/** What Windows gives no file as a name, whatever ending follows. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** The name as every system can write it: on Windows some characters, endings and words stand for something else. */
const safeName = (name: string): string =>
  name
    .replace(/[<>:"|?*\\/\p{Cc}]/gu, '_')
    .replace(/[. ]+$/u, '_')
    .replace(reserved, '$&_')

/** The format knows the years from 1980 to 2099. */
const withinFormat = (moment: Date): Date =>
  new Date(Math.min(Math.max(moment.getTime(), Date.UTC(1980, 0, 2)), Date.UTC(2099, 11, 30)))
