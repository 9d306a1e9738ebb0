/** What a plan allows and what is used of it, as the server sends it. */

/** Something of the plan is about to run out, or has. */
export interface PlanWarning {
  kind: 'trialEnds' | 'trialEnded' | 'records' | 'members' | 'storage'
  level: 'soon' | 'now'
  /** In the caller's language. */
  message: string
  used: number | null
  limit: number | null
  endsAt: string | null
}

/** Where a limit is null there is none. */
export interface Usage {
  /** `name` is the plan in force: after a trial it is another than the one that was tried. */
  plan: { name: string; trial: { plan: string; endsAt: string; ended: boolean } | null }
  /** Weighted: a read counts 1, a write 2, a list one for each 50 records. Days are those of UTC, the oldest first. */
  requests: {
    perMinute: number | null
    thisMinute: number
    resetsInSeconds: number
    today: number
    refusedToday: number
    days: { date: string; requests: number; refused: number }[]
  }
  records: { used: number; limit: number | null; byObject: { object: string; label: string; count: number }[] }
  storage: { usedBytes: number; limitBytes: number | null }
  /** `used` is who belongs to the workspace and who is invited to it; programs do not count. */
  members: { used: number; active: number; invited: number; limit: number | null }
  warnings: PlanWarning[]
}
