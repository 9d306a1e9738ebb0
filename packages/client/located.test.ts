import { expect, it, vi } from 'vitest'
import { createClient } from './index.ts'

const refusal = (status: number, field: string) =>
  Response.json(
    { success: false, error: { code: 'REFUSED', message: 'No.', details: [{ field, message: 'NO' }] } },
    { status },
  )
const done = () => Response.json({ success: true, data: [] })

/** A client at the location `centre`, of a server that answers so to requests about it and otherwise. */
function at(centre: () => Response, everywhere: () => Response = done) {
  const sent: (string | null)[] = []
  const fetch = async (_: unknown, init?: RequestInit) => {
    const location = new Headers(init?.headers).get('X-OneForge-Location')
    sent.push(location)
    return location ? centre() : everywhere()
  }
  const onLocationGone = vi.fn()
  const options = { baseUrl: '', fetch: fetch as typeof globalThis.fetch, location: () => 'centre', onLocationGone }
  return { client: createClient(options), sent, onLocationGone }
}

it('says the location with every request but those about the own account, and in links', async () => {
  const { client, sent } = at(done)
  await client.locations.list()
  await client.identity.me()
  expect(sent).toEqual(['centre', null])
  expect(client.jobs.refusedUrl('1')).toBe('/jobs/1/refused?X-OneForge-Location=centre')
})

it('asks again without a location that is no longer there', async () => {
  const { client, sent, onLocationGone } = at(() => refusal(400, 'X-OneForge-Location'))
  expect(await client.locations.list()).toEqual([])
  expect(sent).toEqual(['centre', null])
  expect(onLocationGone).toHaveBeenCalledExactlyOnceWith('centre')
})

it('asks again without a location whose networks do not reach so far', async () => {
  const { client, onLocationGone } = at(() => refusal(403, 'address'))
  expect(await client.locations.list()).toEqual([])
  expect(onLocationGone).toHaveBeenCalledOnce()
})

it('keeps the location where the whole workspace is closed to the address', async () => {
  const { client, onLocationGone } = at(
    () => refusal(403, 'address'),
    () => refusal(403, 'address'),
  )
  await expect(client.locations.list()).rejects.toMatchObject({ status: 403 })
  expect(onLocationGone).not.toHaveBeenCalled()
})

it('leaves other refusals as they are', async () => {
  const { client, sent, onLocationGone } = at(() => refusal(400, 'name'))
  await expect(client.locations.list()).rejects.toMatchObject({ status: 400 })
  expect(sent).toEqual(['centre'])
  expect(onLocationGone).not.toHaveBeenCalled()
})
