/** The server: reads the environment, starts, and stops cleanly on SIGINT and SIGTERM. */
import { PrivatePostgresError } from '@oneforge/adapters/postgres'
import { MigrationError } from '@oneforge/kernel/database'
import { ConfigError, readConfig } from './config.ts'
import { type RunningServer, startServer } from './server.ts'

/** A stop that takes longer than this is ended: something hangs, and whoever stops us will not wait for ever. */
const stopWithinMs = 25_000

try {
  const server = await startServer(readConfig(process.env))
  stopOnSignal(server)
  console.log(server.url ? `OneForge is ready at ${server.url}` : 'OneForge works on events and jobs.')
} catch (error) {
  const expected = [ConfigError, PrivatePostgresError, MigrationError].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(1)
}

function stopOnSignal(server: RunningServer): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(1), stopWithinMs).unref()
      server.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
}
