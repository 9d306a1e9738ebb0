/** Workspaces that the super admin of the installation has stopped for a while: all is kept, nobody comes in. */
import { AppError } from '../errors/index.ts'

/** Throws FORBIDDEN with the reason while the workspace is suspended. */
export function requireInUse({ name, suspendedReason }: { name: string; suspendedReason: string | null }): void {
  if (suspendedReason === null) return
  const reason = /[.!?…]$/.test(suspendedReason) ? suspendedReason : `${suspendedReason}.`
  throw new AppError(
    'FORBIDDEN',
    `${name} is suspended: ${reason} Nothing is lost; ask whoever looks after this installation to resume it.`,
    {
      details: [
        { field: 'workspace', message: 'WORKSPACE_SUSPENDED' },
        { field: 'reason', message: reason },
      ],
    },
  )
}
