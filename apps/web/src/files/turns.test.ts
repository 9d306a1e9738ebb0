import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('lets some go on at a time, in their order, whatever becomes of those before', async () => {
  const turns = new Turns(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const works = [0, 1, 2, 3].map((at) =>
    turns.take(async () => {
      begun.push(at)
      await new Promise<void>((resolve, reject) => {
        ends[at] = () => (at === 1 ? reject(new Error('broken')) : resolve())
      })
      return at
    }),
  )
  const settled = Promise.allSettled(works)
  expect(begun).toEqual([0, 1])
  ends[1]!()
  await expect(works[1]).rejects.toThrow('broken')
  await expect.poll(() => begun).toEqual([0, 1, 2])
  ends[0]!()
  await expect.poll(() => begun).toEqual([0, 1, 2, 3])
  ends[2]!()
  ends[3]!()
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})
