import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Turns } from './kept-turns.ts'

it('lets one at a time be at it for all who came before, also where one gives up', async () => {
  const turns = new Turns<string>()
  let works = 0
  let atOnce = 0
  let most = 0
  const work = (name: string, end: () => Promise<void> = () => setTimeout(5)) =>
    turns.take('key', async () => {
      works += 1
      atOnce += 1
      most = Math.max(most, atOnce)
      await end().finally(() => {
        atOnce -= 1
      })
      return name
    })
  const first = work('first')
  const gone = work('gone', () => Promise.reject(new Error('The reader has gone.')))
  const others = Array.from({ length: 14 }, (_, index) => work(`other ${index}`))
  const [one, two, ...rest] = await Promise.allSettled([first, gone, ...others])
  expect(one).toMatchObject({ value: 'first' })
  expect(two).toMatchObject({ status: 'rejected' })
  expect(rest.every(({ status }) => status === 'fulfilled')).toBe(true)
  expect([most, works]).toEqual([1, 4])
})
