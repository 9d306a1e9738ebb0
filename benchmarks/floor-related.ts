/** The floor's part for linked records: joins and totals as somebody would write them who knows these tables by heart. */
import type { Context, Hono } from 'hono'
import type pg from 'pg'
import { v7 } from 'uuid'

export interface RelatedSetup {
  tenant: string
  visits: string
  countries: string
  entries: string
  /** Ids of relations by the key of their field. */
  relations: Record<string, string>
}

type Answer = (data: unknown) => object

export function serveRelated(app: Hono, pool: pg.Pool, setup: RelatedSetup, answer: Answer): void {
  const { tenant, relations } = setup

  const nameOver = (parameter: string) => `(select t.data -> 'name' from links l
    join records t on t.tenant_id = $1 and t.id = l.to_id and t.deleted_at is null
    where l.tenant_id = $1 and l.from_id = r.id and l.relation_id = ${parameter})`

  app.get('/visits', async (c) => {
    const text = `select r.id, r.version, r.data -> 'name' as name, ${nameOver('$3')} as room, ${nameOver('$4')} as physician,
        ${nameOver('$5')} as guest from records r
      where r.tenant_id = $1 and r.object_id = $2 and r.deleted_at is null order by r.created_at desc, r.id desc limit 51`
    const values = [tenant, setup.visits, relations.room, relations.physician, relations.guest]
    return c.json(answer((await pool.query({ name: 'visits', text, values })).rows))
  })

  app.get('/visits-by-country', async (c) => {
    // The rooms first, which are few: so the planner sees how many visits they have.
    const roomsOf = `select array_agg(b.from_id) as rooms from links b
      join links d on d.tenant_id = $1 and d.from_id = b.to_id and d.relation_id = $3
      join links e on e.tenant_id = $1 and e.from_id = d.to_id and e.relation_id = $4
      join links f on f.tenant_id = $1 and f.from_id = e.to_id and f.relation_id = $5
      join records t on t.tenant_id = $1 and t.id = f.to_id and t.object_id = $6 and t.deleted_at is null and t.title_key = $7
      where b.tenant_id = $1 and b.relation_id = $2`
    const way = [relations.ward, relations.building, relations.city, relations.country]
    const values = [tenant, ...way, setup.countries, c.req.query('name')]
    const { rows } = await pool.query<{ rooms: string[] }>({ name: 'rooms-of-country', text: roomsOf, values })
    const text = `select r.id, r.version, r.data from records r
      where r.tenant_id = $1 and r.object_id = $2 and r.deleted_at is null and r.id in (
        select l.from_id from links l where l.tenant_id = $1 and l.relation_id = $3 and l.to_id = any($4::uuid[]))
      order by r.created_at desc, r.id desc limit 51`
    return c.json(answer((await pool.query(text, [tenant, setup.visits, relations.room, rows[0]!.rooms])).rows))
  })

  const addToTotal = `update records r set data = jsonb_set(data, '{total}', to_jsonb(coalesce((data ->> 'total')::numeric, 0) + $3)),
    updated_at = now() where r.tenant_id = $1 and r.id = $2`

  /** The ledger last, so that it is held as briefly as can be. */
  async function inTransaction(c: Context, work: (client: pg.PoolClient) => Promise<unknown>) {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const data = await work(client)
      await client.query('commit')
      return c.json(answer(data))
    } finally {
      client.release()
    }
  }

  app.post('/entries', async (c) => {
    const { name, amount, ledger } = await c.req.json<{ name: string; amount: number; ledger: string }>()
    return inTransaction(c, async (client) => {
      const text = `with counter as (
          update record_counters set last_number = last_number + 1, live = live + 1
          where tenant_id = $1 and object_id = $2 returning last_number
        ), made as (
          insert into records (tenant_id, object_id, id, record_number, title, title_key, search, data)
          select $1, $2, $3, 'ENT-' || last_number, $4, lower($4), lower($4), $5 from counter returning id, data
        ), linked as (
          insert into links (tenant_id, relation_id, from_id, to_id, from_single) select $1, $6, id, $7, true from made
        ), told as (
          insert into events (tenant_id, type, object_id, record_id, payload) select $1, 'record.created', $2, id, '{}' from made
        ), audited as (
          insert into audit_entries (tenant_id, id, actor_kind, action, object_id, record_id, changes)
          select $1, gen_random_uuid(), 'user', 'created', $2, id, data from made
        ) select * from made`
      const values = [tenant, setup.entries, v7(), name, { name, amount }, relations.ledger, ledger]
      const { rows } = await client.query({ name: 'entry', text, values })
      await client.query({ name: 'total', text: addToTotal, values: [tenant, ledger, amount] })
      return rows[0]
    })
  })

  app.patch('/entries/:id', async (c) => {
    const { amount, ledger } = await c.req.json<{ amount: number; ledger: string }>()
    return inTransaction(c, async (client) => {
      const id = c.req.param('id')
      const lock = `select data from records where tenant_id = $1 and id = $2 for no key update`
      const before = await client.query<{ data: { amount: number } }>({
        name: 'held',
        text: lock,
        values: [tenant, id],
      })
      const text = `with changed as (
          update records set data = data || $3, version = version + 1, updated_at = now() where tenant_id = $1 and id = $2
          returning id, data, object_id
        ), told as (
          insert into events (tenant_id, type, object_id, record_id, payload) select $1, 'record.updated', object_id, id, '{}' from changed
        ), audited as (
          insert into audit_entries (tenant_id, id, actor_kind, action, object_id, record_id, changes)
          select $1, gen_random_uuid(), 'user', 'updated', object_id, id, $3 from changed
        ) select * from changed`
      const { rows } = await client.query({ name: 'change', text, values: [tenant, id, { amount }] })
      const more = amount - before.rows[0]!.data.amount
      await client.query({ name: 'total', text: addToTotal, values: [tenant, ledger, more] })
      return rows[0]
    })
  })
}
