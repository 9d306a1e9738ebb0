import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { SideBySide } from './side-by-side.ts'

/** Doubles numbers, and says for how many at once. */
function doubling(log: string[]) {
  return async (numbers: number[]): Promise<number[]> => {
    log.push(`double ${numbers}`)
    await setImmediate()
    return numbers.map((number) => number * 2)
  }
}

describe('walks side by side', () => {
  it('are asked for once where they stand still together, and each has its own answer', async () => {
    const log: string[] = []
    const walks = new SideBySide()
    const double = doubling(log)
    const walk = (number: number) => async () => {
      const twice = await walks.ask('double', number, double)
      return number === 2 ? twice : walks.ask('double', twice, double)
    }
    expect(await walks.walk([1, 2, 3].map(walk))).toEqual([4, 4, 12])
    expect(log).toEqual(['double 1,2,3', 'double 2,6'])
  })

  it('go on one at a time, whatever they wait for', async () => {
    const log: string[] = []
    const walks = new SideBySide()
    const double = doubling(log)
    const walk = (number: number) => async () => {
      log.push(`begin ${number}`)
      await setImmediate()
      log.push(`ask ${number}`)
      await walks.ask('double', number, double)
      log.push(`answer ${number}`)
      await setImmediate()
      log.push(`end ${number}`)
    }
    await walks.walk([1, 2].map(walk))
    expect(log).toEqual([
      ...['begin 1', 'ask 1', 'begin 2', 'ask 2', 'double 1,2'],
      ...['answer 1', 'end 1', 'answer 2', 'end 2'],
    ])
  })

  it('ask for different things apart', async () => {
    const log: string[] = []
    const walks = new SideBySide()
    const walk = (number: number) => () => walks.ask(`double ${number % 2}`, number, doubling(log))
    expect(await walks.walk([1, 2, 3, 4].map(walk))).toEqual([2, 4, 6, 8])
    expect(log).toEqual(['double 1,3', 'double 2,4'])
  })

  it('fail together with what one of them cannot do, or with what cannot be done for them', async () => {
    const log: string[] = []
    const walks = new SideBySide()
    const walk = (number: number) => async () => {
      await walks.ask('double', number, doubling(log))
      if (number === 2) throw new Error('two')
      log.push(`end ${number}`)
    }
    await expect(walks.walk([1, 2, 3].map(walk))).rejects.toThrow('two')
    expect(log).toEqual(['double 1,2,3', 'end 1'])
    const refusing = new SideBySide()
    const refused = () =>
      refusing.ask('refuse', 1, async () => {
        throw new Error('refused')
      })
    await expect(refusing.walk([refused, refused])).rejects.toThrow('refused')
  })
})
