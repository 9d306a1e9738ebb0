import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it('takes letters of the first word and the last, in any script', () => {
  expect(['Ana María Pérez', 'ätna', '(new) deal', '—', ''].map(initialsOf)).toEqual(['AP', 'Ä', 'ND', '', ''])
})
