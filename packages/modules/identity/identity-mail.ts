/** What people are written: invitations, verification of an address, password resets; in English and Spanish. */
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

const isSpanish = (locale: string): boolean => locale.startsWith('es')

export function invitationMail({ to, locale, workspace, inviter, link, days }: InvitationFacts): NewMail {
  const [subject, text] = isSpanish(locale)
    ? [
        `Invitación a ${workspace}`,
        `${inviter ?? workspace} te invita a trabajar en ${workspace}.

Acepta la invitación aquí:
${link}

El enlace vale ${days} días. Si no esperabas este mensaje, no tienes que hacer nada.
`,
      ]
    : [
        `You are invited to ${workspace}`,
        `${inviter ?? workspace} invites you to work in ${workspace}.

Accept the invitation here:
${link}

The link is good for ${days} days. If you did not expect this message, you need not do anything.
`,
      ]
  return { kind: 'invitation', to, subject, text }
}

export function verificationMail({ to, locale, name, link, hours }: LinkFacts): NewMail {
  const [subject, text] = isSpanish(locale)
    ? [
        'Confirma tu dirección de correo',
        `Hola, ${name}:

Confirma que esta dirección es tuya:
${link}

El enlace vale ${hours} horas y una sola vez.
`,
      ]
    : [
        'Confirm your e-mail address',
        `Hello ${name},

Please confirm that this address is yours:
${link}

The link is good for ${hours} hours, and once.
`,
      ]
  return { kind: 'verification', to, subject, text }
}

export function passwordResetMail({ to, locale, name, link }: Omit<LinkFacts, 'hours'>): NewMail {
  const [subject, text] = isSpanish(locale)
    ? [
        'Elige una contraseña nueva',
        `Hola, ${name}:

Elige aquí una contraseña nueva:
${link}

El enlace vale una hora y una sola vez; todas tus sesiones terminan. Si no lo has pedido, no hagas nada: tu contraseña sigue siendo la misma.
`,
      ]
    : [
        'Choose a new password',
        `Hello ${name},

Choose a new password here:
${link}

The link is good for an hour, and once; all your sessions end then. If you did not ask for it, do nothing: your password stays what it is.
`,
      ]
  return { kind: 'password-reset', to, subject, text }
}

export interface LostDomainFacts {
  to: string
  locale: string
  name: string
  domain: string
  link: string
  days: number
}

export function domainLostMail({ to, locale, name, domain, link, days }: LostDomainFacts): NewMail {
  const [subject, text] = isSpanish(locale)
    ? [
        `${domain} ya no está verificado`,
        `Hola, ${name}:

Desde hace ${days} días no encontramos en el DNS el registro que demuestra que ${domain} es de tu espacio de trabajo. Por eso ya no se puede entrar por esa dirección, y los enlaces de los mensajes vuelven a llevar a la dirección de siempre.

Publica de nuevo el registro y compruébalo aquí:
${link}
`,
      ]
    : [
        `${domain} is no longer verified`,
        `Hello ${name},

for ${days} days we have not found the DNS record that shows that ${domain} belongs to your workspace. So signing in there no longer finds it, and links in messages lead to the usual address again.

Publish the record again and have it checked here:
${link}
`,
      ]
  return { kind: 'domain-lost', to, subject, text }
}
