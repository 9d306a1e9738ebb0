/** Tells those who look after the workflows of a workspace that they have done all that its plan allows in this hour. */
import { memberRights } from '@oneforge/kernel/access'
import { appendEvents } from '@oneforge/kernel/events'
import { inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { membersWith } from './actions/people.store.ts'

const spent = {
  en: 'The workflows have done as many steps as the plan allows in one hour. They go on at {time}; nothing is lost.',
  es: 'Los flujos han dado todos los pasos que el plan permite en una hora. Continúan a las {time}; no se pierde nada.',
  de: 'Die Abläufe haben so viele Schritte getan, wie der Tarif in einer Stunde erlaubt. Sie gehen um {time} weiter; nichts geht verloren.',
}

export async function tellAdministrators({ tx, model }: RecordContext, until: Date): Promise<void> {
  const people = new Set<string>()
  for (const role of rolesThatLookAfter(model)) {
    for (const id of await membersWith(tx, model.tenantId, { role })) people.add(id)
  }
  const members = people.size > 0 ? await memberRights(tx, model.tenantId, [...people]) : []
  const messages = members.map(({ userId, locale }) => [userId, textFor(locale ?? model.locale, model, until)])
  if (messages.length === 0) return
  await appendEvents(tx, [
    { type: 'workflow.told', actorId: null, payload: { messages: Object.fromEntries(messages) } },
  ])
}

const rolesThatLookAfter = ({ roles }: TenantModel): string[] =>
  [...roles.values()]
    .filter(({ admin }) => admin?.some((given) => given === '*' || given === 'automation'))
    .map(({ key }) => key)

function textFor(locale: string, { timeZone }: TenantModel, until: Date): string {
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(until)
  return inLocale(spent, locale).replace('{time}', time)
}
