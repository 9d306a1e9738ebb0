/**
 * What there is to do on the first day in a workspace, for somebody with these rights. Most is known from the log of
 * operations; what leaves no trace there, the page says itself: that somebody searched, or looked at a board.
 */
import { widestScope } from '@oneforge/kernel/access'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { navigationFor } from './arrangements.presentation.ts'
import type { Deed } from './first-day.store.ts'
import { visibleObjects } from './workspace.presentation.ts'

export const stepKeys = [
  'record',
  'search',
  'import',
  'invite',
  'field',
  'note',
  'task',
  'board',
  'favourite',
  'protect',
] as const
export type StepKey = (typeof stepKeys)[number]

/** Steps that the page says are done. */
export const seenSteps = ['search', 'board'] as const

/** Any of these operations; with `object` only about that one. */
interface Done {
  operations: string[]
  object?: string
}

interface Step {
  key: StepKey
  /** Where it is done: the object whose words it is told in. */
  object: string | null
  done?: Done
}

const recordsMade = ['records.create', 'records.bulkCreate']

/** The operations that steps are known by. */
export const deedsLookedFor = [
  ...recordsMade,
  'imports.start',
  'invitations.create',
  'fields.create',
  'fields.update',
  'objects.create',
  'activities.addNote',
  'comments.add',
  'favourites.add',
  'auth.confirmSecondFactor',
]

/** The steps of the caller, in the order that they are best taken in; those of administrators are others. */
export function stepsOf(context: OperationContext): Step[] {
  const { policy } = context
  const mayCreate = (object: CompiledObject) => widestScope(policy, object, 'create') !== undefined
  const objects = navigationFor(context, visibleObjects(context)).flatMap((group) => group.objects)
  const main = objects.find((object) => !object.activity && mayCreate(object))
  const staged = objects.find(hasWayToItsEnd) ?? objects.find(({ roles }) => roles.stage !== undefined)
  const tasks = objects.find((object) => object.activity === 'task' && mayCreate(object))
  const shapes = policy.admin.has('objects')
  const steps: (Step | false | undefined)[] = [
    main && { key: 'record', object: main.slug, done: { operations: recordsMade, object: main.slug } },
    { key: 'search', object: null },
    ...(shapes || policy.admin.has('users') ? stepsOfAdministrators(context, main) : stepsOfMembers(tasks, main)),
    staged && { key: 'board', object: staged.slug },
  ]
  return steps.filter((step) => step !== undefined && step !== false)
}

/** Whether its records go through stages until they are won or lost. */
const hasWayToItsEnd = ({ roles, stages }: CompiledObject): boolean =>
  roles.stage !== undefined && stages.some(({ kind }) => kind === 'won' || kind === 'lost')

function stepsOfAdministrators({ policy }: OperationContext, main: CompiledObject | undefined) {
  const mayImport = main && widestScope(policy, main, 'import') !== undefined
  return [
    mayImport && step('import', main, ['imports.start']),
    policy.admin.has('users') && step('invite', undefined, ['invitations.create']),
    policy.admin.has('objects') && step('field', main, ['fields.create', 'fields.update', 'objects.create']),
    step('protect', undefined, ['auth.confirmSecondFactor']),
  ]
}

const stepsOfMembers = (tasks: CompiledObject | undefined, main: CompiledObject | undefined) => [
  main && step('note', main, ['activities.addNote', 'comments.add']),
  tasks && { ...step('task', tasks, recordsMade), done: { operations: recordsMade, object: tasks.slug } },
  step('favourite', main, ['favourites.add']),
]

const step = (key: StepKey, object: CompiledObject | undefined, operations: string[]): Step => ({
  key,
  object: object?.slug ?? null,
  done: { operations },
})

/** Whether a step is done, by what its person did and what the page has seen of them. */
export function isDone({ key, done }: Step, deeds: Deed[], seen: string[]): boolean {
  if (!done) return seen.includes(key)
  return deeds.some(
    ({ operation, object }) =>
      done.operations.includes(operation) && (done.object === undefined || object === done.object),
  )
}
