/** A week before a trial ends the workspace's owners are written to: once, whichever server gets to it. */
import type { Database } from '@oneforge/kernel/database'
import { pageAddress, planAfterTrial } from '@oneforge/kernel/tenancy'
import type { Mailer, NewMail } from '@oneforge/modules/messaging'
import { claimTrialNotice, type OwnerRow, type TrialRow, trialsToTell } from './usage.store.ts'
import { dayOf, languageOf, trialNoticeDays } from './warnings.ts'

/** Writes to the owners of all workspaces whose trial ends within a week, unless that was done. */
export async function tellOfTrials(options: { database: Database; mailer: Mailer; baseUrl: string }): Promise<void> {
  const { database, mailer, baseUrl } = options
  for (const tenantId of await trialsToTell(database, trialNoticeDays)) {
    await database.transaction({ tenantId }, async (tx) => {
      // That it was told and the messages stand or fall together; of two servers the second finds nothing to claim.
      const claimed = await claimTrialNotice(tx, trialNoticeDays)
      for (const owner of claimed?.owners ?? []) await mailer.enqueue(tx, trialMail(claimed!.trial, owner, baseUrl))
    })
  }
}

function trialMail(trial: TrialRow, owner: OwnerRow, baseUrl: string): NewMail {
  const day = dayOf(trial.endsAt, trial.timeZone, owner.locale)
  const link = `${pageAddress(baseUrl, trial.domain)}/settings/usage`
  const [subject, text] =
    languageOf(owner.locale) === 'es'
      ? [
          `La prueba de ${trial.name} termina el ${day}`,
          `Hola, ${owner.name}:

La prueba del plan «${trial.plan}» de ${trial.name} termina el ${day}. No se pierde nada: después el espacio de trabajo sigue con el plan «${planAfterTrial}». Lo que pase de sus límites se puede leer, cambiar y exportar, pero no se puede añadir nada más.

Lo que usas del plan:
${link}

Para quedarte con el plan, habla con quien administra la instalación.
`,
        ]
      : [
          `The trial of ${trial.name} ends on ${day}`,
          `Hello ${owner.name},

the trial of the plan “${trial.plan}” for ${trial.name} ends on ${day}. Nothing is lost: the workspace goes on with the plan “${planAfterTrial}”. What lies beyond its limits can be read, changed and exported, but nothing can be added to it.

What you use of the plan:
${link}

To keep the plan, talk to whoever looks after the installation.
`,
        ]
  return { kind: 'trial-ending', to: owner.email, subject, text }
}
