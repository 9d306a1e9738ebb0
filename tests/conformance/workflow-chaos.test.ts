/** A few hundred runs of workflows under kill -9; `benchmarks/chaos.ts` does the same with ten thousand. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChaosWorld } from './workflow-chaos.world.ts'

const world = new ChaosWorld()
const runs = 240

beforeAll(() => world.start(), 60_000)
afterAll(() => world.stop())

/** Until some more runs have ended, so that the blow falls while others are under way. */
async function untilUnderWay(left: number): Promise<void> {
  while ((await world.open()) > left) await setTimeout(20)
}

it('each effect is there once, in order, whether a worker is killed or all there is', {
  timeout: 120_000,
}, async () => {
  await world.begin(runs)
  await untilUnderWay(runs - 20)
  await world.strike('worker')
  await untilUnderWay(runs - 90)
  await world.strike('database')
  await world.untilEnded(60_000)
  expect(await world.faults()).toEqual([])
})
