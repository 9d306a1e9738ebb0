/** What a workspace should know of before it runs out: the end of its trial, and bounds of its plan that come near. */
import { languageOf } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { hasTrialEnded, type PlanHolder, planAfterTrial, planInForce } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import { readTotals, type Totals } from './usage.store.ts'

export const warningShape = z
  .object({
    kind: z.enum(['trialEnds', 'trialEnded', 'records', 'members', 'storage']),
    level: z
      .enum(['soon', 'now'])
      .describe('Soon: it comes near. Now: nothing more can be added, or the trial is over.'),
    message: z.string().describe('For people, in the language of the caller.'),
    used: z.number().nullable(),
    limit: z.number().nullable(),
    endsAt: z.string().nullable().describe('Of a trial.'),
  })
  .meta({ id: 'PlanWarning' })
export type PlanWarning = z.infer<typeof warningShape>

const dayMs = 86_400_000
/** How long before its end a trial is mentioned; the owners are written to at the same time. */
export const trialNoticeDays = 7
/** How long after its end. */
const trialMemoryDays = 30
/** The share of a bound from which on it is mentioned. */
const nearlyFull = 0.9

/** For administrators; for others there is nothing to do, and nothing to say. */
export async function readWarnings({ tx, model, policy, now, locale }: OperationContext): Promise<PlanWarning[]> {
  if (!policy.admin.has('settings')) return []
  const { records, members, storageBytes } = planInForce(model, now)
  const isBounded = [records, members, storageBytes].some((limit) => limit !== null)
  if (!isBounded && model.trialEndsAt === null) return []
  return warningsOf(model, await readTotals(tx, model.tenantId, now), now, locale)
}

export function warningsOf(holder: Holder, used: Totals, now: Date, locale: string): PlanWarning[] {
  const plan = planInForce(holder, now)
  return [
    ...trialWarning(holder, now, locale),
    ...boundWarning('records', used.records, plan.records, locale),
    ...boundWarning('members', used.members, plan.members, locale),
    ...boundWarning('storage', used.storage, plan.storageBytes, locale),
  ]
}

type Holder = PlanHolder & { timeZone: string }

function trialWarning(holder: Holder, now: Date, locale: string): PlanWarning[] {
  const endsAt = holder.trialEndsAt
  if (endsAt === null) return []
  const days = (Date.parse(endsAt) - now.getTime()) / dayMs
  if (days > trialNoticeDays || days < -trialMemoryDays) return []
  const ended = hasTrialEnded(holder, now)
  const message = trialMessages[languageOf(locale)][ended ? 'ended' : 'ends'](dayOf(endsAt, holder.timeZone, locale))
  const kind = ended ? 'trialEnded' : 'trialEnds'
  return [{ kind, level: ended ? 'now' : 'soon', message, used: null, limit: null, endsAt }]
}

function boundWarning(
  kind: 'records' | 'members' | 'storage',
  used: number,
  limit: number | null,
  locale: string,
): PlanWarning[] {
  if (limit === null || used <= limit * nearlyFull) return []
  const format = (amount: number) => (kind === 'storage' ? inGigabytes(amount, locale) : amount.toLocaleString(locale))
  const message = boundMessages[languageOf(locale)][kind](format(used), format(limit))
  return [{ kind, level: used >= limit ? 'now' : 'soon', message, used, limit, endsAt: null }]
}

/** The day in the workspace's own zone, as people write it: 3 May 2027. */
export const dayOf = (moment: string, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(dateLocales[languageOf(locale)], { dateStyle: 'long', timeZone }).format(new Date(moment))

const dateLocales = { en: 'en-GB', es: 'es', de: 'de' }

const inGigabytes = (bytes: number, locale: string): string =>
  `${(bytes / 1024 ** 3).toLocaleString(locale, { maximumFractionDigits: 1 })} GB`

const trialMessages = {
  en: {
    ends: (day: string) =>
      `The trial ends on ${day}. Nothing is lost then: the workspace goes on with the plan “${planAfterTrial}”.`,
    ended: (day: string) => `The trial ended on ${day}. The workspace has the plan “${planAfterTrial}” now.`,
  },
  es: {
    ends: (day: string) =>
      `La prueba termina el ${day}. No se pierde nada: el espacio de trabajo sigue con el plan «${planAfterTrial}».`,
    ended: (day: string) =>
      `La prueba terminó el ${day}. El espacio de trabajo tiene ahora el plan «${planAfterTrial}».`,
  },
  de: {
    ends: (day: string) =>
      `Die Testphase endet am ${day}. Nichts geht verloren: Der Arbeitsbereich läuft mit dem Tarif „${planAfterTrial}“ weiter.`,
    ended: (day: string) =>
      `Die Testphase endete am ${day}. Der Arbeitsbereich hat jetzt den Tarif „${planAfterTrial}“.`,
  },
}

const boundMessages = {
  en: {
    records: (used: string, limit: string) => `${used} of the ${limit} records of the plan are there.`,
    members: (used: string, limit: string) =>
      `${used} of the ${limit} places of the plan are taken, invitations included.`,
    storage: (used: string, limit: string) => `${used} of the ${limit} of files that the plan allows are kept.`,
  },
  es: {
    records: (used: string, limit: string) => `Hay ${used} de los ${limit} registros del plan.`,
    members: (used: string, limit: string) =>
      `Están ocupadas ${used} de las ${limit} plazas del plan, con las invitaciones.`,
    storage: (used: string, limit: string) => `Se guardan ${used} de los ${limit} de archivos que permite el plan.`,
  },
  de: {
    records: (used: string, limit: string) => `${used} der ${limit} Datensätze des Tarifs sind vorhanden.`,
    members: (used: string, limit: string) =>
      `${used} der ${limit} Plätze des Tarifs sind belegt, Einladungen eingerechnet.`,
    storage: (used: string, limit: string) => `${used} der ${limit} an Dateien, die der Tarif erlaubt, sind belegt.`,
  },
}
