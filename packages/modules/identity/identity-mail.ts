/** What people are written: invitations, verification of an address, password resets; in the receiver's language. */
import { type Language, languageOf } from '@oneforge/kernel/metadata'
import type { NewMail } from '@oneforge/modules/messaging'

export interface InvitationFacts {
  to: string
  locale: string
  workspace: string
  /** Null when who invited has left meanwhile. */
  inviter: string | null
  link: string
  days: number
}

export interface LinkFacts {
  to: string
  locale: string
  name: string
  link: string
  hours: number
}

export interface LostDomainFacts {
  to: string
  locale: string
  name: string
  domain: string
  link: string
  days: number
}

/** Subject and text in each language. */
type Letter<Facts> = Record<Language, (facts: Facts) => [subject: string, text: string]>

const invitation: Letter<InvitationFacts> = {
  en: ({ workspace, inviter, link, days }) => [
    `You are invited to ${workspace}`,
    `${inviter ?? workspace} invites you to work in ${workspace}.

Accept the invitation here:
${link}

The link is good for ${days} days. If you did not expect this message, you need not do anything.
`,
  ],
  es: ({ workspace, inviter, link, days }) => [
    `Invitación a ${workspace}`,
    `${inviter ?? workspace} te invita a trabajar en ${workspace}.

Acepta la invitación aquí:
${link}

El enlace vale ${days} días. Si no esperabas este mensaje, no tienes que hacer nada.
`,
  ],
  de: ({ workspace, inviter, link, days }) => [
    `Einladung zu ${workspace}`,
    `${inviter ?? workspace} lädt Sie ein, in ${workspace} mitzuarbeiten.

Nehmen Sie die Einladung hier an:
${link}

Der Link gilt ${days} Tage. Wenn Sie diese Nachricht nicht erwartet haben, brauchen Sie nichts zu tun.
`,
  ],
}

const verification: Letter<LinkFacts> = {
  en: ({ name, link, hours }) => [
    'Confirm your e-mail address',
    `Hello ${name},

Please confirm that this address is yours:
${link}

The link is good for ${hours} hours, and once.
`,
  ],
  es: ({ name, link, hours }) => [
    'Confirma tu dirección de correo',
    `Hola, ${name}:

Confirma que esta dirección es tuya:
${link}

El enlace vale ${hours} horas y una sola vez.
`,
  ],
  de: ({ name, link, hours }) => [
    'Bestätigen Sie Ihre E-Mail-Adresse',
    `Guten Tag ${name},

bitte bestätigen Sie, dass diese Adresse Ihnen gehört:
${link}

Der Link gilt ${hours} Stunden und nur einmal.
`,
  ],
}

const passwordReset: Letter<Omit<LinkFacts, 'hours'>> = {
  en: ({ name, link }) => [
    'Choose a new password',
    `Hello ${name},

Choose a new password here:
${link}

The link is good for an hour, and once; all your sessions end then. If you did not ask for it, do nothing: your password stays what it is.
`,
  ],
  es: ({ name, link }) => [
    'Elige una contraseña nueva',
    `Hola, ${name}:

Elige aquí una contraseña nueva:
${link}

El enlace vale una hora y una sola vez; todas tus sesiones terminan. Si no lo has pedido, no hagas nada: tu contraseña sigue siendo la misma.
`,
  ],
  de: ({ name, link }) => [
    'Wählen Sie ein neues Passwort',
    `Guten Tag ${name},

wählen Sie hier ein neues Passwort:
${link}

Der Link gilt eine Stunde und nur einmal; alle Ihre Sitzungen enden dann. Wenn Sie das nicht angefordert haben, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
`,
  ],
}

const lostDomain: Letter<LostDomainFacts> = {
  en: ({ name, domain, link, days }) => [
    `${domain} is no longer verified`,
    `Hello ${name},

for ${days} days we have not found the DNS record that shows that ${domain} belongs to your workspace. So signing in there no longer finds it, and links in messages lead to the usual address again.

Publish the record again and have it checked here:
${link}
`,
  ],
  es: ({ name, domain, link, days }) => [
    `${domain} ya no está verificado`,
    `Hola, ${name}:

Desde hace ${days} días no encontramos en el DNS el registro que demuestra que ${domain} es de tu espacio de trabajo. Por eso ya no se puede entrar por esa dirección, y los enlaces de los mensajes vuelven a llevar a la dirección de siempre.

Publica de nuevo el registro y compruébalo aquí:
${link}
`,
  ],
  de: ({ name, domain, link, days }) => [
    `${domain} ist nicht mehr bestätigt`,
    `Guten Tag ${name},

seit ${days} Tagen finden wir den DNS-Eintrag nicht mehr, der zeigt, dass ${domain} zu Ihrem Arbeitsbereich gehört. Wer sich dort anmeldet, findet ihn deshalb nicht mehr, und Links in Nachrichten führen wieder zur üblichen Adresse.

Veröffentlichen Sie den Eintrag wieder, und lassen Sie ihn hier prüfen:
${link}
`,
  ],
}

export const invitationMail = (facts: InvitationFacts): NewMail => written('invitation', invitation, facts)

export const verificationMail = (facts: LinkFacts): NewMail => written('verification', verification, facts)

export const passwordResetMail = (facts: Omit<LinkFacts, 'hours'>): NewMail =>
  written('password-reset', passwordReset, facts)

export const domainLostMail = (facts: LostDomainFacts): NewMail => written('domain-lost', lostDomain, facts)

function written<Facts extends { to: string; locale: string }>(
  kind: NewMail['kind'],
  letter: Letter<Facts>,
  facts: Facts,
): NewMail {
  const [subject, text] = letter[languageOf(facts.locale)](facts)
  return { kind, to: facts.to, subject, text }
}
