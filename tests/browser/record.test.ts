/** A day with records: looked at beside their list, and what one said earlier brought back. */
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { SmtpInbox } from '../../packages/adapters/email/smtp-inbox.fixture.ts'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'

// A busy machine takes its time over three pictures of each page.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 })

let inbox: SmtpInbox
let system: RunningSystem
let client: ApiClient
let browser: TestPage
let roof: Json

beforeAll(async () => {
  inbox = await SmtpInbox.start()
  system = await startSystem({ mailDomain: 'log.example.com', smtpUrl: inbox.url })
  client = await system.register({ name: 'Ana García', workspace: 'Harbour Roofs', template: 'blank' })
  await client.post('/objects', {
    slug: 'roofs',
    label: 'Roof',
    labelPlural: 'Roofs',
    icon: 'home',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'street', label: 'Street', type: 'text' },
      { key: 'area', label: 'Area', type: 'integer' },
      { key: 'material', label: 'Material', type: 'select', options: ['Slate', 'Tile', 'Tin'] },
    ],
  })
  for (const name of ['Bakery', 'Library', 'Mill']) {
    roof = await client.post('/roofs', { name, street: `${name} lane 1`, area: 120, material: 'Slate' })
  }
  await client.patch(`/roofs/${roof.id}`, { area: 140, material: 'Tin' })
  await client.patch(`/roofs/${roof.id}`, { street: 'Water lane 9' })
  browser = await openSignedIn(system.url, client)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
  await inbox?.stop()
})
beforeEach(() => {
  browser.complaints.length = 0
  return () => expect(browser.complaints).toEqual([])
})

const open = (path: string) => browser.page.goto(system.url + path)
const roofNow = () => client.get(`/roofs/${roof.id}`)

describe('a record beside its list', () => {
  it('is looked at by keys, edited where it stands, and gone on from', async () => {
    const { page, examine } = browser
    await open('/o/roofs?sort=name')
    await page.getByRole('row').filter({ hasText: 'Bakery' }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Space')
    const panel = (title: string) => page.getByRole('complementary', { name: `Beside the list: ${title}` })
    await panel('Bakery').getByText('1 of 3').waitFor()
    await page.keyboard.press('j')
    await panel('Library').getByText('2 of 3').waitFor()
    await panel('Library').getByRole('button', { name: 'Edit Street' }).focus()
    await page.keyboard.press('Enter')
    await panel('Library').getByRole('textbox').waitFor()
    await page.keyboard.type('Book lane 7')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await client.get('/roofs?name=Library'))[0].street).toMatch(/Book lane 7$/)
    await page.reload()
    await panel('Library').getByText('2 of 3').waitFor()
    expect(await examine('record-peek')).toEqual([])
    await panel('Library').getByRole('button', { name: 'Next (j)' }).click()
    await panel('Mill').getByText('3 of 3').waitFor()
    await page.keyboard.press('Escape')
    await panel('Mill').waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('peek')
    await page.getByRole('button', { name: 'Look at Mill beside the list' }).click()
    await panel('Mill').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Mill', level: 1 }).waitFor()
    await page.getByText('3 of 3').waitFor()
  })
})

describe('earlier values', () => {
  it('come back from the history, looked at first and chosen one by one', async () => {
    const { page, examine } = browser
    await open(`/o/roofs/${roof.id}`)
    const entry = page.getByRole('listitem').filter({ hasText: 'changed 2 fields' })
    await entry.getByRole('button', { name: 'Bring back earlier values' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Take these changes back…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Take changes back' })
    await dialog.getByRole('checkbox', { name: /^Area/ }).waitFor()
    expect(await examine('record-bring-back')).toEqual([])
    await dialog.getByRole('checkbox', { name: /^Area/ }).uncheck()
    await dialog.getByRole('button', { name: 'Bring back 1 value' }).click()
    await page.getByText('1 value brought back').waitFor()
    expect(await roofNow()).toMatchObject({ material: 'Slate', area: 140, street: 'Water lane 9' })
    await page.getByText('from its history').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await roofNow()).material).toBe('Tin')
  })
})

describe('a record on paper', () => {
  it('stands there alone, dark on white, whatever the screen was like', async () => {
    const { page } = browser
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const title = page.getByRole('heading', { name: 'Mill', level: 1 })
    await title.waitFor()
    expect(await title.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)')
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
    await page.getByText('created this record').waitFor()
    expect(await page.locator('aside, textarea, nav').filter({ visible: true }).count()).toBe(0)
    await page.screenshot({ path: 'tests/browser/pictures/record-print.png', fullPage: true })
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  })
})

describe('the trash', () => {
  it('shows what was deleted, and gives several back at once', async () => {
    const { page, examine } = browser
    const gone: Json[] = []
    for (const name of ['Barn', 'Shed']) gone.push(await client.post('/roofs', { name }))
    for (const { id } of gone) await client.delete(`/roofs/${id}`)
    await open('/o/roofs')
    await page.getByRole('button', { name: 'More for this list' }).click()
    await page.getByRole('menuitem', { name: 'Trash' }).click()
    await page.getByRole('heading', { name: 'Trash: Roofs' }).waitFor()
    await page.getByRole('checkbox', { name: 'Choose Barn' }).check()
    expect(await examine('record-trash')).toEqual([])
    await page.getByRole('checkbox', { name: 'Choose all' }).check()
    await page.getByRole('button', { name: 'Restore 2' }).click()
    await page.getByText('Restored 2 records.').waitFor()
    await page.getByRole('heading', { name: 'The trash is empty' }).waitFor()
    expect((await client.get(`/roofs/${gone[0]?.id}`)).deletedAt).toBeNull()
  })
})

describe('the address for mail', () => {
  it('is made by keys, taken anew after a question, and given up', async () => {
    const { page, examine } = browser
    await open('/profile')
    await page.getByRole('button', { name: 'Make an address' }).press('Enter')
    const shown = page.getByRole('textbox', { name: 'E-mail on records' })
    const first = await shown.inputValue()
    expect(first).toBe((await client.get('/mail-address')).address)
    await shown.scrollIntoViewIfNeeded()
    expect(await examine('profile-mail')).toEqual([])
    await page.getByRole('button', { name: 'New address' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'New address' }).press('Enter')
    await page.getByText('This is your new address.').waitFor()
    expect(await shown.inputValue()).not.toBe(first)
    await page.getByRole('button', { name: 'Give it up' }).press('Enter')
    await page.getByText('You have no such address yet.').waitFor()
  })

  it('stands beside that of the own calendar, which is shown once', async () => {
    const { page, examine } = browser
    const feed = page.getByRole('region', { name: 'Your calendar elsewhere' })
    await feed.getByRole('button', { name: 'Make a secret address' }).press('Enter')
    const shown = feed.getByRole('textbox', { name: 'Address of your calendar' })
    await shown.scrollIntoViewIfNeeded()
    const { pathname } = new URL(await shown.inputValue())
    expect(await (await fetch(system.url + pathname)).text()).toContain('X-WR-CALNAME:Harbour Roofs')
    await feed.getByRole('switch', { name: 'Tasks that are due' }).press('Space')
    await page.getByText('Saved.').waitFor()
    expect((await client.get('/calendar-feed')).tasks).toBe(false)
    expect(await examine('profile-calendar')).toEqual([])
    await page.reload()
    await feed.getByText('looked at').waitFor()
    expect(await shown.count()).toBe(0)
    await feed.getByRole('button', { name: 'End it' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).press('Enter')
    await feed.getByText('There is no address to subscribe to yet.').waitFor()
  })
})

describe('e-mail about a record', () => {
  it('stands in its story with what was attached, and is written down by hand beside it', async () => {
    const { page, examine } = browser
    const lena = await client.post('/contacts', { full_name: 'Lena Ortiz', email: 'lena@example.org' })
    const { address } = await client.post('/mail-address')
    const transport = createTransport({ host: '127.0.0.1', port: system.system.mailPort!, ignoreTLS: true })
    const attachments = [{ filename: 'Offer.txt', content: 'Slate, 120 m²' }]
    const mail = { from: 'lena@example.org', to: client.session!.user.email, subject: 'The offer', text: 'See below.' }
    await transport.sendMail({ ...mail, attachments, envelope: { from: mail.from, to: address } })
    transport.close()
    await open(`/o/contacts/${lena.id}`)
    await page.getByRole('button', { name: 'Offer.txt' }).click()
    await page.getByRole('dialog', { name: 'Offer.txt' }).getByText('Slate, 120 m²').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Offer.txt' }).waitFor({ state: 'detached' })
    await page.keyboard.press('l')
    const form = page.getByRole('form', { name: 'New e-mail' })
    const sender = form.getByRole('textbox', { name: 'From' })
    const receivers = form.getByRole('textbox', { name: 'To' })
    expect(await receivers.inputValue()).toBe('lena@example.org')
    await form.getByRole('textbox', { name: 'Subject' }).fill('Our answer')
    expect(await examine('record-email')).toEqual([])
    await form.getByRole('combobox', { name: 'Direction' }).click()
    await page.getByRole('option', { name: 'Received' }).click()
    await expect.poll(() => sender.inputValue()).toBe('lena@example.org')
    expect(await receivers.inputValue()).toContain('Ana García <')
    await form.getByRole('textbox', { name: 'Text' }).fill('We take it.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('“Our answer” was saved').waitFor()
    const [email] = await client.get('/emails?title=Our answer&include=about')
    expect(email).toMatchObject({ direction: 'Received', sender: 'lena@example.org', body: 'We take it.' })
    expect(email.about[0].id).toBe(lena.id)
    await client.delete('/mail-address')
  })
})

describe('a meeting', () => {
  it('shows whom it was told, and what they answered', async () => {
    const { page, examine } = browser
    const fields = [
      { key: 'title', label: 'Title', type: 'text', required: true },
      { key: 'starts_at', label: 'Starts', type: 'datetime' },
      { key: 'attendees', label: 'Attendees', type: 'tags' },
    ]
    const roles = { title: 'title', startsAt: 'starts_at' }
    await client.post('/objects', { slug: 'visits', label: 'Visit', labelPlural: 'Visits', fields, roles })
    const attendees = ['jo@example.org', 'a.very.long.name.indeed@a.very.long.domain.example.net', 'kim@example.net']
    const visit = await client.post('/visits', { title: 'Roof of the mill', starts_at: '2027-03-01T09:00Z', attendees })
    await open(`/o/visits/${visit.id}`)
    const panel = page.getByRole('region', { name: 'Invitations' })
    await panel.getByText('Not invited yet').first().waitFor()
    await panel.getByRole('button', { name: 'Write to 3 people' }).press('Enter')
    await page.getByText('3 people will get a message.').waitFor()
    await expect.poll(() => inbox.mails.filter(({ subject }) => subject.includes('Roof of the mill')).length).toBe(3)
    await system.sql(
      "update meeting_invitations set answer = 'accepted', answered_at = now() where address like 'jo@%'",
    )
    await page.reload()
    await panel.getByText('Accepted').waitFor()
    expect(await examine('record-invitations')).toEqual([])
  })
})

describe('a form', () => {
  it('takes what is typed as it was meant, and makes the record once', async () => {
    const { page } = browser
    const name = { key: 'name', label: 'Name', type: 'text', required: true }
    const keepers = { slug: 'keepers', label: 'Keeper', labelPlural: 'Keepers' }
    const born = { key: 'born', label: 'Born', type: 'date' }
    await client.post('/objects', { ...keepers, fields: [name, born] })
    const keeper = { object: 'keepers', inverse: { key: 'barns', label: 'Barns' } }
    await client.post('/objects', {
      slug: 'barns',
      label: 'Barn',
      labelPlural: 'Barns',
      fields: [
        { key: 'keeper', label: 'Keeper', type: 'relation', relation: keeper },
        name,
        { key: 'wood', label: 'Wood', type: 'select', options: ['Larch', 'Oak', 'Pine'] },
        { key: 'seen_at', label: 'Seen at', type: 'datetime' },
      ],
    })
    for (const named of ['Berta Brook', 'Carl Cliff'])
      await client.post('/keepers', { name: named, born: '1984-05-03' })
    await open('/o/barns?create=1')
    const form = page.getByRole('dialog', { name: 'New: Barn' })
    const keeperInput = form.getByRole('combobox', { name: 'Keeper' })
    await expect.poll(() => keeperInput.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.type('dora')
    await page.getByRole('option', { name: 'Create “dora”' }).click()
    const other = page.getByRole('dialog', { name: 'New: Keeper' })
    await expect.poll(() => other.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('dora')
    await page.keyboard.press('Escape')
    await other.waitFor({ state: 'detached' })
    await keeperInput.focus()
    await page.keyboard.type('carl')
    await page.getByRole('option', { name: /^Carl Cliff\s*3 May 1984/ }).waitFor()
    if (!process.env.CI) await page.screenshot({ path: 'tests/browser/pictures/record-form-picker.png' })
    await page.keyboard.press('Enter')
    await expect.poll(() => keeperInput.inputValue()).toBe('Carl Cliff')
    await form.getByRole('textbox', { name: 'Name' }).fill('Upper barn')
    const wood = form.getByRole('combobox', { name: 'Wood' })
    await wood.pressSequentially('oa')
    await page.keyboard.press('Enter')
    expect(await wood.inputValue()).toBe('Oak')
    const seen = form.getByRole('textbox', { name: 'Seen at' })
    await seen.fill('sooner or later')
    await page.keyboard.press('Enter')
    await form.getByText('This is no day and time yet').waitFor()
    expect(await seen.inputValue()).toBe('sooner or later')
    await seen.fill('5 March 2027 11:15')
    await page.getByRole('button', { name: '9 March 2027', exact: true }).click()
    await page.getByRole('button', { name: '11:30' }).waitFor()
    if (!process.env.CI) await page.screenshot({ path: 'tests/browser/pictures/record-form-moment.png' })
    await seen.blur()
    expect(await seen.inputValue()).toBe('09/03/2027 11:15')
    await form.getByRole('button', { name: 'Save', exact: true }).dblclick()
    await page.getByRole('heading', { name: 'Upper barn', level: 1 }).waitFor()
    const barns = await client.get('/barns?include=keeper')
    expect(barns).toMatchObject([{ name: 'Upper barn', wood: 'Oak', keeper: { title: 'Carl Cliff' } }])
    const pencil = page.getByRole('button', { name: 'Edit Name' })
    await pencil.press('Enter')
    await page.getByRole('textbox', { name: 'Name' }).fill('Lower barn')
    await page.keyboard.press('Enter')
    await page.getByText('Name saved').waitFor()
    expect(await pencil.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+z')
    await page.getByRole('heading', { name: 'Upper barn', level: 1 }).waitFor()
    await page.keyboard.press('n')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search records, pages and actions…').waitFor()
    await page.keyboard.press('Escape')
    await page.getByPlaceholder('Search records, pages and actions…').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('row').filter({ hasText: 'Upper barn' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Upper barn', level: 1 }).waitFor()
  })
})
