/** What each person tries by every road. A probe returns what is wrong, or nothing. */
import { differingProbes } from './rights.differing.ts'
import type { Probe } from './rights.findings.ts'
import { administrationProbes, fieldProbes, viewingProbes, wayProbes } from './rights.limits.ts'
import { readingProbes } from './rights.reading.ts'
import { stayingProbes } from './rights.staying.ts'
import { personKeys, type World } from './rights.world.ts'
import { writingProbes } from './rights.writing.ts'

/** All probes on a server that works on the world's database. */
export function probesAt(url: string, world: World): Probe[] {
  return [
    ...fieldProbes(url, world),
    ...differingProbes(url, world),
    ...stayingProbes(url, world),
    ...wayProbes(url, world),
    ...viewingProbes(url, world),
    ...administrationProbes(url, world),
    ...personKeys.flatMap((key) => readingProbes(url, world, key)),
    ...personKeys.flatMap((key) => writingProbes(url, world, key)),
  ]
}
