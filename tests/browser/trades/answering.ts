/** A customer who answers: that ends what waits for her, and nothing more is written to her. */
import { expect } from 'vitest'
import type { ApiClient, Json } from '../../client.ts'
import { eventually, type World } from './automation.world.ts'
import { type Hands, signInBy } from './hands.ts'

const deal = 'Lighthouse'
const letter = 'Are you still there?'

/** The same that is built by hand: after two days whoever is silent is written to. */
const workflow = {
  label: 'Write to the silent',
  object: 'deals',
  trigger: { type: 'stage_changed', to: 'Closed Won' },
  steps: [
    {
      id: 'wait',
      type: 'wait_event',
      event: 'message_received',
      timeout: 'P2D',
      onTimeout: [
        { id: 'letter', type: 'send_email', to: '{{ record.contact.email }}', subject: letter, body: 'Well?' },
      ],
    },
  ],
}

export async function answer(hands: Hands, world: World): Promise<void> {
  const { page, find, look } = hands
  const client = await world.system.register({ name: 'Ana García', workspace: 'Harbour', template: 'corporate' })
  await client.post('/workflows', { definition: workflow })
  for (const name of [deal, 'Silent tower']) await dealWith(client, name)
  await signInBy(hands, world.system.url, client)
  await find(deal.toLowerCase(), deal)
  await congratulate(hands)
  await openRun(hands, client)
  await world.answer(await world.mailTo('lighthouse@example.org', 'Welcome aboard'), 'Thank you! We begin on Monday.')
  await expect.poll(() => runOf(client, deal), eventually).toBe('done')
  await step(hands, /Wait until something happens.*Done/s).waitFor()
  await page.locator('[data-mark="wait/met"][data-way="taken"]').waitFor()
  await page.getByRole('link', { name: 'Re: Welcome aboard' }).waitFor()
  await look('3-answered')
  await world.endWaits(client.tenantId)
  await world.mailTo('silent-tower@example.org', letter)
  const receivers = world.inbox.mails.filter(({ subject }) => subject === letter).flatMap(({ to }) => to)
  expect(receivers).toEqual(['silent-tower@example.org'])
  expect(await step(hands, 'Send an e-mail').textContent()).not.toContain('Done')
  await find(deal.toLowerCase(), deal)
  await page.getByText('We begin on Monday.').waitFor()
  await look('4-story')
}

/** A deal that is won, and what is to follow waits. */
async function dealWith(client: ApiClient, name: string): Promise<void> {
  const email = `${name.toLowerCase().replace(' ', '-')}@example.org`
  const contact = await client.post('/contacts', { full_name: `Owner of ${name}`, email })
  const { id } = await client.post('/deals', { name, stage: 'Negotiation', contact: contact.id })
  await client.patch(`/deals/${id}`, { stage: 'Closed Won' })
  await expect.poll(() => runOf(client, name), eventually).toBe('waiting')
}

/** How far the run of the deal is. */
async function runOf(client: ApiClient, name: string): Promise<string | undefined> {
  const runs = await client.get<Json[]>('/workflow-runs')
  return runs.find(({ record, workflow: { label } }) => record.title === name && label === workflow.label)?.state
}

/** By hand, from the deal: it is addressed to its contact. */
async function congratulate({ page, press, write, look }: Hands): Promise<void> {
  await press(page.getByRole('button', { name: 'Write an e-mail' }))
  const dialog = page.getByRole('dialog', { name: 'Write an e-mail' })
  const to = dialog.getByRole('textbox', { name: 'To' })
  await expect.poll(() => to.inputValue(), eventually).toBe('lighthouse@example.org')
  await write(dialog.getByRole('textbox', { name: 'Subject' }), 'Welcome aboard')
  await write(dialog.getByRole('textbox', { name: 'Message' }), 'We look forward to working with you.')
  await look('1-congratulating')
  await press(dialog.getByRole('button', { name: 'Send' }))
  await dialog.waitFor({ state: 'detached' })
}

const step = ({ page }: Hands, text: RegExp | string) => page.locator('[data-mark]').filter({ hasText: text }).first()

/** From the list of runs. */
async function openRun(hands: Hands, client: ApiClient): Promise<void> {
  const { page, go, press, look } = hands
  expect(await runOf(client, deal)).toBe('waiting')
  await go('Automation')
  await press(page.getByRole('main').getByRole('link', { name: 'Runs', exact: true }))
  await press(page.getByRole('link', { name: new RegExp(`^${workflow.label} · ${deal}`) }))
  await step(hands, /Wait until something happens.*Waits/s).waitFor()
  await look('2-waiting')
}
