/** An administrator builds what follows a won deal: a project with its tasks, a word to the team, a letter to who is silent. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { ApiClient, Json } from '../../client.ts'
import { addMember } from '../../server.ts'
import { eventually, type World } from './automation.world.ts'
import { type Hands, signInBy } from './hands.ts'

const workflow = 'Onboard a customer'
const tasks = ['Call the customer', 'Send the contract', 'Open the accounts', 'Plan the training', 'Ask how it goes']
const letter = 'Shall we begin?'

export async function onboard(hands: Hands, world: World): Promise<void> {
  const client = await world.system.register({ name: 'Ana García', workspace: 'Harbour', template: 'corporate' })
  const manager = await addMember(world.system, client.tenantId, ['sales_manager'])
  const deal = await wonSoon(client)
  await signInBy(hands, world.system.url, client)
  await begin(hands)
  await whenWon(hands)
  await makeProject(hands)
  await makeTasks(hands)
  await tellTeam(hands)
  await writeToTheSilent(hands)
  await tryIt(hands)
  await turnOn(hands)
  await win(hands)
  await watch(hands, world, client)
  await hasHappened(client, manager, deal)
  const mail = await world.mailTo('ada@example.org', letter)
  expect(mail.text).toContain('Dear Ada Byron')
  expect(world.inbox.mails.filter(({ subject }) => subject === letter)).toHaveLength(1)
}

/** The object that projects are kept in, and a deal which is about to be won. */
async function wonSoon(client: ApiClient): Promise<Json> {
  const deal = { object: 'deals', inverse: { key: 'onboarding', label: 'Onboarding', many: true } }
  await client.post('/objects', {
    slug: 'onboarding_projects',
    label: 'Onboarding project',
    labelPlural: 'Onboarding projects',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'deal', label: 'Deal', type: 'relation', relation: deal },
    ],
    roles: { title: 'name' },
  })
  const contact = await client.post('/contacts', { full_name: 'Ada Byron', email: 'ada@example.org' })
  return client.post('/deals', { name: 'Harbour tower', stage: 'Negotiation', contact: contact.id })
}

const panel = ({ page }: Hands, name: string): Locator => page.getByRole('complementary', { name })
const card = ({ page }: Hands, text: RegExp | string): Locator =>
  page.locator('[data-mark]').filter({ hasText: text }).first()

async function begin(hands: Hands): Promise<void> {
  const { page, go, press, write, choose, look } = hands
  await go('Automation')
  await press(page.getByRole('button', { name: 'New workflow' }))
  const dialog = page.getByRole('dialog', { name: 'New workflow' })
  await write(dialog.getByLabel('Name'), workflow)
  await choose(dialog.getByRole('combobox', { name: 'About' }), 'Deals', 'Deals')
  await look('1-new')
  await press(dialog.getByRole('button', { name: 'Create' }))
  await page.getByRole('heading', { name: workflow }).waitFor()
}

async function whenWon(hands: Hands): Promise<void> {
  const { page, press, look } = hands
  await press(card(hands, 'A record is created'))
  const form = panel(hands, 'What begins it')
  await pick(form.getByRole('combobox', { name: 'Runs when' }), 'The stage changes')
  await pick(form.getByRole('combobox', { name: 'To stage' }), 'Closed Won')
  await page.getByText('The stage becomes Closed Won').waitFor()
  await look('2-trigger')
}

/** Opens the list and takes what stands in it. */
async function pick(input: Locator, option: string | RegExp): Promise<void> {
  await input.click()
  await input.page().getByRole('option', { name: option, exact: true }).click()
}

/** At the place, counted from the end; from there on the form of the new step is open. */
async function addStep(hands: Hands, name: string, fromEnd = 1): Promise<Locator> {
  const { page, press, write } = hands
  const places = page.getByRole('button', { name: /^Add a step (at|after|to) / })
  await press(places.nth((await places.count()) - fromEnd))
  const picker = page.getByRole('dialog', { name: 'What comes next?' })
  await write(picker.getByRole('combobox'), name)
  await press(picker.getByRole('option', { name: new RegExp(`^${name}`) }))
  return panel(hands, name)
}

/** What of the record is put in where the text ends. */
async function insert({ choose }: Hands, form: Locator, into: string, field: string): Promise<void> {
  await choose(form.getByRole('combobox', { name: `Insert a field into “${into}”` }), field, new RegExp(`^${field}$`))
}

async function makeProject(hands: Hands): Promise<void> {
  const { page, press, write, choose, look } = hands
  const form = await addStep(hands, 'Create a record')
  await choose(form.getByRole('combobox', { name: 'Object' }), 'Onboarding', /^Onboarding project/)
  await pick(form.getByRole('combobox', { name: 'Add a field' }), 'Name')
  await press(form.getByText('Text', { exact: true }))
  await write(form.getByRole('textbox', { name: 'Value' }), 'Onboarding of ')
  await insert(hands, form, 'Value', 'Name')
  await form.getByText('Onboarding of Harbour tower').waitFor()
  await pick(form.getByRole('combobox', { name: 'Link it by' }), 'Onboarding')
  await write(form.getByLabel('Name of the step'), 'Project')
  await page.getByText('Draft saved').waitFor()
  await look('3-project')
}

async function makeTasks(hands: Hands): Promise<void> {
  const { press, write, look } = hands
  const [first = '', ...others] = tasks
  const form = await addStep(hands, 'Create a task')
  await write(form.getByRole('textbox', { name: 'Title' }), first)
  await pick(form.getByRole('combobox', { name: 'Priority' }), 'High')
  await pick(form.getByRole('combobox', { name: 'About which record' }), 'What “Project” created')
  for (const title of others) {
    await press(form.getByRole('button', { name: 'Duplicate the step' }))
    await write(form.getByRole('textbox', { name: 'Title' }), title)
    await card(hands, title).waitFor()
  }
  await look('4-tasks')
}

async function tellTeam(hands: Hands): Promise<void> {
  const { write, choose, look } = hands
  const form = await addStep(hands, 'Notify somebody')
  await choose(form.getByRole('combobox', { name: 'Whom' }), 'Sales man', 'Sales manager')
  await write(form.getByRole('textbox', { name: 'Message' }), 'We have won ')
  await insert(hands, form, 'Message', 'Name')
  await form.getByText('We have won Harbour tower').waitFor()
  await look('5-team')
}

/** After two days, unless they have answered. */
async function writeToTheSilent(hands: Hands): Promise<void> {
  const { write, look } = hands
  const waiting = await addStep(hands, 'Wait until something happens')
  await pick(waiting.getByRole('combobox', { name: 'What happens' }), 'A message comes in')
  await write(waiting.getByRole('textbox', { name: 'Wait at most: how many' }), '2')
  await look('6-wait')
  const form = await addStep(hands, 'Send an e-mail', 2)
  await insert(hands, form, 'To', 'Contact → E-mail')
  await write(form.getByRole('textbox', { name: 'Subject' }), letter)
  await write(form.getByRole('textbox', { name: 'Message' }), 'Dear ')
  await insert(hands, form, 'Message', 'Contact → Full name')
  await form.getByText('Dear Ada Byron').waitFor()
  await look('7-letter')
}

async function tryIt(hands: Hands): Promise<void> {
  const { page, press, look } = hands
  await press(page.getByRole('button', { name: 'Test', exact: true }))
  const form = panel(hands, 'Test')
  await press(form.getByRole('button', { name: 'Test', exact: true }))
  await form.getByText('The record passes: it would run.').waitFor()
  await card(hands, /Wait until something happens.*Taken as: It happens/s).waitFor()
  await look('8-test')
}

async function turnOn(hands: Hands): Promise<void> {
  const { page, press, look } = hands
  await press(page.getByRole('button', { name: 'Publish' }))
  const dialog = page.getByRole('dialog', { name: 'Publish' })
  await dialog.getByText('This is its first version').waitFor()
  await look('9-publish')
  await press(dialog.getByRole('button', { name: 'Publish' }))
  await expect.poll(() => page.getByRole('switch', { name: 'Workflow is on' }).isChecked()).toBe(true)
}

async function win(hands: Hands): Promise<void> {
  const { page, find, press, look } = hands
  await find('harbour tow', 'Harbour tower')
  const stage = page.getByRole('navigation', { name: 'Sales' }).getByRole('button', { name: 'Closed Won' })
  await press(stage)
  await expect.poll(() => stage.getAttribute('aria-current')).toBe('step')
  await look('10-won')
}

/** From the runs to this one, which waits; two days later it has written. */
async function watch(hands: Hands, world: World, client: ApiClient): Promise<void> {
  const { page, go, press, look } = hands
  const run = async () =>
    (await client.get<Json[]>('/workflow-runs')).find((one) => one.workflow.label === workflow)?.state
  await expect.poll(run, eventually).toBe('waiting')
  await go('Automation')
  await press(page.getByRole('main').getByRole('link', { name: 'Runs', exact: true }))
  await press(page.getByRole('link', { name: new RegExp(`^${workflow} · Harbour tower`) }))
  await card(hands, /Wait until something happens.*Waits/s).waitFor()
  await look('11-waiting')
  await world.endWaits(client.tenantId)
  await expect.poll(run, eventually).toBe('done')
  await card(hands, /Send an e-mail.*Done/s).waitFor()
  await look('12-done')
}

async function hasHappened(client: ApiClient, manager: ApiClient, deal: Json): Promise<void> {
  const [project] = await client.get<Json[]>('/onboarding_projects')
  expect(project).toMatchObject({ name: 'Onboarding of Harbour tower', deal: { id: deal.id } })
  const all = await client.get<Json[]>('/tasks?limit=200')
  const own = all.filter(({ about }) => about.some(({ id }: Json) => id === project.id))
  expect(own.map(({ title, priority }) => [title, priority]).toSorted()).toEqual(
    tasks.map((title) => [title, 'High']).toSorted(),
  )
  const told = await manager.get<Json[]>('/notifications?limit=100')
  expect(told.flatMap(({ about }) => about.messages ?? [])).toContain('We have won Harbour tower')
}
