import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPages } from '../../apps/web/build/chunks.ts'
import { kilobytes, pagesOf } from '../../apps/web/build/weight.ts'
import { buildWeb } from '../../scripts/build-web.mjs'

const root = resolve(import.meta.dirname, '../..')
const dist = join(root, 'apps/web/dist')

/** Of scripts before a page is drawn, compressed, in KB. */
const limit = 250
/** Of those at the door, who have nothing of the page yet. */
const limitAtTheDoor = 180
const door = ['/sign-in', '/register', '/invitation']

describe('what a page loads before it is drawn', () => {
  beforeAll(() => buildWeb(root))

  it.each(readPages().map(({ path }) => path))('of %s is within its limit', (path) => {
    const page = pagesOf(dist).find((one) => one.path === path)
    expect(kilobytes(dist, page!.scripts)).toBeLessThanOrEqual(door.includes(path) ? limitAtTheDoor : limit)
  })

  it('is known for each page of the router', () => {
    expect(readPages().length).toBeGreaterThan(20)
  })

  it('comes in few files', () => {
    const everyday = pagesOf(dist).filter(({ path }) => ['/', '/o/:object', '/o/:object/:id'].includes(path))
    for (const { scripts } of everyday) expect(scripts.length).toBeLessThanOrEqual(17)
  })
})
