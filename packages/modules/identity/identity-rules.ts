/** What an installation decides about its people, and what other modules add to a new workspace. */
import type { Transaction } from '@oneforge/kernel/database'

/** A tenant that was made a moment ago, in the same transaction. */
export interface CreatedTenant {
  tenantId: string
  userId: string
  locale: string
}

export interface IdentityRules {
  registration: 'open' | 'closed'
  /** Plan of a new workspace. */
  defaultPlan: string
  /** How many days a new workspace has that plan on trial; without it the plan stays. */
  trialDays?: number
  /** Completes a new workspace in the transaction that makes it, which is bound to it and its owner. */
  onTenantCreated?: (tx: Transaction, tenant: CreatedTenant) => Promise<void>
}
