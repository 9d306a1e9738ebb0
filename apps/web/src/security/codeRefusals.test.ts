import { ApiError } from '@oneforge/client'
import { expect, it } from 'vitest'
import { isCodeRequired, isCodeWrong } from './codeRefusals.ts'

const refusal = (message: string) =>
  new ApiError({ status: 401, code: 'UNAUTHENTICATED', message: 'No.', details: [{ field: 'otp', message }] })

it('tells a missing code from a wrong one, and both from a wrong password', () => {
  expect([isCodeRequired(refusal('MFA_REQUIRED')), isCodeWrong(refusal('MFA_REQUIRED'))]).toEqual([true, false])
  expect([isCodeRequired(refusal('MFA_INVALID')), isCodeWrong(refusal('MFA_INVALID'))]).toEqual([true, true])
  const wrongPassword = new ApiError({ status: 401, code: 'UNAUTHENTICATED', message: 'No.' })
  expect([isCodeRequired(wrongPassword), isCodeWrong(wrongPassword), isCodeRequired(null)]).toEqual([
    false,
    false,
    false,
  ])
})
