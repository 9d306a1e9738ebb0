/**
 * Ten thousand runs of workflows while the server, a worker and the database are killed at random (kill -9), again and again.
 * Tells what was found wrong, and fails if anything was. Run it with `node benchmarks/chaos.ts [runs] [seconds between blows]`.
 */
import { setTimeout } from 'node:timers/promises'
import { ChaosWorld } from '../tests/conformance/workflow-chaos.world.ts'

const runs = Number(process.argv[2] ?? 10_000)
const between = Number(process.argv[3] ?? 6)
const targets = ['worker', 'server', 'database'] as const
const longestEndMs = 600_000

const world = new ChaosWorld()
const blows: string[] = []

/** Random blows until nearly all runs have ended. */
async function strikeUntil(left: number): Promise<void> {
  while ((await world.open()) > left) {
    await setTimeout(between * 500 + Math.random() * between * 1_000)
    const target = targets[Math.floor(Math.random() * targets.length)]!
    await world.strike(target)
    blows.push(target)
    console.log(`${target} was killed; ${await world.open()} runs have not ended`)
  }
}

try {
  await world.start()
  const began = performance.now()
  await world.begin(runs)
  console.log(`${runs} runs are under way after ${seconds(began)} s`)
  await strikeUntil(runs / 50)
  await world.untilEnded(longestEndMs)
  const faults = await world.faults()
  console.log(
    `${runs} runs, ${blows.length} blows, ${seconds(began)} s; ${world.repeatedCalls} calls came again under their key`,
  )
  console.log(faults.length === 0 ? 'Each effect is there once, in order.' : faults.slice(0, 50).join('\n'))
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await world.stop()
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(0)
}
