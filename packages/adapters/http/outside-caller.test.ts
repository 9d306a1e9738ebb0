import { CallRefused } from '@oneforge/modules/workflows'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpReceiver } from './http-receiver.fixture.ts'
import { OutsideCaller } from './index.ts'

let receiver: HttpReceiver

beforeAll(async () => {
  receiver = await HttpReceiver.start()
})
afterAll(() => receiver.stop())

const request = (url: string) => ({
  url,
  method: 'POST' as const,
  headers: {},
  body: '{}',
  signal: new AbortController().signal,
})
/** Answers with these addresses, one after the other. */
const answering = (...addresses: string[]) => {
  const asked: string[] = []
  const lookup = (host: string, _options: object, done: (error: null, address: string, family: number) => void) => {
    asked.push(host)
    const address = addresses.shift()!
    done(null, address, address.includes(':') ? 6 : 4)
  }
  return { asked, lookup, caller: new OutsideCaller({ insideAllowed: false, lookup }) }
}

describe('an address that a tenant names', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://10.0.0.8/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://100.64.0.1/',
  ])('is not called at %s', async (url) => {
    await expect(new OutsideCaller({ insideAllowed: false }).call(request(url))).rejects.toBeInstanceOf(CallRefused)
  })

  it.each(['file:///etc/passwd', 'gopher://example.com/', 'https://ann:secret@example.com/', 'nothing'])(
    'is no such thing as %s',
    async (url) => {
      await expect(new OutsideCaller({ insideAllowed: true }).call(request(url))).rejects.toBeInstanceOf(CallRefused)
    },
  )

  it('is not called by a name that leads inside', async () => {
    for (const address of ['127.0.0.1', '::1', '10.1.2.3', '169.254.169.254']) {
      const { caller } = answering(address)
      await expect(caller.call(request(`http://crm.example:${receiver.port}/`))).rejects.toThrow(/own network/)
    }
    expect(receiver.requests).toEqual([])
  })

  it('is looked at once, and reached where it was looked at: what the name leads to a moment later does not count', async () => {
    const { lookup, asked } = answering('127.0.0.1', '169.254.169.254')
    const caller = new OutsideCaller({ insideAllowed: true, lookup })
    expect((await caller.call(request(`http://crm.example:${receiver.port}/once`))).status).toBe(200)
    expect(asked).toEqual(['crm.example'])
    expect(receiver.requests.splice(0)).toMatchObject([
      { path: '/once', headers: { host: `crm.example:${receiver.port}` } },
    ])
  })

  it('is not followed to where it points', async () => {
    receiver.answers.push({ status: 302, headers: { location: `${receiver.url}/inside` } })
    const { status } = await new OutsideCaller({ insideAllowed: true }).call(request(`${receiver.url}/first`))
    expect([status, receiver.requests.map(({ path }) => path)]).toEqual([302, ['/first']])
  })

  it('is not listened to for ever', async () => {
    receiver.answers.push({ status: 200, body: 'x'.repeat(3_000_000) })
    const { body } = await new OutsideCaller({ insideAllowed: true }).call(request(receiver.url))
    expect(body.length).toBeLessThanOrEqual(256 * 1024)
  })
})
