import type { AppError } from '@oneforge/kernel/errors'
import { describe, expect, it } from 'vitest'
import { commonPasswords } from './common-passwords.ts'
import { requireGoodPassword, shortestPassword } from './password-rules.ts'

const known = ['ann.lee@mercy-clinic.example', 'Ann Lee', 'Mercy Clinic']

function problemOf(password: string): string | undefined {
  try {
    requireGoodPassword('password', password, known)
    return undefined
  } catch (error) {
    return (error as AppError).details[0]?.message
  }
}

describe('a new password', () => {
  it.each([
    'correct horse battery staple',
    'twelve chars',
    'mercy on my clinic cat',
    '密码是一个很长的句子吗不是',
    'Ann likes 3 lemons',
    'x'.repeat(100) + 'yzab'.repeat(25),
  ])('may be %s', (password) => expect(problemOf(password)).toBeUndefined())

  it.each([
    ['short', /has 5 characters.*at least 12/],
    ['🩺'.repeat(11), /has 11 characters/],
    ['ab cd ef gh ij '.repeat(14), /has 210 characters.*at most 200/],
    ['password1234', /first that attackers try/],
    ['PasswordPassword', /first that attackers try/],
    ['qwertyuiop123', /first that attackers try/],
    ['abababababababab', /first that attackers try/],
    ['MercyClinic2026!', /made of your e-mail/],
    ['ann.lee@mercy-clinic.example', /made of your e-mail/],
    ['Ann Lee 1234567', /made of your e-mail/],
  ])('may not be %s', (password, message) => expect(problemOf(password)).toMatch(message))
})

describe('the list of common passwords', () => {
  it('holds what the length alone would let pass, in lower case', () => {
    expect(commonPasswords.size).toBeGreaterThan(500)
    for (const password of commonPasswords) {
      expect([...password].length).toBeGreaterThanOrEqual(shortestPassword)
      expect(password).toBe(password.toLowerCase())
    }
  })
})
