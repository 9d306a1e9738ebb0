import { expect, it } from 'vitest'
import { domainLostMail, invitationMail, passwordResetMail, verificationMail } from './identity-mail.ts'

const facts = {
  to: 'ana@example.com',
  name: 'Ana',
  workspace: 'Northside',
  inviter: 'Olga',
  domain: 'crm.northside.example',
  link: 'https://crm.example/path#token',
  days: 7,
  hours: 48,
}
const letters = [invitationMail, verificationMail, passwordResetMail, domainLostMail]

it.each([
  ['en-GB', ['You are invited to Northside', 'Confirm your e-mail address', 'Choose a new password']],
  ['es-MX', ['Invitación a Northside', 'Confirma tu dirección de correo', 'Elige una contraseña nueva']],
  ['de', ['Einladung zu Northside', 'Bestätigen Sie Ihre E-Mail-Adresse', 'Wählen Sie ein neues Passwort']],
  ['fr', ['You are invited to Northside', 'Confirm your e-mail address', 'Choose a new password']],
])('letters to somebody who reads %s are in their language, else in English', (locale, subjects) => {
  const mails = letters.map((letter) => letter({ ...facts, locale }))
  expect(mails.slice(0, 3).map(({ subject }) => subject)).toEqual(subjects)
  for (const { text, to } of mails) {
    expect(to).toBe(facts.to)
    expect(text).toContain(facts.link)
  }
})
