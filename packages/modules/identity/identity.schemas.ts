/** What people give and are told, as the API describes it. */
import type { HttpInput } from '@oneforge/kernel/operations'
import { z } from 'zod'

const longestName = 200
const longestEmail = 254
/** Beyond any password that can be set, with room for characters of several code units. */
const longestPasswordInput = 1_000

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(longestEmail, { abort: true })
  .check(z.email('Give an e-mail address such as ann@example.com.'))
  .meta({ examples: ['ann@example.com'] })

export const name = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1, 'Give a name.')
  .refine((text) => [...text].length <= longestName, `Use at most ${longestName} characters.`)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'Leave out control characters.')
  .meta({ maxLength: longestName })

export const password = z.string().min(1, 'Give a password.').max(longestPasswordInput)

export const otp = z.string().min(1, 'Give a code.').max(20).describe('Six digits, or a backup code.')

/** Of a link that was sent by e-mail. */
export const linkToken = z.string().max(200).describe('What stands behind the # of the link.')

export const anyRoleKeys = z.array(z.string().max(100)).max(50)
export const roleKeys = anyRoleKeys.min(1, 'Choose at least one role.')

export const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'Give a time zone of the IANA database such as Europe/Madrid.')
  .meta({ examples: ['Europe/Madrid'] })

export const user = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  emailVerified: z.boolean(),
  superAdmin: z.boolean().describe('Whether this person looks after the installation as a whole.'),
  secondFactor: z.boolean().describe('Whether signing in asks for a code.'),
})

export const tenant = z.object({ id: z.uuid(), name: z.string(), slug: z.string() })

export const signedIn = z.object({
  accessToken: z.string().optional().describe('Left out for the web page, which gets cookies.'),
  refreshToken: z.string().optional().describe('Left out for the web page, which gets cookies.'),
  expiresIn: z.number().int().describe('Seconds that the access token lasts.'),
  user,
  tenant,
})

/** Addresses end up in logs and histories: passwords and tokens are taken from the body alone. */
export const bodyOnly = ({ body }: HttpInput): unknown => body ?? {}

/** A name of the IANA database; offsets such as +02:00 know no summer time. */
function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
