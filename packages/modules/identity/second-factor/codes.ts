/** Codes of authenticator apps (TOTP, RFC 6238) and backup codes for when the phone is gone. */
import { createHmac, randomInt } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'

const issuer = 'OneForge'
/** A code of the step before or after counts: clocks differ, and typing takes time. */
const toleranceSeconds = 30
const backupCodeCount = 10
const halfLength = 5
/** No letter that could be read as a digit or as another. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

export const newSecret = (): string => generateSecret()

/** What the page draws as a QR code. */
export const enrolmentUri = (email: string, secret: string): string => generateURI({ issuer, label: email, secret })

/**
 * The time step that the code belongs to; undefined when it is wrong, too old, or not later than the one used last.
 *
 * @param lastStep null when no code was used yet.
 */
export function timeStepOf(code: string, secret: string, lastStep: number | null, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const afterTimeStep = lastStep ?? undefined
  const result = verifySync({ secret, token: code, epoch, epochTolerance: toleranceSeconds, afterTimeStep })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

/** Ten codes like `x7k2m-9pq4r`: 49 bits each, which no one can try out against the lock on guessing. */
export const newBackupCodes = (): string[] => Array.from({ length: backupCodeCount }, () => `${half()}-${half()}`)

const half = (): string => Array.from({ length: halfLength }, () => letters[randomInt(letters.length)]).join('')

/** As it is stored: under a key, because 49 bits could be tried out against a plain hash. */
export const backupCodeHash = (key: Buffer, userId: string, code: string): string =>
  createHmac('sha256', key)
    .update(`${userId}\n${plain(code)}`)
    .digest('base64url')

/** People leave out the hyphen, or write capitals. */
const plain = (code: string): string => code.toLowerCase().replaceAll(/[\s-]/g, '')

/** How people type the digits: `123 456`. */
export const withoutSpaces = (code: string): string => code.replaceAll(/\s/g, '')
