import { expect, it } from 'vitest'
import { passwordStrength } from './passwordStrength.ts'

it.each([
  ['short', 0],
  ['aaaaaaaaaaaa', 1],
  ['123456789012', 1],
  ['correct horse', 2],
  ['correct horse battery staple', 3],
  ['k7!Qm2@Zr9#Lw4', 3],
])('rates %s as %i', (password, strength) => {
  expect(passwordStrength(password, 12)).toBe(strength)
})
