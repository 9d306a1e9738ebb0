/**
 * Many runs of workflows while their server, a worker and their database are killed: each effect is there once, none is
 * lost, none was given up, and of each record they came in its order. Effects are records, and calls to a receiver that
 * goes by the key as it is told to.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { ApiClient, type SignedIn } from '../client.ts'
import { ServerProcess } from './crash.process.ts'

/** How often the number of each thing is changed, which starts a run of its own each time. */
const changes = 3
const stones = ['s1', 's2']
/** Marks that are left behind for each thing. */
const marksOfThing = 2 + stones.length + changes
const inBulk = 50

export class ChaosWorld {
  readonly server = new ServerProcess()
  readonly worker = new ServerProcess({ sharing: this.server })
  private readonly receiver: Server
  /** Calls by their keys. */
  private readonly calls = new Map<string, number>()
  private client!: ApiClient
  private things = 0

  constructor() {
    this.receiver = createServer((request, response) => {
      const key = String(request.headers['idempotency-key'])
      this.calls.set(key, (this.calls.get(key) ?? 0) + 1)
      request.resume().on('end', () => response.end('{}'))
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.receiver.listen(0, '127.0.0.1', listening))
    await this.server.start()
    await this.worker.start()
    const credentials = { email: 'chaos@example.com', password: 'a lantern in the orchard' }
    const person = { ...credentials, name: 'Chaos', workspace: 'Chaos' }
    const session = await new ApiClient(this.server.url).post<SignedIn>('/auth/register', person)
    this.client = new ApiClient(this.server.url, session)
    await this.client.post('/workspace/template', { template: 'blank' })
    const name = { key: 'name', label: 'Name', type: 'text' }
    const count = { key: 'count', label: 'Count', type: 'integer' }
    for (const slug of ['things', 'marks', 'stones']) {
      await this.client.post('/objects', { slug, label: slug, labelPlural: slug, fields: [name, count] })
    }
    for (const stone of stones) await this.client.post('/stones', { name: stone })
    for (const definition of this.workflows()) await this.client.post('/workflows', { definition })
  }

  private workflows(): object[] {
    const { port } = this.receiver.address() as AddressInfo
    const mark = (id: string, name: string) => ({ id, type: 'create_record', object: 'marks', values: { name } })
    const call = { id: 'call', type: 'webhook', url: `http://127.0.0.1:${port}/` }
    const branches = [
      { steps: [call] },
      { steps: [{ id: 'nap', type: 'wait', for: 'PT1S' }, mark('b', 'b {{ record.name }}')] },
    ]
    const each = {
      id: 'each',
      type: 'loop',
      over: { object: 'stones', sort: 'name' },
      steps: [mark('c', '{{ item.name }} {{ record.name }}')],
    }
    const about = { object: 'things' }
    return [
      {
        ...about,
        key: 'whole',
        label: { en: 'Whole' },
        trigger: { type: 'record_created' },
        steps: [mark('a', 'a {{ record.name }}'), { id: 'both', type: 'parallel', branches }, each],
      },
      {
        ...about,
        key: 'order',
        label: { en: 'Order' },
        trigger: { type: 'field_changed', field: 'count' },
        steps: [mark('o', 'o{{ trigger.to }} {{ record.name }}')],
      },
    ]
  }

  /** As many runs: of each thing that is made one, and one for each of its changes. */
  async begin(runs: number): Promise<void> {
    this.things = Math.ceil(runs / (1 + changes))
    for (let first = 0; first < this.things; first += inBulk) {
      const size = Math.min(inBulk, this.things - first)
      const records = Array.from({ length: size }, (_, n) => ({ name: `t${first + n}`, count: 0 }))
      const { results } = await this.client.post('/things/bulk', { records })
      const ids = results.map(({ id }: { id: string }) => id)
      for (let count = 1; count <= changes; count++) {
        await this.client.patch('/things/bulk', { ids, updates: { count } })
      }
    }
  }

  /** kill -9, and a new start. */
  async strike(whom: 'worker' | 'server' | 'database'): Promise<void> {
    if (whom === 'database') await this.server.killPostgres()
    if (whom !== 'worker') await this.server.kill()
    if (whom !== 'server') await this.worker.kill()
    if (whom !== 'worker') await this.server.start()
    if (whom !== 'server') await this.worker.start()
  }

  /** How many runs have not ended; those that are yet to be made of events included. */
  async open(): Promise<number> {
    const [row] = await this.server.sql<{ ended: number }>(
      `select count(*)::int as ended from workflow_runs where state in ('done', 'failed', 'stopped')`,
    )
    return this.things * (1 + changes) - row!.ended
  }

  /** Until all have ended. What a process that died has asked outside is asked again at once, and not in a minute. */
  async untilEnded(longestMs: number): Promise<void> {
    const deadline = Date.now() + longestMs
    while ((await this.open()) > 0) {
      if (Date.now() > deadline) throw new Error(`${await this.open()} runs have not ended: ${await this.states()}`)
      await this.server.sql(
        `with due as (update workflow_steps set wake_at = now() where state = 'sent' and started_at < now() - interval '3 seconds'
           and wake_at > now() returning run_id)
         update workflow_runs set wake_at = now() where id in (select run_id from due) and wake_at > now()`,
      )
      await setTimeout(300)
    }
  }

  async states(): Promise<string> {
    const rows = await this.server.sql<{ state: string; count: number; error: unknown }>(
      'select state, error, count(*)::int from workflow_runs group by 1, 2',
    )
    return JSON.stringify(rows)
  }

  /** Everything that is not as it should be, in words; nothing where the promise was kept. */
  async faults(): Promise<string[]> {
    const states = await this.server.sql<{ state: string; count: number }>(
      'select state, count(*)::int from workflow_runs group by 1',
    )
    const parked = await this.server.sql('select consumer, error from event_failures where parked_at is not null')
    const marks = await this.server.sql<{ name: string }>(
      `select r.data ->> 'name' as name from records r join objects o on o.tenant_id = r.tenant_id and o.id = r.object_id
       where o.slug = 'marks' order by r.record_number`,
    )
    const names = marks.map(({ name }) => name)
    const expected = this.things * (1 + changes)
    return [
      ...states.filter(({ state, count }) => state !== 'done' || count !== expected).map((row) => JSON.stringify(row)),
      ...parked.map((row) => `parked: ${JSON.stringify(row)}`),
      ...this.namesWrong(names),
      ...this.orderWrong(names),
      ...(this.calls.size === this.things ? [] : [`${this.calls.size} keys at the receiver, not ${this.things}`]),
    ]
  }

  private namesWrong(names: string[]): string[] {
    const counts = Map.groupBy(names, (name) => name)
    const doubled = [...counts].filter(([, list]) => list.length > 1).map(([name]) => `${name} is there more than once`)
    const wanted = this.things * marksOfThing
    return counts.size === wanted ? doubled : [...doubled, `${counts.size} different marks, not ${wanted}`]
  }

  private orderWrong(names: string[]): string[] {
    const ordered = names.filter((name) => name.startsWith('o'))
    return [...Map.groupBy(ordered, (name) => name.split(' ')[1])].flatMap(([thing, list]) => {
      const order = list.map((name) => name.split(' ')[0]).join()
      return order === 'o1,o2,o3' ? [] : [`${thing} came in the order ${order}`]
    })
  }

  /** Calls that the receiver got more than once, under the same key. */
  get repeatedCalls(): number {
    return [...this.calls.values()].filter((count) => count > 1).length
  }

  async stop(): Promise<void> {
    await this.worker.remove()
    await this.server.remove()
    await new Promise((closed) => this.receiver.close(closed))
  }
}
