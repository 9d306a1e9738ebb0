import { ApiError } from '@oneforge/client'
import { expect, it } from 'vitest'
import { codeMessage, isAboutCode, isCodeWrong } from './codeRefusals.ts'

const refusal = (message: string) =>
  new ApiError({ status: 401, code: 'UNAUTHENTICATED', message: 'No.', details: [{ field: 'otp', message }] })

it('tells a missing code from a wrong one, and both from a wrong password', () => {
  expect([isAboutCode(refusal('MFA_REQUIRED')), isCodeWrong(refusal('MFA_REQUIRED'))]).toEqual([true, false])
  expect([isAboutCode(refusal('MFA_INVALID')), isCodeWrong(refusal('MFA_INVALID'))]).toEqual([true, true])
  const wrongPassword = new ApiError({ status: 401, code: 'UNAUTHENTICATED', message: 'No.' })
  expect([isAboutCode(wrongPassword), isCodeWrong(wrongPassword), isAboutCode(null)]).toEqual([false, false, false])
})

it('shows words of the server, and none of its hints', () => {
  expect(codeMessage(refusal('MFA_INVALID'))).toBeUndefined()
  expect(codeMessage(refusal('This is not the code that the app shows.'))).toBe(
    'This is not the code that the app shows.',
  )
})
