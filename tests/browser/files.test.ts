/** Files on a record as somebody at a desk deals with them: dropped, opened, renewed, renamed, thrown away. */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { openSignedIn, type TestPage } from './browser.ts'
import { moveUntilTold, pressUntilAt, tabTo } from './keyboard.ts'

// Each step looks at several pages in light, in dark and on a phone; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let system: RunningSystem
let owner: ApiClient
let browser: TestPage
let patient: Json

const letter = 'Dear Lena,\n\nyour results are in: everything is as it should be.\n\nHarbour Clinic\n'

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ name: 'Ana García', workspace: 'Harbour Clinic', template: 'hospital' })
  patient = await owner.post('/patients', {
    full_name: 'Lena Ortiz',
    date_of_birth: '1980-01-01',
    phone: '+14155550123',
  })
  browser = await openSignedIn(system.url, owner)
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

const files = () => browser.page.getByRole('region', { name: 'Files' })
const item = (name: string) => files().getByRole('listitem').filter({ hasText: name })
const file = (name: string, mimeType: string, content: string | Buffer) => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
})

/** What a drag from the desktop does to the page. */
async function drop(name: string, content: string): Promise<void> {
  const { page } = browser
  const transfer = await page.evaluateHandle(
    ([fileName, text]) => {
      const carried = new DataTransfer()
      carried.items.add(new File([text!], fileName!, { type: 'text/plain' }))
      return carried
    },
    [name, content],
  )
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
  const zone = page.getByText('Drop the files to add them to this record')
  await zone.waitFor()
  await zone.dispatchEvent('drop', { dataTransfer: transfer })
}

it('takes files that are dropped or chosen, and shows them', async () => {
  const { page, examine } = browser
  await page.goto(`${system.url}/o/patients/${patient.id}`)
  await files().getByText('No files yet').waitFor()
  await drop('Letter.txt', letter)
  await item('Letter.txt').getByRole('button', { name: 'Open Letter.txt' }).waitFor()
  const picture = await page.screenshot()
  const chooser = page.waitForEvent('filechooser')
  await files().getByRole('button', { name: 'Upload files' }).click()
  const archive = file('Scans.bin', 'application/octet-stream', Buffer.alloc(5 * 1024 * 1024, 1))
  await (await chooser).setFiles([file('Wound, day 3.png', 'image/png', picture), archive])
  await item('Scans.bin').getByText('5 MB').waitFor()
  await item('Wound').getByRole('button', { name: 'Open' }).waitFor()
  await shownSmall(item('Wound'))
  await page.getByRole('listitem').filter({ hasText: 'added the file Letter.txt' }).waitFor()
  expect(await examine('files')).toEqual([])
})

it('opens them over the page, one after the other', async () => {
  const { page, examine } = browser
  await tabTo(files().getByRole('button', { name: 'Open Letter.txt' }))
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Letter.txt' }).getByText('everything is as it should be').waitFor()
  expect(await examine('file-text')).toEqual([])
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: 'Scans.bin' }).getByText('A browser cannot show this').waitFor()
  await page.keyboard.press('ArrowRight')
  const image = page.getByRole('img', { name: 'Wound, day 3.png' })
  await expect.poll(() => image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(1440)
  expect(await examine('file-picture')).toEqual([])
  await page.keyboard.press('Escape')
})

it('keeps versions, and hands any of them out', async () => {
  const { page } = browser
  await item('Letter.txt').getByRole('button', { name: 'Actions for Letter.txt' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Upload a new version' }).click()
  await (await chooser).setFiles(file('Letter.txt', 'text/plain', `${letter}PS: see you on Monday.\n`))
  await item('Letter.txt').getByText('Version 2').waitFor()
  await files().getByRole('button', { name: 'Open Letter.txt' }).click()
  const dialog = page.getByRole('dialog', { name: 'Letter.txt' })
  await dialog.getByText('PS: see you on Monday').waitFor()
  await dialog.getByRole('combobox', { name: 'Versions' }).click()
  await page.getByRole('option', { name: /Version 1/ }).click()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('Letter.txt')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

it('tells in the story of the record what was done with them, and opens the version it tells of', async () => {
  const { page, examine } = browser
  await page.getByRole('listitem').filter({ hasText: 'added a new version of' }).getByText('(Version 2)').waitFor()
  const added = page.getByRole('listitem').filter({ hasText: 'added the file Letter.txt' })
  await pressUntilAt(added.getByRole('button', { name: 'Letter.txt', exact: true }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Letter.txt' })
  await dialog.getByText('everything is as it should be').waitFor()
  expect(await dialog.getByText('PS: see you').count()).toBe(0)
  expect(await examine('file-told')).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

it('renames, moves, throws away and takes back', async () => {
  const { page, examine } = browser
  await item('Letter.txt').getByRole('button', { name: 'Actions for Letter.txt' }).click()
  await page.getByRole('menuitem', { name: 'Rename or move' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename or move' })
  await dialog.getByLabel('Folder').fill('Letters//2026')
  await page.keyboard.press('Enter')
  await dialog.getByRole('alert').filter({ hasText: 'slashes' }).waitFor()
  expect(browser.complaints.splice(0).join()).toContain('400')
  await dialog.getByLabel('Folder').fill('Letters/2026')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await files().getByRole('heading', { name: 'Letters/2026' }).waitFor()
  await item('Scans.bin').getByRole('button', { name: 'Actions for Scans.bin' }).click()
  await page.getByRole('menuitem', { name: 'Move to trash' }).click()
  await files().getByRole('button', { name: '1 in the trash' }).click()
  await item('Scans.bin').getByRole('button', { name: 'Erase for good' }).waitFor()
  expect(await examine('files-trash')).toEqual([])
  await item('Scans.bin').getByRole('button', { name: 'Restore' }).click()
  await files().getByRole('button', { name: 'Open Scans.bin' }).waitFor()
  expect(browser.complaints).toEqual([])
})

it('deals with many at once: chosen with the mouse and by the keys, moved, dragged, fetched and thrown away', async () => {
  const { page, examine } = browser
  const scans = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => file(`Scan ${name}.txt`, 'text/plain', `scan ${name}`))
  await choose(files().getByRole('button', { name: 'Upload files' }), scans)
  const box = (name: string) => item(name).getByRole('checkbox', { name: `Select ${name}` })
  const folder = (name: string) => files().getByRole('heading', { name })
  for (const { name } of scans) await box(name).waitFor()
  await item('Scan a.txt').hover()
  await box('Scan a.txt').click()
  const bar = files().getByRole('toolbar', { name: 'Chosen files' })
  await bar.getByText('1 chosen').waitFor()
  await box('Scan c.txt').click({ modifiers: ['Shift'] })
  await bar.getByText('3 chosen').waitFor()
  expect(await examine('files-chosen')).toEqual([])
  await bar.getByRole('button', { name: 'Move to…' }).click()
  await page.getByRole('dialog', { name: 'Move 3 files' }).getByLabel('Folder').fill('Scans')
  await page.keyboard.press('Enter')
  await folder('Scans').waitFor()
  await bar.waitFor({ state: 'detached' })

  await item('Scan d.txt').dragTo(folder('Scans'))
  await page.getByText('Scan d.txt is in “Scans” now').waitFor()
  await expect.poll(inFolder('Scans')).toEqual(['a', 'b', 'c', 'd'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(inFolder('Scans')).toEqual(['a', 'b', 'c'])

  await item('Scan e.txt').getByRole('button', { name: 'Open Scan e.txt' }).focus()
  await pressUntilAt(box('Scan e.txt'), 'Shift+Tab')
  await page.keyboard.press('Space')
  await box('Scan f.txt').focus()
  await page.keyboard.press('Shift+Space')
  await bar.getByText('2 chosen').waitFor()
  const download = page.waitForEvent('download')
  await bar.getByRole('button', { name: 'Download as ZIP' }).click()
  expect((await download).suggestedFilename()).toBe(`${patient.recordNumber}.zip`)
  await bar.getByRole('button', { name: 'Move to trash' }).click()
  await page.getByText('2 files are in the trash').waitFor()
  await box('Scan f.txt').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await box('Scan f.txt').waitFor()
  expect(browser.complaints).toEqual([])
})

/** The letters of the scans there. */
const inFolder = (name: string) => async (): Promise<string[]> => {
  const all = (await owner.get(`/patients/${patient.id}/files`)) as Json[]
  return all.filter(({ folder }) => folder === name).map(({ name: of }) => of[5])
}

it('fills fields of files: in the form of a new record, in the record, and shows them in the list', async () => {
  const { page, examine } = browser
  await owner.post('/objects', {
    slug: 'cars',
    label: 'Car',
    labelPlural: 'Cars',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'photo', label: 'Photo', type: 'file', rules: { kinds: ['image'], maxSize: 2_000_000 } },
      { key: 'papers', label: 'Papers', type: 'file', rules: { several: true } },
    ],
  })
  await page.goto(`${system.url}/o/cars`)
  await page.getByRole('button', { name: 'New car' }).first().click()
  const form = page.getByRole('dialog', { name: 'New: Car' })
  await form.getByLabel('Name').fill('Beetle')
  await choose(form.getByRole('button', { name: 'Choose a file' }), file('Notes.txt', 'text/plain', letter))
  await form.getByRole('alert').filter({ hasText: 'must be one of image' }).waitFor()
  expect(browser.complaints.splice(0).join()).toContain('400')
  await form.getByRole('button', { name: 'Stop uploading Notes.txt' }).click()
  await choose(
    form.getByRole('button', { name: 'Choose a file' }),
    file('Front.png', 'image/png', await page.screenshot()),
  )
  await form.getByText('Front.png').waitFor()
  const papers = form.getByRole('group', { name: 'Papers' })
  await choose(papers.getByRole('button', { name: 'Add files' }), [
    file('Contract.txt', 'text/plain', letter),
    file('Insurance of the car with all that was agreed, signed by both.txt', 'text/plain', letter),
    file('Back.png', 'image/png', await page.screenshot()),
    file('Side.png', 'image/png', await page.screenshot()),
  ])
  await papers.getByText('Contract.txt').waitFor()
  for (const name of ['Insurance', 'Back.png', 'Side.png']) await papers.getByText(name).waitFor()
  await papers.getByRole('progressbar').first().waitFor({ state: 'detached' })
  expect(await examine('file-fields-form')).toEqual([])
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  await page.goto(`${system.url}/o/cars`)
  await shownSmall(page.getByRole('gridcell', { name: 'Front.png' }))
  expect(await examine('file-fields-list')).toEqual([])
})

it('opens and changes the files of a field by the keys', async () => {
  const { page, examine } = browser
  const [car] = (await owner.get('/cars')) as Json[]
  await page.goto(`${system.url}/o/cars/${car.id}`)
  await shownSmall(page.getByRole('button', { name: 'Open Back.png' }))
  await tabTo(page.getByRole('button', { name: 'Contract.txt', exact: true }))
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Contract.txt' })
  await dialog.getByText('everything is as it should be').waitFor()
  await page.keyboard.press('ArrowRight')
  await page
    .getByRole('dialog', { name: /^Insurance/ })
    .getByText('everything is as it should be')
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await tabTo(page.getByRole('button', { name: 'Edit Papers' }))
  await page.keyboard.press('Enter')
  const editor = page.getByRole('group', { name: 'Papers' })
  await pressUntilAt(editor.getByRole('button', { name: 'Move Contract.txt' }), 'Shift+Tab')
  await page.keyboard.press('Space')
  await page.getByText(/Contract.txt (picked up|is at place 1)/).waitFor({ state: 'attached' })
  await moveUntilTold(page, 'ArrowDown', 'Contract.txt is at place 2')
  await page.keyboard.press('Space')
  await editor.getByRole('listitem').nth(1).getByText('Contract.txt').waitFor()
  await tabTo(editor.getByRole('button', { name: 'Take Contract.txt out' }))
  await page.keyboard.press('Enter')
  expect(await examine('file-fields-record')).toEqual([])
  await tabTo(editor.getByRole('button', { name: 'Save' }))
  await page.keyboard.press('Enter')
  await editor.waitFor({ state: 'detached' })
  await page.getByRole('listitem').filter({ hasText: 'changed' }).filter({ hasText: 'Contract.txt' }).waitFor()
  await files().getByRole('button', { name: '1 in the trash' }).waitFor()
  expect(browser.complaints).toEqual([])
})

it('lets an administrator say what a field takes', async () => {
  const { page, examine } = browser
  await page.goto(`${system.url}/settings/objects/cars`)
  await page.getByRole('button', { name: 'Add field' }).click()
  await page.getByRole('button', { name: /^File A document/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('Several files').check()
  await drawer.getByLabel('At most this many').fill('5')
  expect(await examine('file-fields-settings')).toEqual([])
})

/** A small picture is drawn soon, and not the icon of its kind. */
const shownSmall = (place: Locator): Promise<void> =>
  expect
    .poll(() =>
      place.locator('img').evaluateAll(([image]) => (image as HTMLImageElement | undefined)?.naturalWidth ?? 0),
    )
    .toBe(320)

/** Chooses in the window that asks which file. */
async function choose(button: Locator, chosen: ReturnType<typeof file> | ReturnType<typeof file>[]): Promise<void> {
  const chooser = browser.page.waitForEvent('filechooser')
  await button.click()
  await (await chooser).setFiles(chosen)
}
