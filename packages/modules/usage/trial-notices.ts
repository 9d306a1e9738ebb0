/** A week before a trial ends the workspace's owners are written to: once, whichever server gets to it. */
import type { Database } from '@oneforge/kernel/database'
import { type Language, languageOf } from '@oneforge/kernel/metadata'
import { pageAddress, planAfterTrial } from '@oneforge/kernel/tenancy'
import type { Mailer, NewMail } from '@oneforge/modules/messaging'
import { claimTrialNotice, type OwnerRow, type TrialRow, trialsToTell } from './usage.store.ts'
import { dayOf, trialNoticeDays } from './warnings.ts'

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
  const [subject, text] = letters[languageOf(owner.locale)]({ trial, name: owner.name, day, link })
  return { kind: 'trial-ending', to: owner.email, subject, text }
}

interface TrialFacts {
  trial: TrialRow
  /** Of the owner. */
  name: string
  /** On which the trial ends, as its reader writes days. */
  day: string
  link: string
}

const letters: Record<Language, (facts: TrialFacts) => [subject: string, text: string]> = {
  en: ({ trial, name, day, link }) => [
    `The trial of ${trial.name} ends on ${day}`,
    `Hello ${name},

the trial of the plan “${trial.plan}” for ${trial.name} ends on ${day}. Nothing is lost: the workspace goes on with the plan “${planAfterTrial}”. What lies beyond its limits can be read, changed and exported, but nothing can be added to it.

What you use of the plan:
${link}

To keep the plan, talk to whoever looks after the installation.
`,
  ],
  es: ({ trial, name, day, link }) => [
    `La prueba de ${trial.name} termina el ${day}`,
    `Hola, ${name}:

La prueba del plan «${trial.plan}» de ${trial.name} termina el ${day}. No se pierde nada: después el espacio de trabajo sigue con el plan «${planAfterTrial}». Lo que pase de sus límites se puede leer, cambiar y exportar, pero no se puede añadir nada más.

Lo que usas del plan:
${link}

Para quedarte con el plan, habla con quien administra la instalación.
`,
  ],
  de: ({ trial, name, day, link }) => [
    `Die Testphase von ${trial.name} endet am ${day}`,
    `Guten Tag ${name},

die Testphase des Tarifs „${trial.plan}“ für ${trial.name} endet am ${day}. Nichts geht verloren: Der Arbeitsbereich läuft mit dem Tarif „${planAfterTrial}“ weiter. Was über dessen Grenzen liegt, lässt sich lesen, ändern und exportieren, aber nichts lässt sich hinzufügen.

Was Sie vom Tarif nutzen:
${link}

Um den Tarif zu behalten, sprechen Sie mit den Betreibern der Installation.
`,
  ],
}
