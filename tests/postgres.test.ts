import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { cloneDatabase, testServers } from './postgres.ts'

describe.each(testServers())('a test database on PostgreSQL $majorVersion', (server) => {
  it('is a migrated copy of its own, for the owner and for the application', async () => {
    const [one, two] = await Promise.all([cloneDatabase({ server }), cloneDatabase({ server })])
    expect(one.name).not.toBe(two.name)
    expect(await select(one.ownerUrl, 'SELECT count(*) > 0 AS answer FROM schema_migrations')).toBe(true)
    expect(await select(one.ownerUrl, "SELECT current_setting('server_version_num')::int / 10000 AS answer")).toBe(
      server.majorVersion,
    )
    expect(await select(two.appUrl, 'SELECT current_user AS answer')).toBe('oneforge_app')
    await Promise.all([one.drop(), two.drop()])
    await expect(select(one.ownerUrl, 'SELECT 1')).rejects.toThrow('does not exist')
  })

  it('may begin without tables', async () => {
    const database = await cloneDatabase({ server, template: 'template1' })
    expect(await select(database.ownerUrl, "SELECT to_regclass('schema_migrations') AS answer")).toBeNull()
    await database.drop()
  })
})

async function select(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query(statement)).rows[0].answer
  } finally {
    await client.end()
  }
}
