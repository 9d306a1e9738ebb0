export type Strength = 0 | 1 | 2 | 3

/**
 * A rough feeling for how hard a password is to guess: 0 too short, 1 weak, 2 good, 3 strong. Length counts most;
 * repetitions and runs (`aaaa`, `1234`) count as the one character they add.
 */
export function passwordStrength(password: string, required: number): Strength {
  if (password.length < required) return 0
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length
  const score = surprisingCharacters(password) + 2 * (kinds - 1)
  if (score < required) return 1
  return score < required + 6 ? 2 : 3
}

function surprisingCharacters(password: string): number {
  let count = 0
  for (let at = 0; at < password.length; at++) {
    const step = at === 0 ? Number.NaN : password.charCodeAt(at) - password.charCodeAt(at - 1)
    if (![0, 1, -1].includes(step)) count++
  }
  return count
}
