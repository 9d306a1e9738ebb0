/** Servers with one place of their source changed, one at a time. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { TEST_MASTER_KEY } from '../postgres.ts'
import type { Mutant } from './rights.mutants.ts'
import type { Delivery, Order } from './rights.mutate.ts'

const program = resolve(import.meta.dirname, 'rights.mutate.ts')

export class MutatedServers {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'oneforge-mutants-'))
  /** The address that sessions were made for. */
  readonly #baseUrl: string
  #process: ChildProcess | undefined
  #exit = new AbortController()

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
  }

  /**
   * Starts the server without the decision, in place of the one before. Answers its address; throws when it cannot start.
   *
   * @param databaseUrl as its owner
   */
  async start(mutant: Mutant, databaseUrl: string): Promise<string> {
    const environment = {
      OF_BASE_URL: this.#baseUrl,
      OF_DATA_DIR: this.#dataDir,
      OF_MASTER_KEY: TEST_MASTER_KEY,
      OF_DEFAULT_PLAN: 'unlimited',
      OF_LOG_LEVEL: 'silent',
      OF_PROCESS: 'server',
      DATABASE_URL: databaseUrl,
    }
    const order: Order = { mutant, environment }
    const child = this.#running()
    child.send(order)
    const [delivery] = (await once(child, 'message', { signal: this.#exit.signal })) as [Delivery]
    if ('problem' in delivery) throw new Error(delivery.problem)
    return delivery.url
  }

  async end(): Promise<void> {
    if (this.#process?.connected) {
      this.#process.disconnect()
      await once(this.#process, 'exit')
    }
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  /** A mutation that ends the whole process costs the next one no more than a new process. */
  #running(): ChildProcess {
    if (!this.#process?.connected) {
      const exit = new AbortController()
      const problem = new Error('The process of the servers ended without an answer: read what it said above.')
      this.#process = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'] })
      this.#process.once('exit', () => exit.abort(problem))
      this.#exit = exit
    }
    return this.#process
  }
}
