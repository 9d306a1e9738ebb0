/** One run of a job in a process of its own, for tests that kill it: `node import-process.fixture.ts URL DIR TENANT JOB`. */
import { DiskStorage } from '@oneforge/adapters/storage'
import { Database } from '@oneforge/kernel/database'
import { LongJobs } from '@oneforge/modules/jobs'
import { createImports } from './index.ts'

const [url, directory, tenantId, jobId] = process.argv.slice(2) as [string, string, string, string]
const database = new Database({ url })
const longJobs = new LongJobs({ database, enqueue: async () => null })
createImports({ storage: new DiskStorage(directory), longJobs })
await longJobs.run(tenantId, jobId, { signal: new AbortController().signal })
await database.close()
