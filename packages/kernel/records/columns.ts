/**
 * Columns over relations: `company.owner_company.name` shows one value of a record that lies two relations away, for each
 * record of a list. Over a relation that takes several the column has a list of values.
 */
import { followWay } from '../access/index.ts'
import { type FieldProblem, validationError } from '../errors/index.ts'
import { type CompiledObject, namesObject } from '../metadata/index.ts'
import { type ColumnsBeside, planBeside } from './columns-beside.ts'
import type { RecordContext } from './context.ts'
import { type Branch, includeBranches, planIncludes } from './include.ts'
import { visibleRelation } from './relations.ts'
import { isSystemAttribute, type PresentedRecord } from './row.ts'

/** Columns that are not a record's own values: ways to other records, and relations that others hold. */
export interface RelatedColumns {
  /** Those that are read once the records are there. */
  names: string[]
  branches: Branch[]
  /** Those that are read beside the records, where a list is asked for. */
  beside?: ColumnsBeside
}

/** Whether the name leads to other records, rather than to a value of the record itself. */
export const isRelatedColumn = (context: RecordContext, object: CompiledObject, name: string): boolean =>
  name.includes('.') || visibleRelation(context, object, name)?.direction === 'in'

/** Reads the names of such columns of a list or one record; refuses what the caller may not know of, as if there were no such thing. */
export function planColumns(
  context: RecordContext,
  object: CompiledObject,
  names: string[],
  shownIn: 'list' | 'record',
): RelatedColumns {
  const branches = branchesTo(context, object, names)
  const problems = names.flatMap((name): FieldProblem[] =>
    endsSeen(context, object, branches, name.split('.'))
      ? []
      : [{ field: 'fields', message: `“${name}” is not a field that ${object.slug} lead to` }],
  )
  if (problems.length > 0) throw validationError(problems)
  const beside = shownIn === 'list' ? planBeside(context, object, names) : undefined
  if (!beside || beside.names.length === 0) return { names, branches }
  const others = names.filter((name) => !beside.names.includes(name))
  return { names: others, branches: branchesTo(context, object, others), beside }
}

function branchesTo(context: RecordContext, object: CompiledObject, names: string[]): Branch[] {
  const ways = names.map((name) => wayOf(context, object, name))
  return planIncludes(
    context,
    object,
    ways.filter((way) => way !== ''),
    'fields',
  )
}

/** The relations to follow: all but the last name, which is that of a value, unless it is a relation that others hold. */
function wayOf({ model }: RecordContext, object: CompiledObject, name: string): string {
  const names = name.split('.')
  let at: CompiledObject | undefined = object
  for (const [index, step] of names.entries()) {
    const relation = at?.relation.get(step)
    if (!relation) break
    const isLast = index === names.length - 1
    if (isLast && relation.direction === 'in') return name
    const named = relation.objects.find(
      ({ slug }) => namesObject(relation, names[index + 1]) && slug === names[index + 1],
    )
    at = model.objectById.get((named ?? relation.objects[0]!).id)
  }
  return names.slice(0, -1).join('.')
}

/** Whether the caller sees what stands at the end, on every object that the way leads to. */
function endsSeen(context: RecordContext, from: CompiledObject, branches: Branch[], names: string[]): boolean {
  const [first = '', ...rest] = names
  const branch = branches.find(({ relation }) => relation.key === first)
  if (!branch) return false
  const named = namesObject(branch.relation, rest[0])
  const onwards = named ? rest.slice(1) : rest
  const targets = branch.targets.filter(({ object }) => !named || object.slug === rest[0])
  if (onwards.length === 0) return branch.relation.direction === 'in'
  return targets.every(({ object, steps, branches: deeper }) => {
    const [last = ''] = onwards
    if (onwards.length > 1 || object.relation.get(last)?.direction === 'in')
      return endsSeen(context, from, deeper, onwards)
    if (isSystemAttribute(last)) return true
    return object.field.has(last) && followWay(context.policy, context.model, from, steps)!.sees(last)
  })
}

/** Gives each record the values of the columns, under their names. */
export async function fillColumns(
  context: RecordContext,
  object: CompiledObject,
  records: PresentedRecord[],
  { names, branches }: RelatedColumns,
): Promise<void> {
  if (names.length === 0) return
  const copies = records.map(({ id, object: slug, version }): PresentedRecord => ({ id, object: slug, version }))
  await includeBranches(context, object, copies, branches, 'fields')
  for (const [index, record] of records.entries()) {
    for (const name of names) {
      const { values, several } = valuesAt(copies[index]!, branches, name.split('.'))
      record[name] = several ? values : (values[0] ?? null)
    }
  }
}

/** What stands at the end of the way, once for each record there; several where the way goes over a list. */
function valuesAt(
  record: PresentedRecord,
  branches: Branch[],
  [first = '', ...rest]: string[],
): { values: unknown[]; several: boolean } {
  const branch = branches.find(({ relation }) => relation.key === first)
  if (!branch) return { values: isAbsent(record[first]) ? [] : [record[first]], several: false }
  const { relation, targets } = branch
  const named = namesObject(relation, rest[0])
  const onwards = named ? rest.slice(1) : rest
  const others = ([record[first] ?? []].flat() as PresentedRecord[]).filter(
    ({ object }) => !named || object === rest[0],
  )
  if (onwards.length === 0) return { values: others.map(referenceTo), several: relation.many }
  const found = others.map((other) => {
    const target = targets.find(({ object }) => object.slug === other.object)!
    return valuesAt(other, target.branches, onwards)
  })
  return {
    values: found.flatMap(({ values }) => values),
    several: relation.many || found.some(({ several }) => several),
  }
}

const referenceTo = ({ id, object, title }: PresentedRecord) => ({ id, object, title })

const isAbsent = (value: unknown): boolean => value === null || value === undefined
