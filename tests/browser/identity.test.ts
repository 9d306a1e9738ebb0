/** Who comes in, how they prove it, and how they are shut out: by the page, as a practice manager and her people see it. */
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiClient } from '../client.ts'
import { PASSWORD, type RunningSystem, startSystem } from '../server.ts'
import { openPage, type TestPage } from './browser.ts'
import { pressSpaceAt, tabTo, typeInto } from './keyboard.ts'

const newPassword = 'another lantern in the orchard'

// Each step looks at several pages in light, in dark and on a phone; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let system: RunningSystem
/** The first user of the installation: her outbox has the messages of all workspaces as well. */
let ana: ApiClient
let owner: TestPage

beforeAll(async () => {
  system = await startSystem()
  ana = await system.register({ name: 'Ana García', workspace: 'Harbour Clinic', template: 'hospital' })
  owner = await openPage(system.url)
  await signIn(owner, emailOf(ana))
})
afterAll(async () => {
  await owner?.close()
  await system?.stop()
})
beforeEach(() => {
  owner.complaints.length = 0
  return () => expect(owner.complaints).toEqual([])
})

const emailOf = (client: ApiClient): string => client.session!.user.email
const open = ({ page }: TestPage, path: string) => page.goto(system.url + path)
const home = ({ page }: TestPage, name: string) =>
  page.getByRole('heading', { name: new RegExp(`, ${name}$`) }).waitFor()
/** The browser notes every refusal of the server in its console; the test has just asked for one. */
const expectComplaint = ({ complaints }: TestPage, status: number) => {
  expect(complaints.join()).toContain(String(status))
  complaints.length = 0
}

async function signIn(at: TestPage, email: string, password = PASSWORD): Promise<void> {
  await open(at, '/sign-in')
  await fillInSignIn(at, email, password)
  await at.page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/** By keys alone: the form begins with the focus in its first field. */
async function fillInSignIn({ page }: TestPage, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail').waitFor()
  await typeInto(page.getByLabel('E-mail'), email)
  await typeInto(page.getByLabel(/^Password/), password)
  await page.keyboard.press('Enter')
}

/** Opens the newest message in the outbox as the administrator does, and answers the path of its link. */
async function linkInOutbox(subject: string | RegExp, scope?: 'The installation'): Promise<string> {
  const { page } = owner
  await open(owner, '/settings/outbox')
  if (scope) await page.getByText(scope).click()
  const message = page.getByRole('main').getByRole('listitem').filter({ hasText: subject }).first()
  await message.getByRole('button', { name: 'Read' }).click()
  const link = /https?:\/\/[^\s/]+(\/\S+#\S+)/.exec((await message.textContent())!)
  return link![1]!.replace(/Copy the link$/, '')
}

describe('an address', () => {
  it('is confirmed by the link in the message, and the reminder goes', async () => {
    const { page, examine } = owner
    await page.getByRole('region', { name: 'Your address is not confirmed' }).waitFor()
    await open(owner, await linkInOutbox('Confirm your e-mail address'))
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
    expect(await examine('address-confirmed')).toEqual([])
    await tabTo(page.getByRole('link', { name: 'Go to the workspace' }))
    await page.keyboard.press('Enter')
    await home(owner, 'Ana')
    expect(await page.getByRole('region', { name: 'Your address is not confirmed' }).count()).toBe(0)
  })
})

describe('an invitation', () => {
  const email = 'nora@example.com'
  let nora: TestPage
  beforeAll(async () => {
    nora = await owner.another()
  })
  afterAll(() => nora.close())

  it('is sent by keys alone, with the roles', async () => {
    const { page, examine } = owner
    await open(owner, '/settings/members')
    await tabTo(page.getByRole('button', { name: 'Invite', exact: true }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
    await typeInto(dialog.getByLabel('E-mail'), email)
    await pressSpaceAt(dialog.getByRole('checkbox', { name: 'Receptionist' }))
    expect(await examine('invite')).toEqual([])
    await tabTo(dialog.getByRole('button', { name: 'Send invitation' }))
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Invitations' }).getByText(email).waitFor()
    expect(await examine('invited')).toEqual([])
  })

  it('is refused kindly for somebody who is invited already', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
    await dialog.getByLabel('E-mail').fill(email)
    await dialog.getByRole('checkbox', { name: 'Nurse' }).check()
    await dialog.getByRole('button', { name: 'Send invitation' }).click()
    await dialog.getByText('There is an open invitation to this address.').waitFor()
    await page.keyboard.press('Escape')
    expectComplaint(owner, 409)
  })

  it('is read in the outbox, and its link dies when it is sent again', async () => {
    const { page, examine } = owner
    const first = await linkInOutbox('invite')
    expect(await examine('outbox')).toEqual([])
    await open(owner, '/settings/members')
    await page.getByRole('button', { name: `Send again: ${email}` }).click()
    await page.getByRole('alert').filter({ hasText: 'new link' }).waitFor()
    await open(nora, first)
    await nora.page.getByRole('heading', { name: 'This invitation is not valid' }).waitFor()
    expect(await nora.examine('invitation-void')).toEqual([])
    expectComplaint(nora, 404)
  })

  it('lets somebody new in by keys alone, who sees what their role shows', async () => {
    const { page, examine } = nora
    await open(nora, await linkInOutbox('invite'))
    await page.getByRole('heading', { name: 'Join Harbour Clinic' }).waitFor()
    await page.getByText('Ana García invites you as Receptionist.').waitFor()
    await typeInto(page.getByLabel('Your name'), 'Nora Quinn')
    await typeInto(page.getByLabel('Choose a password'), PASSWORD)
    expect(await examine('invitation')).toEqual([])
    await page.keyboard.press('Enter')
    await home(nora, 'Nora')
    const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    const names = await links.allTextContents()
    expect(names).toContain('Patients')
    expect(names).not.toContain('Prescriptions')
    expect(await examine('home-receptionist')).toEqual([])
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link')
    await sections.first().waitFor()
    expect(await sections.allTextContents()).not.toContain('Roles')
  })

  it('is declined by who does not want it', async () => {
    await ana.post('/members/invitations', { email: 'busy@example.com', roles: ['nurse'] })
    await open(nora, await linkInOutbox('invite'))
    await pressSpaceAt(nora.page.getByRole('button', { name: 'I do not want to join' }))
    await nora.page.getByRole('heading', { name: 'You have declined' }).waitFor()
    expect((await ana.get('/members/invitations'))[0]).toMatchObject({ email: 'busy@example.com', status: 'declined' })
  })

  it('is withdrawn', async () => {
    await ana.post('/members/invitations', { email: 'mistaken@example.com', roles: ['nurse'] })
    const link = await linkInOutbox('invite')
    await open(owner, '/settings/members')
    await owner.page.getByRole('button', { name: 'Withdraw: mistaken@example.com' }).click()
    await owner.page.getByText('mistaken@example.com').waitFor({ state: 'detached' })
    await open(nora, link)
    await nora.page.getByRole('heading', { name: 'This invitation is not valid' }).waitFor()
  })
})

describe('somebody of another workspace', () => {
  let omar: TestPage
  let client: ApiClient
  beforeAll(async () => {
    client = await system.register({ name: 'Omar Haddad', workspace: 'Lakeside Imaging', template: 'imaging-clinic' })
    omar = await owner.another()
    await ana.post('/members/invitations', { email: emailOf(client), roles: ['nurse'] })
  })
  afterAll(() => omar.close())

  it('joins with the password they have', async () => {
    const { page, examine } = omar
    await open(omar, await linkInOutbox('invite'))
    await typeInto(page.getByLabel(/^Password/), PASSWORD)
    expect(await examine('invitation-known')).toEqual([])
    await page.keyboard.press('Enter')
    await home(omar, 'Omar')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Prescriptions' }).waitFor()
  })

  it('goes to and fro between the workspaces', async () => {
    const { page, examine } = omar
    await page.getByRole('button', { name: 'Harbour Clinic' }).click()
    await page.getByRole('menuitem', { name: 'Lakeside Imaging' }).waitFor()
    expect(await examine('workspaces')).toEqual([])
    // On the phone the menu was gone with the sidebar.
    await page.getByRole('button', { name: 'Harbour Clinic' }).click()
    await page.getByRole('menuitem', { name: 'Lakeside Imaging' }).click()
    const tab = await page.context().newPage()
    await tab.goto(page.url())
    await tab.getByRole('button', { name: 'Lakeside Imaging' }).waitFor()
    await page.getByRole('button', { name: 'Lakeside Imaging' }).click()
    await page.getByRole('menuitem', { name: 'Harbour Clinic' }).click()
    await tab.getByRole('button', { name: 'Go on in Harbour Clinic' }).click()
    await tab.getByRole('button', { name: 'Harbour Clinic' }).waitFor()
    await tab.close()
    await page.getByRole('button', { name: 'Harbour Clinic' }).waitFor()
  })

  it('is shut out with the very next request', async () => {
    const { page } = omar
    await open(owner, '/settings/members')
    await owner.page.getByRole('button', { name: 'Actions for Omar Haddad' }).click()
    await owner.page.getByRole('menuitem', { name: 'Deactivate' }).click()
    const question = owner.page.getByRole('dialog', { name: 'Deactivate Omar Haddad?' })
    await question.waitFor()
    expect(await owner.examine('deactivate')).toEqual([])
    await question.getByRole('button', { name: 'Deactivate' }).click()
    await owner.page.getByRole('alert').filter({ hasText: 'can no longer come in' }).waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Patients' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  it('is let in again, and leaves by themself', async () => {
    const { page } = omar
    await owner.page.getByRole('button', { name: 'Actions for Omar Haddad' }).click()
    await owner.page.getByRole('menuitem', { name: 'Reactivate' }).click()
    await owner.page.getByRole('alert').filter({ hasText: 'can come in again' }).waitFor()
    await fillInSignIn(omar, emailOf(client))
    await page.getByRole('button', { name: 'Harbour Clinic' }).click()
    await page.getByRole('menuitem', { name: 'Leave this workspace' }).click()
    const question = page.getByRole('dialog', { name: 'Leave Harbour Clinic?' })
    await question.waitFor()
    expect(await omar.examine('leave')).toEqual([])
    await question.getByRole('button', { name: 'Leave this workspace' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await fillInSignIn(omar, emailOf(client))
    await page.getByRole('button', { name: 'Lakeside Imaging' }).waitFor()
  })
})

describe('a second factor', () => {
  let iris: TestPage
  let client: ApiClient
  let secret: string
  let backupCodes: string[]
  /** An app a little ahead: each code counts once, and the next one comes only after half a minute. */
  const nextCode = () => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 })

  beforeAll(async () => {
    client = await system.register({ name: 'Iris Blum', workspace: 'Blum Practice', template: 'hospital' })
    iris = await owner.another()
    await signIn(iris, emailOf(client))
  })
  afterAll(() => iris.close())

  it('is set up with a picture to scan, and gives backup codes once', async () => {
    const { page, examine } = iris
    await page.getByRole('button', { name: 'Iris Blum' }).click()
    await page.getByRole('menuitem', { name: 'Sign-in and devices' }).click()
    await page.getByRole('heading', { name: 'Second factor' }).waitFor()
    expect(await examine('own-security')).toEqual([])
    await tabTo(page.getByRole('button', { name: 'Set up second factor' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Set up second factor' })
    await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    secret = (await dialog.locator('code').textContent())!.replaceAll(' ', '')
    await dialog.getByLabel(/^Code/).waitFor()
    await typeInto(dialog.getByLabel(/^Code/), '000000')
    await page.keyboard.press('Enter')
    await dialog.getByText(/not the code|is wrong/).waitFor()
    expect(await examine('second-factor-setup')).toEqual([])
    iris.complaints.length = 0
    await dialog.getByLabel(/^Code/).fill(generateSync({ secret }))
    await page.keyboard.press('Enter')
    await dialog.getByText('These codes are shown only now.').waitFor()
    backupCodes = await dialog.getByRole('listitem').allTextContents()
    expect(backupCodes).toHaveLength(10)
    expect(await examine('backup-codes')).toEqual([])
    await tabTo(dialog.getByRole('button', { name: 'I have kept them' }))
    await page.keyboard.press('Enter')
    await page.getByText('10 backup codes are left.').waitFor()
    expect(await examine('own-security-on')).toEqual([])
  })

  it('is asked for when signing in, and a wrong code is refused kindly', async () => {
    const { page, examine } = iris
    await signOut(iris, 'Iris Blum')
    await fillInSignIn(iris, emailOf(client))
    await typeInto(page.getByLabel(/^Code/), '000000')
    await page.keyboard.press('Enter')
    await page.getByText('This code is wrong or was used already.').waitFor()
    expect(await examine('sign-in-code-wrong')).toEqual([])
    await page.getByLabel(/^Code/).fill(nextCode())
    await page.keyboard.press('Enter')
    await home(iris, 'Iris')
  })

  it('is replaced by a backup code once', async () => {
    const { page } = iris
    await signOut(iris, 'Iris Blum')
    await fillInSignIn(iris, emailOf(client))
    await typeInto(page.getByLabel(/^Code/), backupCodes[0]!)
    await page.keyboard.press('Enter')
    await home(iris, 'Iris')
    await signOut(iris, 'Iris Blum')
    await fillInSignIn(iris, emailOf(client))
    await typeInto(page.getByLabel(/^Code/), backupCodes[0]!)
    await page.keyboard.press('Enter')
    await page.getByText('This code is wrong or was used already.').waitFor()
    await page.getByLabel(/^Code/).fill(backupCodes[1]!)
    await page.keyboard.press('Enter')
    await home(iris, 'Iris')
    await open(iris, '/profile/security')
    await page.getByText('8 backup codes are left.').waitFor()
  })

  it('is asked for again before something grave', async () => {
    const { page, examine } = iris
    await system.sql("update sessions set stepped_up_at = now() - interval '1 hour' where user_id = $1", [
      client.userId,
    ])
    await page.getByRole('button', { name: 'New backup codes' }).click()
    const dialog = page.getByRole('dialog', { name: 'Is it still you?' })
    await dialog.getByLabel(/^Code/).waitFor()
    expect(await examine('step-up')).toEqual([])
    await pressSpaceAt(dialog.getByRole('button', { name: 'Use the password instead' }))
    await typeInto(dialog.getByLabel('Your password'), 'not this one')
    await page.keyboard.press('Enter')
    await dialog.getByText('This is not your current password.').waitFor()
    expect(await examine('step-up-wrong')).toEqual([])
    await dialog.getByLabel('Your password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog', { name: 'New backup codes' })
      .getByRole('button', { name: 'I have kept them' })
      .click()
    await page.getByText('10 backup codes are left.').waitFor()
    iris.complaints.length = 0
  })

  it('is demanded of a role, and nothing opens before', async () => {
    await ana.post('/members/invitations', { email: 'dr.lee@example.com', roles: ['doctor'] })
    const link = await linkInOutbox('invite')
    await open(owner, '/settings/security')
    await owner.page.getByRole('checkbox', { name: 'Doctor' }).check()
    expect(await owner.examine('security-rules')).toEqual([])
    await owner.page.getByRole('button', { name: 'Save' }).click()
    await owner.page.getByRole('alert').filter({ hasText: 'The rules were saved' }).waitFor()
    const doctor = await owner.another()
    const { page, examine } = doctor
    await open(doctor, link)
    await typeInto(page.getByLabel('Your name'), 'Jun Lee')
    await typeInto(page.getByLabel('Choose a password'), PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    expect(await examine('second-factor-required')).toEqual([])
    await open(doctor, '/o/patients')
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    const key = (await page.locator('code').textContent())!.replaceAll(' ', '')
    await typeInto(page.getByLabel(/^Code/), generateSync({ secret: key }))
    await page.keyboard.press('Enter')
    await pressSpaceAt(page.getByRole('button', { name: 'I have kept them' }))
    await home(doctor, 'Jun')
    await doctor.close()
  })
})

async function signOut({ page }: TestPage, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

describe('a password', () => {
  let pia: TestPage
  let client: ApiClient
  beforeAll(async () => {
    client = await system.register({ name: 'Pia Roth', workspace: 'Roth Practice', template: 'hospital' })
    pia = await owner.another()
  })
  afterAll(() => pia.close())

  it('that is wrong five times locks the account, and the page says for how long', async () => {
    const { page, examine } = pia
    await open(pia, '/sign-in')
    await fillInSignIn(pia, emailOf(client), 'not this one')
    await page.getByRole('alert').waitFor()
    expect(await examine('sign-in-refused')).toEqual([])
    for (let tries = 1; tries <= 5; tries++) {
      const answered = page.waitForResponse(/auth\/login$/)
      await page.getByLabel(/^Password/).fill(`not this one ${tries}`)
      await page.keyboard.press('Enter')
      await answered
    }
    await page.getByText(/locked.*Try again in \d+ minutes/).waitFor()
    expect(await examine('sign-in-locked')).toEqual([])
    expectComplaint(pia, 423)
  })

  it('that is forgotten is replaced through the link', async () => {
    const { page, examine } = pia
    await tabTo(page.getByRole('link', { name: 'Forgot your password?' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
    await typeInto(page.getByLabel('E-mail'), emailOf(client))
    expect(await examine('forgot-password')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('a message is on its way').waitFor()
    expect(await examine('forgot-password-sent')).toEqual([])
    const link = await linkInOutbox(emailOf(client), 'The installation')
    expect(await owner.examine('outbox-installation')).toEqual([])
    await open(pia, link)
    await typeInto(page.getByLabel('New password'), newPassword)
    expect(await examine('reset-password')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your new password is saved' }).waitFor()
    expect(await examine('reset-password-done')).toEqual([])
    await open(pia, link)
    await page.reload()
    await typeInto(page.getByLabel('New password'), newPassword)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Ask for another link' }).waitFor()
    expect(await examine('reset-password-used')).toEqual([])
    pia.complaints.length = 0
    await signIn(pia, emailOf(client), newPassword)
  })

  it('that is changed ends the other sessions', async () => {
    const { page } = pia
    const elsewhere = await pia.another()
    await signIn(elsewhere, emailOf(client), newPassword)
    await open(pia, '/profile')
    await typeInto(page.getByLabel('Current password'), newPassword)
    await typeInto(page.getByLabel('New password'), PASSWORD)
    expect(await pia.examine('profile-password')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Your password has been changed.').waitFor()
    await elsewhere.page.reload()
    await elsewhere.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await elsewhere.close()
  })
})

describe('a session', () => {
  it('is ended from another device', async () => {
    const phone = await owner.another()
    await signIn(phone, emailOf(ana))
    await open(owner, '/profile/security')
    const sessions = owner.page.getByRole('main').getByRole('listitem')
    await expect.poll(() => sessions.count()).toBeGreaterThan(1)
    expect(await owner.examine('sessions')).toEqual([])
    const before = await sessions.count()
    await owner.page
      .getByRole('button', { name: /^End: / })
      .first()
      .click()
    await expect.poll(() => sessions.count()).toBe(before - 1)
    await phone.page.reload()
    await phone.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await phone.close()
  })

  it('ends by itself after a while without anybody, a minute after a warning', async () => {
    await open(owner, '/settings/security')
    await pressSpaceAt(owner.page.getByRole('switch', { name: 'Sign out people who are away' }))
    await owner.page.getByLabel('After so many minutes').fill('5')
    await owner.page.getByRole('button', { name: 'Save' }).click()
    await owner.page.getByRole('alert').filter({ hasText: 'The rules were saved' }).waitFor()
    const { page, examine } = owner
    await page.clock.install()
    await open(owner, '/o/patients')
    await page.getByRole('grid', { name: 'Patients' }).or(page.getByText('No Patients yet')).waitFor()
    await page.clock.runFor('04:10')
    const warning = page.getByRole('dialog', { name: 'Are you still there?' })
    await warning.waitFor()
    expect(await examine('idle-warning')).toEqual([])
    await page.clock.runFor('01:30')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
})
