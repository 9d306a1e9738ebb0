/** Every workflow of every template, from what starts it to what it does: mail at a real server, tasks, notifications, fields. */
import { LongJobs } from '@oneforge/modules/jobs'
import { loadTemplates, type Template, type WorkflowDefinition } from '@oneforge/templates'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SmtpInbox } from '../../packages/adapters/email/smtp-inbox.fixture.ts'
import { clockKind } from '../../packages/modules/workflows/triggers/clocks.ts'
import { momentFrom } from '../../packages/modules/workflows/triggers/moments.ts'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'
import { RecordMaker } from './workflow-records.ts'

interface Started {
  workflow: WorkflowDefinition
  record: Json
}

interface Workspace {
  template: Template
  client: ApiClient
  maker: RecordMaker
  /** Members by the roles that are told something. */
  told: Map<string, ApiClient>
  started: Started[]
}

let system: RunningSystem
let inbox: SmtpInbox
let workspaces: Workspace[]

/** When what goes by the clock is due: days count from nine in the morning. */
const due = new Date(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T09:00:00Z`)
const eventually = { timeout: 15_000, interval: 100 }

beforeAll(async () => {
  inbox = await SmtpInbox.start()
  system = await startSystem({ smtpUrl: inbox.url })
  workspaces = await Promise.all(loadTemplates().map(startedWorkspace))
  await passTime()
}, 120_000)

afterAll(async () => {
  await system.stop()
  await inbox.stop()
})

/** A workspace with records that start all its workflows. */
async function startedWorkspace(template: Template): Promise<Workspace> {
  const workspace = await workspaceOf(template)
  for (const workflow of template.workflows) workspace.started.push(await start(workspace, workflow))
  return workspace
}

async function workspaceOf(template: Template): Promise<Workspace> {
  const client = await system.register({ template: template.slug, workspace: `The ${template.slug}` })
  const notified = template.workflows.flatMap(({ actions }) =>
    actions.flatMap((one) => (one.type === 'notify' ? [one.to] : [])),
  )
  const told = new Map<string, ApiClient>()
  for (const role of new Set(notified)) {
    told.set(role, role === 'owner' || role === 'creator' ? client : await addMember(system, client.tenantId, [role]))
  }
  return { template, client, maker: new RecordMaker(client, template), told, started: [] }
}

/** Does what the workflow waits for; what goes by the clock is due later. */
async function start({ client, maker }: Workspace, workflow: WorkflowDefinition): Promise<Started> {
  const { trigger, object: slug } = workflow
  if (trigger.type === 'date_relative') {
    return { workflow, record: await maker.make(workflow, { [trigger.field]: dateFor(maker, workflow, trigger) }) }
  }
  const record = await maker.make(workflow, {})
  if (trigger.type === 'record_created') return { workflow, record }
  return { workflow, record: await client.call('PATCH', `/${slug}/${record.id}`, changeFor(maker, workflow, record)) }
}

/** The change that the workflow waits for. */
function changeFor(maker: RecordMaker, workflow: WorkflowDefinition, record: Json): object {
  const { trigger, object } = workflow
  if (trigger.type === 'field_changed') return { [trigger.field]: trigger.to }
  if (trigger.type !== 'stage_changed') throw new Error(`No template has a workflow by ${trigger.type}.`)
  return { ...maker.lackingAt(workflow, record), [maker.object(object).roles.stage!]: trigger.to }
}

/** The date with which the workflow is due then. */
function dateFor(
  maker: RecordMaker,
  workflow: WorkflowDefinition,
  { field, offset }: { field: string; offset: string },
): string {
  const isDay = maker.object(workflow.object).fields.find(({ key }) => key === field)!.type === 'date'
  const turned = offset.startsWith('-') ? offset.slice(1) : `-${offset}`
  const moment = momentFrom(due.toISOString(), turned, 'UTC').toISOString()
  return isDay ? moment.slice(0, 10) : moment
}

/** The clock moves to a minute after what is due, once all that is to be due then is noted. */
async function passTime(): Promise<void> {
  const noted = async () => {
    const timers = await system.sql<{ record_id: string }>(
      'select record_id from workflow_timers where fires_at = $1',
      [due],
    )
    return timers.map(({ record_id }) => record_id)
  }
  const awaited = workspaces.flatMap(({ started }) =>
    started.filter(({ workflow }) => workflow.trigger.type === 'date_relative').map(({ record }) => record.id),
  )
  await vi.waitFor(async () => expect(await noted()).toEqual(expect.arrayContaining(awaited)), eventually)
  const { database, jobs, workflows } = system.system
  const { transactions } = new LongJobs({ database, enqueue: (tx, kind, payload) => jobs.enqueue(tx, kind, payload) })
  const now = () => new Date(due.getTime() + 60_000)
  const kind = clockKind({ database, transactions, wake: () => workflows.wake(), now })
  // What somebody else holds just then is left to the next minute.
  await vi.waitFor(async () => {
    await kind.handle({ tenantId: '' }, { id: 'clock', attempt: 1, signal: new AbortController().signal })
    expect(await noted()).toEqual([])
  }, eventually)
  // The engine goes by the clock of the wall, by which these runs begin tomorrow.
  await system.sql('update workflow_runs set wake_at = now() where wake_at > now()')
  workflows.wake()
}

/** What a text becomes: each merge field is something. */
function merged(text: string): RegExp {
  const parts = text.split(/\{\{[^}]*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^{}]+')}$`)
}

const titlesOf = async (client: ApiClient, recordId: string): Promise<string[]> => {
  const tasks: { title: string; ownerId: string; about: { id: string }[] }[] = await client.get('/tasks?limit=200')
  const mine = tasks.filter(
    ({ about, ownerId }) => ownerId === client.userId && about.some(({ id }) => id === recordId),
  )
  return mine.map(({ title }) => title)
}

const messagesTo = async (client: ApiClient, recordId: string): Promise<string[]> => {
  const told: { recordId: string; about: { messages?: string[] } }[] = await client.get('/notifications?limit=100')
  return told.filter((one) => one.recordId === recordId).flatMap(({ about }) => about.messages ?? [])
}

const addressOf = async (client: ApiClient, { workflow, record }: Started, to: string): Promise<string> => {
  const [, ...path] = to.replace(/[{} ]/g, '').split('.')
  const include = path.slice(0, -1).join('.')
  const whole = await client.get(`/${workflow.object}/${record.id}${include ? `?include=${include}` : ''}`)
  return path.reduce((at, key) => at[key], whole) as string
}

async function expectEffect(
  { client, told }: Workspace,
  started: Started,
  action: WorkflowDefinition['actions'][number],
): Promise<void> {
  const { workflow, record } = started
  switch (action.type) {
    case 'create_task':
      await expect
        .poll(() => titlesOf(client, record.id), eventually)
        .toContainEqual(expect.stringMatching(merged(action.title.en)))
      return
    case 'notify':
      await expect
        .poll(() => messagesTo(told.get(action.to)!, record.id), eventually)
        .toContainEqual(expect.stringMatching(merged(action.message.en)))
      return
    case 'update_field':
      await expect
        .poll(async () => (await client.get(`/${workflow.object}/${record.id}`))[action.field], eventually)
        .toEqual(action.value)
      return
    case 'send_email': {
      const to = await addressOf(client, started, action.to)
      const subjects = () => inbox.mails.filter((mail) => mail.to.includes(to)).map(({ subject }) => subject)
      await expect.poll(subjects, eventually).toContainEqual(expect.stringMatching(merged(action.subject.en)))
      const mail = inbox.mails.find((one) => one.to.includes(to) && merged(action.subject.en).test(one.subject))!
      expect(mail.text.replaceAll('\r\n', '\n').trim()).toMatch(merged(action.body.en.trim()))
      return
    }
    case 'webhook':
      throw new Error('No template calls anybody.')
  }
}

describe.each(loadTemplates().map(({ slug, workflows }) => ({ slug, workflows })))('$slug', ({ slug, workflows }) => {
  it.each(workflows.map(({ key }) => key))('%s', async (key) => {
    const workspace = workspaces.find(({ template }) => template.slug === slug)!
    const started = workspace.started.find(({ workflow }) => workflow.key === key)!
    const run = async () => {
      const [found] = await system.sql<{ state: string; error: unknown }>(
        `select r.state, r.error from workflow_runs r join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
         where r.tenant_id = $1 and w.key = $2 and r.record_id = $3`,
        [workspace.client.tenantId, key, started.record.id],
      )
      return found
    }
    await expect.poll(run, eventually).toEqual({ state: 'done', error: null })
    for (const action of started.workflow.actions) await expectEffect(workspace, started, action)
  })
})
