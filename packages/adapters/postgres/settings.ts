import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** The memory that this process may count on: the machine's, or its container's limit when that is less. */
export function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/**
 * PostgreSQL's settings for a machine that it shares with the server (and, on a laptop, with everything else).
 *
 * @param memoryBytes memory to tune for.
 * @param durability `test` gives up crash safety for speed: only for data that a test makes and throws away.
 */
export function tune(memoryBytes: number, durability: 'full' | 'test'): Record<string, string> {
  const share = (part: number, leastMb: number, mostMb: number) =>
    `${Math.round(Math.min(Math.max(memoryBytes / MB / part, leastMb), mostMb))}MB`
  return {
    max_connections: '100',
    shared_buffers: share(8, 64, 2048),
    effective_cache_size: share(2, 256, 65536),
    work_mem: share(800, 4, 32),
    maintenance_work_mem: share(32, 64, 512),
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    // Solid-state disks: a random page costs little more than the next one.
    random_page_cost: '1.1',
    // Short queries: compiling them costs more than it saves.
    jit: 'off',
    // A query over hash-partitioned tables locks each partition and its indexes.
    max_locks_per_transaction: '256',
    timezone: 'UTC',
    // Errors go to the caller, who logs them; here they would put people's data (keys, statements) into a file.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(durability === 'test' ? { fsync: 'off', full_page_writes: 'off' } : { fsync: 'on', full_page_writes: 'on' }),
  }
}
