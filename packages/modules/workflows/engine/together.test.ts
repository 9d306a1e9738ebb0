/** Runs that are gone on with in one transaction: what is done for many at once is still each one's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../../../tests/client.ts'
import type { Step } from '../definition.ts'
import { EngineWorld } from './engine-world.fixture.ts'

let world: EngineWorld

beforeAll(async () => {
  world = await EngineWorld.start()
})
afterAll(() => world.system.stop())

const mark: Step = {
  id: 'mark',
  type: 'create_record',
  object: 'marks',
  values: { name: 'mark of {{ record.name }}', thing: '{{ record.id }}' },
}
const count: Step = { id: 'count', type: 'update_field', field: 'count', value: { formula: 'record.count + 1' } }

async function things(names: string[]): Promise<string[]> {
  const made: { id: string }[] = []
  for (const name of names) made.push(await world.client.post('/things', { name, count: 0 }))
  return made.map(({ id }) => id)
}

const numbered = (word: string, number: number) => Array.from({ length: number }, (_, n) => `${word} ${n + 1}`)

/** Runs of workflows that are there all at once, in the order given. */
async function begin(...wanted: { key: string; records: string[] }[]): Promise<void> {
  const runs = wanted.flatMap(({ key, records }) => records.map((record) => ({ key, record })))
  await world.system.sql(
    `insert into workflow_runs (tenant_id, id, workflow_id, version, object_id, record_id, cause_key, chain, depth)
     select w.tenant_id, gen_random_uuid(), w.id, w.version, o.id, r.record::uuid, 'test ' || r.n,
       array[w.key || ':' || r.record], 1
     from rows from (jsonb_to_recordset($2::jsonb) as (key text, record text)) with ordinality r (key, record, n)
       join workflows w on w.tenant_id = $1 and w.key = r.key
       join records d on d.tenant_id = w.tenant_id and d.id = r.record::uuid
       join objects o on o.tenant_id = w.tenant_id and o.id = d.object_id order by r.n`,
    [world.client.tenantId, JSON.stringify(runs)],
  )
  world.wake()
}

async function over(key: string, number: number): Promise<void> {
  const ended = async () => (await world.runs(key)).filter(({ state }) => state !== 'ready' && state !== 'waiting')
  await expect.poll(async () => (await ended()).length, { timeout: 20_000 }).toBe(number)
}

/** What was written about the records that pass, with the run that entry and event say, and when. */
const facts = (type: string, where: string): Promise<Json[]> =>
  world.system.sql(
    `select e.record_id, e.at::text, e.cause ->> 'run' as run, e.cause -> 'chain' as chain, a.request_id, r.data
     from events e join audit_entries a on a.tenant_id = e.tenant_id and a.id = e.entry_id
       join records r on r.tenant_id = e.tenant_id and r.id = e.record_id
     where e.tenant_id = $1 and e.type = $2 and e.cause ->> 'workflow' = $3 order by e.seq`,
    [world.client.tenantId, type, where],
  )

describe('what many runs do at once', () => {
  it('is told to be the doing of each: events by their causes, entries by their requests, links on both sides', async () => {
    await world.define({ key: 'traced', trigger: { type: 'called' }, steps: [mark, count] })
    const records = await things(numbered('traced', 12))
    await begin({ key: 'traced', records })
    await over('traced', 12)
    const runs = await world.runs('traced')
    const made = await facts('record.created', 'traced')
    const changed = await facts('record.updated', 'traced')
    expect(runs.map(({ state }) => state)).toEqual(runs.map(() => 'done'))
    for (const { id, record_id } of runs) {
      const [own] = await world.system.sql<{ data: Json }>('select data from records where id = $1', [record_id])
      const expected = { run: id, request_id: `run ${id}`, chain: [`traced:${record_id}`] }
      expect(made.filter(({ run }) => run === id)).toMatchObject([
        { ...expected, data: { name: `mark of ${own!.data.name}` } },
      ])
      expect(changed.filter(({ run }) => run === id)).toMatchObject([{ ...expected, record_id, data: { count: 1 } }])
      const linked = await world.system.sql(
        `select request_id from audit_entries where record_id = $1 and action = 'linked'`,
        [record_id],
      )
      expect(linked).toEqual([{ request_id: `run ${id}` }])
      const [step] = await world.steps(id)
      expect(step!.output).toMatchObject({ object: 'marks', title: `mark of ${own!.data.name}` })
    }
    const together = new Set(made.map(({ at }) => at))
    expect(together.size).toBeLessThan(made.length)
  })

  it('is done alone for one that fails, which fails alone', async () => {
    await world.define({
      key: 'failing',
      trigger: { type: 'called' },
      steps: [
        mark,
        { id: 'write', type: 'update_field', field: 'due', value: '{{ record.trail }}' },
        { ...mark, id: 'after', values: { name: 'after {{ record.name }}' } },
      ],
    })
    const records = await things(numbered('failing', 7))
    await world.client.patch(`/things/${records[3]}`, { trail: 'no moment' })
    await begin({ key: 'failing', records })
    await over('failing', 7)
    const runs = await world.runs('failing')
    expect(runs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'failed', 'done', 'done', 'done'])
    expect(runs[3]!.error).toMatchObject({ path: 'write' })
    const made = await world.client.get('/marks?limit=100&search=failing')
    expect(made.map(({ name }: { name: string }) => name).sort()).toEqual(
      [1, 2, 3, 5, 6, 7].flatMap((n) => [`after failing ${n}`, `mark of failing ${n}`]).sort(),
    )
  })

  it('comes in the order of its record where several runs are about one', async () => {
    await world.define({ key: 'ordered', trigger: { type: 'called' }, steps: [count, mark] })
    const [first, second] = await things(['ordered 1', 'ordered 2'])
    await begin({ key: 'ordered', records: [first!, second!, first!, first!, second!] })
    await over('ordered', 5)
    const counts = await world.client.get(
      `/things?filter=${JSON.stringify({ field: 'id', op: 'in', value: [first, second] })}&sort=name`,
    )
    expect(counts.map(({ count }: { count: number }) => count)).toEqual([3, 2])
    const changed = await facts('record.updated', 'ordered')
    const runs = await world.runs('ordered')
    const runsOf = (id: string) => runs.filter(({ record_id }) => record_id === id).map((run) => run.id)
    for (const id of [first!, second!]) {
      expect(changed.filter(({ record_id }) => record_id === id).map(({ run }) => run)).toEqual(runsOf(id))
    }
  })

  it('loses no change where runs of some records change the records of others', async () => {
    const records = await things(numbered('crossed', 6))
    const counting: Step = { ...count, id: 'all' }
    await world.define({ key: 'crossed', trigger: { type: 'called' }, steps: [count, counting] })
    await world.define({
      key: 'crossing',
      trigger: { type: 'called' },
      steps: [
        {
          id: 'each',
          type: 'loop',
          over: { object: 'things', filter: { field: 'name', op: 'startsWith', value: 'crossed' } },
          steps: [
            {
              id: 'one',
              type: 'update_field',
              field: 'count',
              value: { formula: 'item.count + 1' },
              target: { loop: 'each' },
            },
          ],
        },
      ],
    })
    const [first, second] = [records.slice(0, 3), records.slice(3)]
    await begin(
      { key: 'crossed', records: first },
      { key: 'crossing', records: records.slice(2, 4) },
      { key: 'crossed', records: second },
    )
    await over('crossed', 6)
    await over('crossing', 2)
    const filter = JSON.stringify({ field: 'name', op: 'startsWith', value: 'crossed' })
    const counted = await world.client.get(`/things?filter=${filter}`)
    expect(counted.map(({ count }: { count: number }) => count)).toEqual([4, 4, 4, 4, 4, 4])
  })

  it('is the doing of each also where values of other records follow', async () => {
    await world.client.post('/objects/things/fields', {
      key: 'marked',
      label: 'Marked',
      type: 'rollup',
      computed: { relation: 'marks', op: 'count' },
    })
    await world.define({ key: 'followed', trigger: { type: 'called' }, steps: [mark] })
    const records = await things(numbered('followed', 5))
    await begin({ key: 'followed', records })
    await over('followed', 5)
    const runs = await world.runs('followed')
    const told = await world.system.sql<{ record_id: string; run: string }>(
      `select record_id, cause ->> 'run' as run from events where tenant_id = $1 and type = 'record.computed'
         and cause ->> 'workflow' = 'followed' order by seq`,
      [world.client.tenantId],
    )
    expect(told).toEqual(runs.map(({ id, record_id }) => ({ record_id, run: id })))
  })

  it('rests on what those before have done, where it looks at more than its own record', async () => {
    const [thing] = await things(['looked at'])
    const marks: string[] = []
    for (const name of numbered('looking', 5)) {
      marks.push((await world.client.post('/marks', { name, thing })).id)
    }
    const makeOne: Step = {
      id: 'one',
      type: 'create_record',
      object: 'marks',
      values: { name: 'the only one', thing: '{{ record.thing.id }}' },
    }
    await world.define({
      key: 'looking',
      object: 'marks',
      trigger: { type: 'called' },
      steps: [
        {
          id: 'if',
          type: 'if',
          condition: { not: { field: 'thing.marks.name', op: 'eq', value: 'the only one' } },
          // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
          then: [makeOne],
          else: [],
        },
      ],
    })
    await world.define({
      key: 'counting',
      trigger: { type: 'called' },
      steps: [{ id: 'count', type: 'update_field', field: 'count', value: { formula: 'record.marked' } }],
    })
    await begin({ key: 'looking', records: marks }, { key: 'counting', records: [thing!] })
    await over('looking', 5)
    await over('counting', 1)
    const made = await world.client.get('/marks?limit=100&search=only')
    expect(made).toHaveLength(1)
    expect(await world.client.get(`/things/${thing}`)).toMatchObject({ marked: 6, count: 6 })
  })
})

describe('runs that take long', () => {
  /** In each transaction that wrote ledgers of the runs: how many steps. */
  const stepsByTransaction = async (key: string) =>
    (
      await world.system.sql<{ steps: number }>(
        `select count(*)::int as steps from workflow_steps s join workflow_runs r on r.tenant_id = s.tenant_id and r.id = s.run_id
           join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id where w.key = $1 group by s.xmin::text`,
        [key],
      )
    ).map(({ steps }) => steps)

  it('do not hold what they have locked until all of them are through', async () => {
    const make = (_: unknown, n: number): Step => ({
      id: `m${n}`,
      type: 'call_operation',
      operation: 'records.create',
      input: { object: 'marks', data: { name: 'slow' } },
    })
    await world.define({ key: 'slowly', trigger: { type: 'called' }, steps: Array.from({ length: 20 }, make) })
    const [one, other] = await things(['one', 'other'])
    await world.system.sql(`create function dawdle() returns trigger language plpgsql as $$
      begin if new.data ->> 'name' = 'slow' then perform pg_sleep(0.02); end if; return new; end $$`)
    await world.system.sql('create trigger dawdling before insert on records for each row execute function dawdle()')
    try {
      await begin({ key: 'slowly', records: [one!, other!] })
      await over('slowly', 2)
    } finally {
      await world.system.sql('drop function dawdle() cascade')
    }
    const steps = await stepsByTransaction('slowly')
    expect(steps.reduce((sum, count) => sum + count)).toBe(40)
    expect(Math.max(...steps)).toBeLessThanOrEqual(12)
  })
})
