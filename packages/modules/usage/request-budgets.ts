/**
 * The weighted requests that a tenant, or one of its API keys, may make in a minute, whichever servers they reach. A server
 * takes slices of the allowance from the database and spends them from memory; the README says how exact that is.
 */
import type { Database } from '@oneforge/kernel/database'
import { LRUCache } from 'lru-cache'
import { type Counted, type Lease, storeCounts, takeKeyLease, takeLease } from './usage.store.ts'

/** How a tenant or key stands after a request was counted. */
export interface Standing {
  admitted: boolean
  limit: number
  /** As far as this server knows. */
  remaining: number
  secondsLeft: number
}

/** Whose requests they are: the tenant's as a whole, or those of one key. */
interface Subject {
  tenantId: string
  keyId?: string
}

/** One subject on this server. Moments are those of `performance.now()`. */
interface Budget {
  /** The database's minute that the last slice was of. */
  minute: string | undefined
  endsAt: number
  /** What may be spent without asking; below zero is lent. */
  tokens: number
  /** What the database had left after the last slice; undefined before the first one of the minute. */
  remote: number | undefined
  /** How much to take next. */
  size: number
  spentThisMinute: number
  counted: Counted
  leasing: Promise<void> | undefined
}

const minuteMs = 60_000
const lentShare = 0.01
const firstShare = 0.02
const greatestShare = 0.1
/** A next slice is taken when so much of the last one is left. */
const lowShare = 0.25
const rememberedSubjects = 40_000

export class RequestBudgets {
  private readonly database: Database
  private readonly budgets = new LRUCache<string, Budget>({ max: rememberedSubjects })

  constructor(database: Database) {
    this.database = database
  }

  /** Counts a request of this cost; without a limit it is only counted. */
  async take(tenantId: string, limit: number | null, cost: number): Promise<Standing | undefined> {
    const budget = this.budgetOf({ tenantId })
    const reached = limit === null ? undefined : await this.spend({ tenantId }, limit, cost)
    if (reached?.admitted === false) budget.counted.refused += 1
    else budget.counted.requests += cost
    return reached
  }

  /** The same for a key with a limit of its own; what it spends is counted with its tenant's. */
  takeOfKey(key: Required<Subject>, limit: number, cost: number): Promise<Standing> {
    return this.spend(key, limit, cost)
  }

  /** Stores what was counted: of one tenant, or of all. */
  async flush(tenantId?: string): Promise<void> {
    for (const id of tenantId ? [tenantId] : this.budgets.keys()) {
      const budget = this.budgets.peek(id)
      if (!budget || budget.counted.requests + budget.counted.refused === 0) continue
      const counted = takeCounts(budget)
      await storeCounts(this.database, id, counted).catch(() => giveBack(budget, counted))
    }
  }

  /** What this server has taken of the minute and not spent. */
  unspent(tenantId: string): number {
    const budget = this.budgets.peek(tenantId)
    return budget && performance.now() < budget.endsAt ? Math.max(0, budget.tokens) : 0
  }

  private async spend(subject: Subject, limit: number, cost: number): Promise<Standing> {
    const budget = this.budgetOf(subject)
    beginMinute(budget, limit)
    while (!mayAfford(budget, limit, cost)) {
      if (budget.remote !== undefined && budget.remote <= 0) return standing(budget, limit, false)
      await this.lease(subject, budget, limit, cost)
      beginMinute(budget, limit)
    }
    budget.tokens -= cost
    budget.spentThisMinute += cost
    // The next slice comes while this one lasts. What goes wrong with it is met by whoever has to wait for one.
    if (isLow(budget)) this.lease(subject, budget, limit, 0).catch(() => {})
    return standing(budget, limit, true)
  }

  private budgetOf({ tenantId, keyId }: Subject): Budget {
    const id = keyId ?? tenantId
    const known = this.budgets.get(id)
    if (known) return known
    const budget = newBudget()
    this.budgets.set(id, budget)
    return budget
  }

  /** Takes a slice; requests that need one at the same time share it. */
  private lease(subject: Subject, budget: Budget, limit: number, cost: number): Promise<void> {
    budget.leasing ??= this.takeSlice(subject, budget, limit, cost).finally(() => {
      budget.leasing = undefined
    })
    return budget.leasing
  }

  private async takeSlice(subject: Subject, budget: Budget, limit: number, cost: number): Promise<void> {
    const wanted = sliceOf(budget, limit, cost)
    const counted = takeCounts(budget)
    try {
      const { minute, leased, millisecondsLeft } = await this.takeLease(subject, wanted, counted)
      const granted = Math.max(0, Math.min(wanted, limit - (leased - wanted)))
      // What was left of an earlier minute is no part of this one; what was lent is.
      const kept = budget.minute === minute ? budget.tokens : Math.min(0, budget.tokens)
      budget.minute = minute
      budget.endsAt = performance.now() + millisecondsLeft
      budget.tokens = kept + granted
      budget.remote = Math.max(0, limit - leased)
      budget.size = Math.min(budget.size * 2, atLeastOne(limit * greatestShare))
    } catch (error) {
      giveBack(budget, counted)
      throw error
    }
  }

  private takeLease({ tenantId, keyId }: Subject, size: number, counted: Counted): Promise<Lease> {
    if (keyId) return takeKeyLease(this.database, { tenantId, keyId }, size)
    return takeLease(this.database, tenantId, size, counted)
  }
}

const newBudget = (): Budget => ({
  minute: undefined,
  endsAt: 0,
  tokens: 0,
  remote: undefined,
  size: 0,
  spentThisMinute: 0,
  counted: { requests: 0, refused: 0 },
  leasing: undefined,
})

const atLeastOne = (number: number): number => Math.max(1, Math.floor(number))

/** A new minute begins without a slice, and with a size for the first one that fits the use of the last. */
function beginMinute(budget: Budget, limit: number): void {
  const now = performance.now()
  if (now < budget.endsAt) return
  const usual = (budget.spentThisMinute / limit) * greatestShare
  budget.size = atLeastOne(limit * Math.min(greatestShare, Math.max(firstShare, usual)))
  budget.tokens = 0
  budget.remote = undefined
  budget.spentThisMinute = 0
  // Until a slice tells when the database's minute ends.
  budget.endsAt = now + minuteMs
}

/** Towards the end of the allowance slices get small, so that no server keeps what another one needs. */
function sliceOf({ tokens, remote, size }: Budget, limit: number, cost: number): number {
  const fair = remote === undefined ? size : Math.min(size, Math.ceil(remote / 4))
  return Math.min(limit, Math.max(fair, cost) + Math.max(0, -tokens))
}

/** Before the first slice of a minute a little is lent. */
function mayAfford({ tokens, remote }: Budget, limit: number, cost: number): boolean {
  const lent = remote === undefined ? atLeastOne(limit * lentShare) : 0
  return tokens + lent >= cost
}

const isLow = ({ tokens, remote, size }: Budget): boolean => remote !== 0 && tokens < size * lowShare

function standing(
  { tokens, remote = Number.POSITIVE_INFINITY, endsAt, spentThisMinute }: Budget,
  limit: number,
  admitted: boolean,
): Standing {
  const known = Math.min(limit - spentThisMinute, remote + Math.max(0, tokens))
  const secondsLeft = Math.max(1, Math.ceil((endsAt - performance.now()) / 1_000))
  return { admitted, limit, remaining: Math.max(0, Math.floor(known)), secondsLeft: Math.min(60, secondsLeft) }
}

function takeCounts(budget: Budget): Counted {
  const { counted } = budget
  budget.counted = { requests: 0, refused: 0 }
  return counted
}

function giveBack(budget: Budget, { requests, refused }: Counted): void {
  budget.counted.requests += requests
  budget.counted.refused += refused
}
