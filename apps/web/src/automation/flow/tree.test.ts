import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepsAsText, stepsFromText } from './clipboard.ts'
import { bodiesOf, type Place, type Step, stepsWithin } from './flow.ts'
import { changed, redone, startHistory, undone } from './history.ts'
import { endId, layoutOf, neighbourOf, triggerId } from './layout.ts'
import {
  bodyAt,
  findStep,
  idsOf,
  insertAt,
  mayMove,
  moveStep,
  placeOf,
  removeStep,
  replaceStep,
  withFreshIds,
} from './tree.ts'

const anySteps: fc.Arbitrary<Step[]> = fc
  .letrec<{ steps: Step[]; step: Step }>((tie) => {
    const steps = fc.array(tie('step'), { maxLength: 3, depthIdentifier: 'steps' })
    const named = { id: fc.constant('') }
    return {
      steps,
      step: fc.oneof(
        { depthSize: 'small', depthIdentifier: 'steps', withCrossShrink: true },
        fc.record({ ...named, type: fc.constant('stop' as const) }),
        fc.record({
          ...named,
          type: fc.constant('set_variable' as const),
          variable: fc.constant('x'),
          value: fc.nat(),
        }),
        fc.record({
          ...named,
          type: fc.constant('if' as const),
          condition: fc.constant(null),
          // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
          then: steps,
          else: steps,
        }),
        fc.record({
          ...named,
          type: fc.constant('parallel' as const),
          branches: fc.array(fc.record({ steps }), { minLength: 1, maxLength: 3 }),
        }),
        fc.record({
          ...named,
          type: fc.constant('switch' as const),
          value: fc.constant(1),
          cases: fc.array(fc.record({ is: fc.constant<unknown[]>([1]), steps }), { maxLength: 2 }),
          otherwise: steps,
        }),
        fc.record({
          ...named,
          type: fc.constant('wait_event' as const),
          event: fc.constant('record_updated' as const),
          timeout: fc.constant('P1D'),
          onTimeout: steps,
        }),
      ),
    }
  })
  .steps.map((steps) => withFreshIds(numbered(steps), []))

/** Gives each step an id of its own, as steps have that were saved. */
function numbered(steps: Step[]): Step[] {
  let next = 0
  const number = (step: Step): Step => {
    const own = { ...step, id: `n${next++}` } as Step
    const filled: Record<string, unknown> = { ...own }
    for (const name of ['then', 'else', 'otherwise', 'onTimeout']) {
      if (Array.isArray(filled[name])) filled[name] = (filled[name] as Step[]).map(number)
    }
    for (const name of ['cases', 'branches']) {
      if (Array.isArray(filled[name]))
        filled[name] = (filled[name] as { steps: Step[] }[]).map((entry) => ({
          ...entry,
          steps: entry.steps.map(number),
        }))
    }
    return filled as unknown as Step
  }
  return steps.map(number)
}

/** Every place of the tree, chosen by a number. */
function placesOf(steps: Step[]): Place[] {
  const within = (body: Step[], parent: string | null, part: string): Place[] => [
    ...Array.from({ length: body.length + 1 }, (_, index) => ({ parent, part, index })),
    ...body.flatMap((step) => bodiesOf(step).flatMap((inner) => within(inner.steps, step.id, inner.part))),
  ]
  return within(steps, null, 'steps')
}

const count = (steps: Step[]) => [...stepsWithin(steps)].length
const pick = <Item>(items: Item[], number: number): Item => items[number % items.length]!
const stop = (id: string): Step => ({ id, type: 'stop' })

describe('the tree of steps', () => {
  it('takes a step in at every place, and gives it up again', () => {
    fc.assert(
      fc.property(anySteps, fc.nat(), (steps, number) => {
        const place = pick(placesOf(steps), number)
        const more = insertAt(steps, place, [stop('new')])
        expect(placeOf(more, 'new')).toEqual(place)
        expect(count(more)).toBe(count(steps) + 1)
        expect(removeStep(more, 'new')).toEqual(steps)
      }),
    )
  })

  it('loses and doubles nothing by moving, and moves nothing into itself', () => {
    fc.assert(
      fc.property(anySteps, fc.nat(), fc.nat(), (steps, which, where) => {
        fc.pre(steps.length > 0)
        const { id } = pick([...stepsWithin(steps)], which)
        const place = pick(placesOf(steps), where)
        const moved = moveStep(steps, id, place)
        expect([...idsOf(moved)].toSorted()).toEqual([...idsOf(steps)].toSorted())
        expect(findStep(moved, id)).toEqual(findStep(steps, id))
        if (!mayMove(steps, id, place)) expect(moved).toEqual(steps)
        else expect(placeOf(moved, id)).toMatchObject({ parent: place.parent, part: place.part })
      }),
    )
  })

  it('comes out of the clipboard as it went in, and under new ids where it is put', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        fc.pre(steps.length > 0)
        const copied = stepsFromText(stepsAsText(steps))!
        expect(copied).toEqual(steps)
        const fresh = withFreshIds(copied, idsOf(steps))
        expect(idsOf([...steps, ...fresh]).size).toBe(count(steps) * 2)
      }),
    )
    expect(stepsFromText('{"steps":[{"no":"step"}]}')).toBeUndefined()
    expect(stepsFromText('no JSON')).toBeUndefined()
  })

  it('keeps what steps say of each other when they are copied', () => {
    const steps: Step[] = [
      { id: 'a', type: 'create_task', title: 'Call' },
      {
        id: 'b',
        type: 'update_field',
        field: 'x',
        value: { formula: 'steps.a.id + steps.other.id' },
        target: { step: 'a' },
      },
    ]
    const [task, update] = withFreshIds(steps, ['a', 'b'])
    expect(update).toMatchObject({
      value: { formula: `steps.${task!.id}.id + steps.other.id` },
      target: { step: task!.id },
    })
  })

  it('changes one step where it stands', () => {
    // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
    const steps: Step[] = [{ id: 'a', type: 'if', condition: null, then: [stop('b')], else: [] }]
    const next = replaceStep(steps, { id: 'b', type: 'stop', reason: 'enough' })
    expect(bodyAt(next, { parent: 'a', part: 'then' })).toEqual([{ id: 'b', type: 'stop', reason: 'enough' }])
    expect(bodyAt(steps, { parent: 'a', part: 'then' })).toEqual([{ id: 'b', type: 'stop' }])
  })
})

describe('what was done', () => {
  it('is taken back and done again, whatever it was', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), fc.nat(40), (states, back) => {
        const all = states.reduce((history, state) => changed(history, state), startHistory(-1))
        let history = all
        for (let step = 0; step < back; step += 1) history = undone(history)
        expect(history.now).toBe([-1, ...states][Math.max(0, states.length - back)])
        for (let step = 0; step < back; step += 1) history = redone(history)
        expect(history.now).toBe(all.now)
      }),
    )
  })

  it('is one thing where one field is typed into', () => {
    const typed = ['H', 'He', 'Hey'].reduce((history, text) => changed(history, text, 'title'), startHistory(''))
    expect(undone(typed).now).toBe('')
    expect(undone(changed(typed, 'Hey you', 'body')).now).toBe('Hey')
  })
})

describe('the layout', () => {
  it('puts nothing onto anything else, and all lines lead down', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { marks, lines, width, height } = layoutOf({ steps })
        const at = new Map(marks.map((mark) => [mark.id, mark]))
        expect(at.size).toBe(marks.length)
        for (const mark of marks) {
          expect(mark.x).toBeGreaterThanOrEqual(0)
          expect(mark.x + mark.width).toBeLessThanOrEqual(width)
          expect(mark.y + mark.height).toBeLessThanOrEqual(height)
          const isOn = marks.some((other) => other !== mark && overlap(mark, other))
          expect(isOn).toBe(false)
        }
        for (const { from, to } of lines) expect(at.get(to)!.y).toBeGreaterThan(at.get(from)!.y)
        const places = lines.flatMap(({ place }) => (place ? [place] : []))
        expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(placesOf(steps).length)
      }),
    )
  })

  it('lets the arrows reach every card and come back to the trigger', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const layout = layoutOf({ steps })
        const reached = new Set([triggerId])
        for (const id of reached) {
          for (const key of ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight']) {
            const next = neighbourOf(layout, id, key)
            if (next) reached.add(next)
          }
        }
        for (const id of idsOf(steps)) expect(reached).toContain(id)
        expect(reached).not.toContain(endId)
      }),
    )
  })
})

function overlap(one: { x: number; y: number; width: number; height: number }, other: typeof one): boolean {
  const apart = (a: number, size: number, b: number, otherSize: number) => a + size <= b || b + otherSize <= a
  return !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height)
}
