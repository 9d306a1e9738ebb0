import { expect, it } from 'vitest'
import { availableMemory, tune } from './settings.ts'

const GB = 1024 ** 3

it('takes a modest share of the memory, within bounds', () => {
  expect(tune(8 * GB, 'full')).toMatchObject({
    shared_buffers: '1024MB',
    effective_cache_size: '4096MB',
    work_mem: '10MB',
  })
  expect(tune(GB / 4, 'full')).toMatchObject({ shared_buffers: '64MB', effective_cache_size: '256MB', work_mem: '4MB' })
  expect(tune(512 * GB, 'full')).toMatchObject({
    shared_buffers: '2048MB',
    work_mem: '32MB',
    maintenance_work_mem: '512MB',
  })
})

it('gives up crash safety for tests only', () => {
  expect(tune(GB, 'full')).toMatchObject({ fsync: 'on', full_page_writes: 'on' })
  expect(tune(GB, 'test')).toMatchObject({ fsync: 'off', full_page_writes: 'off' })
})

it('knows how much memory there is', () => {
  expect(availableMemory()).toBeGreaterThan(GB / 4)
})
