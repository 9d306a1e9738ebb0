/** The first day: what to try in a workspace that one is new to, checked off by what one has done. */
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { deedsLookedFor, isDone, seenSteps, stepKeys, stepsOf } from './first-day.steps.ts'
import { changeFirstDay, readFirstDay, type Whose } from './first-day.store.ts'

const base = { tag: 'Workspace', access: 'member' } as const

const firstDay = z
  .object({
    over: z.boolean().describe('Whether they are through with it: they said so, or joined more than 30 days ago.'),
    steps: z.array(
      z.object({
        key: z.enum(stepKeys),
        object: z.string().nullable().describe('Where it is done.'),
        done: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'FirstDay' })

const whoseOf = ({ model, actor }: OperationContext): Whose => ({ tenantId: model.tenantId, userId: actor.userId! })

async function shownTo(context: OperationContext): Promise<z.input<typeof firstDay>> {
  const known = await readFirstDay(context.tx, whoseOf(context), deedsLookedFor)
  const { over = true, seen = [], deeds = [] } = known ?? {}
  const steps = stepsOf(context).map((step) => ({
    key: step.key,
    object: step.object,
    done: isDone(step, deeds, seen),
  }))
  return { over, steps }
}

export const firstDayOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'firstDay.get',
    kind: 'query',
    summary: 'What the caller may try on their first day, and what they have done of it',
    input: z.strictObject({}),
    output: firstDay,
    http: { method: 'GET', path: '/first-day' },
    handler: shownTo,
  }),
  defineOperation({
    ...base,
    name: 'firstDay.change',
    kind: 'command',
    summary: 'Say what was seen of the first day, or that it is over',
    description: 'What leaves no other trace is said here: a search, a look at a board. `over: false` begins it anew.',
    input: z.strictObject({
      seen: z.array(z.enum(seenSteps)).max(seenSteps.length, 'takes each step once').optional(),
      over: z.boolean().optional(),
    }),
    output: firstDay,
    http: { method: 'PATCH', path: '/first-day' },
    async handler(context, input) {
      await changeFirstDay(context.tx, whoseOf(context), input)
      return shownTo(context)
    },
  }),
]
