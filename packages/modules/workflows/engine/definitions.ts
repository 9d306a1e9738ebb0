/** Definitions of workflows by their versions, kept in memory: a version never changes. */
import type { Transaction } from '@oneforge/kernel/database'
import type { Workflow } from '../definition.ts'
import { workflowOf } from '../stored-form.ts'
import { readVersions, type VersionKey } from './definitions.store.ts'

/** Versions kept by one process. */
const mostKept = 2_000

export class Definitions {
  private readonly kept = new Map<string, Workflow>()

  /** The definitions of these versions; what is not there (any more) is absent. */
  async get(tx: Transaction, wanted: VersionKey[]): Promise<(key: VersionKey) => Workflow | undefined> {
    const found = new Map<string, Workflow>()
    const missing = wanted.filter((key) => {
      const known = this.kept.get(nameOf(tx, key))
      if (known) found.set(nameOf(tx, key), known)
      return !known
    })
    if (missing.length > 0) {
      for (const { definition, ...key } of await readVersions(tx, missing)) {
        const workflow = workflowOf(definition)
        found.set(nameOf(tx, key), workflow)
        this.keep(nameOf(tx, key), workflow)
      }
    }
    return (key) => found.get(nameOf(tx, key))
  }

  private keep(name: string, workflow: Workflow): void {
    this.kept.set(name, workflow)
    if (this.kept.size > mostKept) this.kept.delete(this.kept.keys().next().value!)
  }
}

const nameOf = ({ tenantId }: Transaction, { workflowId, version }: VersionKey): string =>
  `${tenantId}/${workflowId}/${version}`
