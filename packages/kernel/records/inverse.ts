/** Relations written from the side that does not have the field: names of the other direction in the body of a write. */
import { type AppError, validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { linkSide } from './link-facts.ts'
import { carryOutWishes, type LinkPlan, planLinks } from './link-plan.ts'
import type { ParsedInput } from './parsed.ts'

/** One change of a call; the index is its place there. */
export interface InverseChange {
  index: number
  id: string
  input: ParsedInput
}

export interface InversePlan {
  /** Nothing is to be done. */
  isEmpty: boolean
  refused: Map<number, AppError>
  /** Writes the links of the changes that were made. */
  carryOut(isMade?: (index: number) => boolean): Promise<void>
}

/** Plans what the inputs say of relations that other records hold: nothing is read where they say nothing. */
export async function planInverse(
  context: RecordContext,
  object: CompiledObject,
  changes: InverseChange[],
): Promise<InversePlan> {
  const relations = new Set(changes.flatMap(({ input }) => [...input.inverse.keys()]))
  const plans: LinkPlan[] = []
  const refused = new Map<number, AppError>()
  for (const relation of relations) {
    const plan = await planRelation(context, object, relation, changes)
    for (const [index, refusal] of plan.refused) if (!refused.has(index)) refused.set(index, refusal)
    plans.push(plan)
  }
  return {
    isEmpty: plans.every(({ added, removed }) => added.length + removed.length === 0),
    refused,
    async carryOut(isMade = () => true) {
      for (const plan of plans) await carryOutWishes(context, plan, (index) => !refused.has(index) && isMade(index))
    },
  }
}

async function planRelation(
  context: RecordContext,
  object: CompiledObject,
  relation: CompiledRelation,
  changes: InverseChange[],
): Promise<LinkPlan> {
  const wishes = changes.flatMap(({ index, id, input }) => {
    const ids = input.inverse.get(relation)
    return ids ? [{ index, add: ids.map((from_id) => ({ from_id, to_id: id })), remove: [], only: id }] : []
  })
  const plan = await planLinks(context, linkSide(context.model, object, relation), wishes)
  const unsaid = unsaidAttribute(relation)
  if (unsaid) for (const { index } of plan.added) plan.refused.set(index, validationError([unsaid]))
  return plan
}

/** What is wrong with ids alone as new links of the relation: each would lack an attribute that it has to have. */
export function unsaidAttribute({ key, attributes }: CompiledRelation): { field: string; message: string } | undefined {
  const required = attributes.find((attribute) => attribute.required)
  if (!required) return undefined
  const message = `needs “${required.key}” with each new link: PUT …/links/${key}/{id} with {"attributes": {"${required.key}": …}}`
  return { field: key, message }
}
