/** What a caller sent, read: values, links, and what is wrong with them. */
import type { AccessPolicy } from '../access/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import type { CompiledRelation, TenantModel } from '../metadata/index.ts'
import type { StoredValue, ValueContext } from '../metadata/values/index.ts'
import type { StageMove } from './stages/moves.ts'

/** `undefined` means: not mentioned, leave as it is. */
export interface ParsedInput {
  values: Map<string, StoredValue | null>
  links: Map<CompiledRelation, string[]>
  /** Of relations whose fields other records have: all that are to be linked. */
  inverse: Map<CompiledRelation, string[]>
  ownerId?: string | null
  locationId?: string | null
  /** What is said of moves through pipelines, by their keys. */
  stageMoves?: Map<string, StageMove>
  /** Fields that the caller did not name: their values are defaults, or cleared by a replacement. */
  unsent: Set<string>
  problems: FieldProblem[]
}

export interface InputContext {
  model: TenantModel
  policy: AccessPolicy
  values: ValueContext
  userId: string | null
  /** The location switched to. */
  locationId?: string
}
