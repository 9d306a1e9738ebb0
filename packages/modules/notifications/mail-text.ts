/** The words of the mails. */
import { languageOf } from '@oneforge/kernel/metadata'
import type { NotificationKind } from './kinds.ts'

export interface MailLine {
  kind: NotificationKind
  count: number
  actors: string[]
  /** What the record may be called in a mail; null where it is about none. */
  title: string | null
  fields: string[]
  about: Record<string, unknown>
  link: string
}

interface Letter {
  name: string
  locale: string
  workspace: string
  lines: MailLine[]
  page: string
  unsubscribe: string
}

interface Words {
  subject(count: number, workspace: string): string
  greeting(name: string): string
  somebody: string
  and: string
  line: Record<NotificationKind, (who: string, what: string, count: number) => string>
  ended: Record<'completed' | 'failed', string>
  more(page: string): string
  end(unsubscribe: string): string
}

/** One line for each thing, with the way to it. */
export function notificationMail({ name, locale, workspace, lines, page, unsubscribe }: Letter): {
  subject: string
  text: string
} {
  const words = inLanguage[languageOf(locale)]
  const told = lines.map((line) => `- ${sentenceOf(words, line)}\n  ${line.link}`)
  return {
    subject: words.subject(lines.length, workspace),
    text: [words.greeting(name), told.join('\n'), words.more(`${page}/notifications`), words.end(unsubscribe), ''].join(
      '\n\n',
    ),
  }
}

function sentenceOf(words: Words, { kind, count, actors, title, fields, about }: MailLine): string {
  const who = peopleOf(words, actors)
  if (kind === 'job_ended') return words.ended[about.status === 'failed' ? 'failed' : 'completed']
  const messages = (about.messages as string[] | undefined)?.slice(-count)
  if (messages) return [messages.join(' · '), title ? `(${title})` : ''].filter(Boolean).join(' ')
  const what = [title, fields.length > 0 ? `(${fields.join(', ')})` : ''].filter(Boolean).join(' ')
  return words.line[kind](who, what, count)
}

function peopleOf({ somebody, and }: Words, actors: string[]): string {
  if (actors.length === 0) return somebody
  const last = actors.at(-1)!
  return actors.length === 1 ? last : `${actors.slice(0, -1).join(', ')} ${and} ${last}`
}

const inLanguage: Record<'en' | 'es' | 'de', Words> = {
  en: {
    subject: (count, workspace) =>
      count === 1 ? `1 thing is new in ${workspace}` : `${count} things are new in ${workspace}`,
    greeting: (name) => `Hello ${name},`,
    somebody: 'Somebody',
    and: 'and',
    line: {
      mention: (who, what) => `${who} mentioned you: ${what}`,
      assigned: (who, what) => `${who} gave you ${what}`,
      answered: (_, what, count) =>
        count === 1 ? `An e-mail was answered: ${what}` : `${count} answers to e-mails: ${what}`,
      moved: (who, what) => `${who} moved ${what} to another stage`,
      noted: (who, what, count) =>
        count === 1 ? `${who} wrote a note: ${what}` : `${who} wrote ${count} notes: ${what}`,
      commented: (who, what, count) =>
        count === 1 ? `${who} commented on ${what}` : `${who} commented ${count} times on ${what}`,
      changed: (who, what, count) => (count === 1 ? `${who} changed ${what}` : `${who}: ${count} changes to ${what}`),
      reminder: (_, what) => `Reminder: ${what}`,
      workflow: (_, what) => `News: ${what}`,
      job_ended: () => '',
      invitation_accepted: (who) => `${who} accepted your invitation`,
    },
    ended: { completed: 'Work that you asked for is done', failed: 'Work that you asked for has failed' },
    more: (page) => `All that is new:\n${page}`,
    end: (unsubscribe) => `To get no more of these messages:\n${unsubscribe}`,
  },
  es: {
    subject: (count, workspace) => (count === 1 ? `1 novedad en ${workspace}` : `${count} novedades en ${workspace}`),
    greeting: (name) => `Hola, ${name}:`,
    somebody: 'Alguien',
    and: 'y',
    line: {
      mention: (who, what) => `${who} le mencionó: ${what}`,
      assigned: (who, what) => `${who} le asignó ${what}`,
      answered: (_, what, count) =>
        count === 1 ? `Han respondido a un correo: ${what}` : `${count} respuestas a correos: ${what}`,
      moved: (who, what) => `${who} movió ${what} a otra etapa`,
      noted: (who, what, count) =>
        count === 1 ? `${who} escribió una nota: ${what}` : `${who} escribió ${count} notas: ${what}`,
      commented: (who, what, count) =>
        count === 1 ? `${who} comentó ${what}` : `${who} hizo ${count} comentarios sobre ${what}`,
      changed: (who, what, count) => (count === 1 ? `${who} cambió ${what}` : `${who}: ${count} cambios en ${what}`),
      reminder: (_, what) => `Recordatorio: ${what}`,
      workflow: (_, what) => `Novedades: ${what}`,
      job_ended: () => '',
      invitation_accepted: (who) => `${who} aceptó su invitación`,
    },
    ended: { completed: 'Un trabajo que pidió ha terminado', failed: 'Un trabajo que pidió ha fallado' },
    more: (page) => `Todas las novedades:\n${page}`,
    end: (unsubscribe) => `Para no recibir más estos mensajes:\n${unsubscribe}`,
  },
  de: {
    subject: (count, workspace) =>
      count === 1 ? `1 Neuigkeit in ${workspace}` : `${count} Neuigkeiten in ${workspace}`,
    greeting: (name) => `Guten Tag ${name},`,
    somebody: 'Jemand',
    and: 'und',
    line: {
      mention: (who, what) => `${who} hat Sie erwähnt: ${what}`,
      assigned: (who, what) => `${who} hat Ihnen ${what} zugewiesen`,
      answered: (_, what, count) =>
        count === 1 ? `Eine E-Mail wurde beantwortet: ${what}` : `${count} Antworten auf E-Mails: ${what}`,
      moved: (who, what) => `${who} hat ${what} in eine andere Phase verschoben`,
      noted: (who, what, count) =>
        count === 1 ? `${who} hat eine Notiz geschrieben: ${what}` : `${who} hat ${count} Notizen geschrieben: ${what}`,
      commented: (who, what, count) =>
        count === 1 ? `${who} hat ${what} kommentiert` : `${who} hat ${count} Kommentare zu ${what} geschrieben`,
      changed: (who, what, count) =>
        count === 1 ? `${who} hat ${what} geändert` : `${who}: ${count} Änderungen an ${what}`,
      reminder: (_, what) => `Erinnerung: ${what}`,
      workflow: (_, what) => `Neuigkeiten: ${what}`,
      job_ended: () => '',
      invitation_accepted: (who) => `${who} hat Ihre Einladung angenommen`,
    },
    ended: {
      completed: 'Eine Aufgabe, die Sie gestartet haben, ist abgeschlossen',
      failed: 'Eine Aufgabe, die Sie gestartet haben, ist fehlgeschlagen',
    },
    more: (page) => `Alle Neuigkeiten:\n${page}`,
    end: (unsubscribe) => `Um diese Nachrichten nicht mehr zu erhalten:\n${unsubscribe}`,
  },
}
