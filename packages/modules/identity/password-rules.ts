/** What a new password must be: long and not the first thing that somebody would guess. No rules on its characters. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { commonPasswords } from './common-passwords.ts'

export const shortestPassword = 12
export const longestPassword = 200
const fewestDifferentCharacters = 4
/** Shorter words occur in a good password by chance. */
const shortestTellingWord = 3

/**
 * Refuses a password that is easy to guess with a `VALIDATION_ERROR` that names the field.
 *
 * @param known what an attacker knows of the account: e-mail address, name, workspace.
 */
export function requireGoodPassword(field: string, password: string, known: string[]): void {
  const problem = problemOf(password, known)
  if (problem) throw validationError([{ field, message: problem } satisfies FieldProblem])
}

function problemOf(password: string, known: string[]): string | undefined {
  const characters = [...password]
  if (characters.length < shortestPassword) {
    return `The password has ${characters.length} characters. Use at least ${shortestPassword}; a sentence is easiest to remember.`
  }
  if (characters.length > longestPassword) {
    return `The password has ${characters.length} characters. Use at most ${longestPassword}.`
  }
  const lower = password.toLowerCase()
  if (commonPasswords.has(lower) || new Set(lower).size < fewestDifferentCharacters) {
    return 'This password is among the first that attackers try. Choose another one.'
  }
  if (isMadeOf(lower, known)) {
    return 'This password is made of your e-mail address, your name or that of the workspace. Choose another one.'
  }
  return undefined
}

/** Whether no letter is left once everything that is known has been taken out: `MercyClinic2026!` of Mercy Clinic. */
function isMadeOf(password: string, known: string[]): boolean {
  let left = password
  for (const word of wordsOf(known)) left = left.replaceAll(word, '')
  return left !== password && !/\p{L}/u.test(left)
}

/** The longest first, so that a word does not break up the phrase it stands in. */
function wordsOf(known: string[]): string[] {
  const phrases = known.map((text) => text.toLowerCase())
  const words = phrases.flatMap((phrase) => [phrase, phrase.replaceAll(/\s/g, ''), ...phrase.split(/[^\p{L}\p{N}]+/u)])
  return [...new Set(words)]
    .filter((word) => word.length >= shortestTellingWord)
    .sort((one, other) => other.length - one.length)
}
