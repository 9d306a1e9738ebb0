/** Hashing of passwords: argon2id with the parameters that OWASP's password storage cheat sheet asks for. */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export class Passwords {
  /** Stands in for the hash of an account that does not exist; nobody knows its password. */
  private readonly nobody: Promise<string> = this.hash(randomBytes(32).toString('base64'))

  /** A PHC string that carries its own salt and parameters. */
  hash(password: string): Promise<string> {
    return hash(sameOnEveryKeyboard(password), cost)
  }

  /** Whether the password is that of the hash. Without a hash it takes just as long, and is not. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const matches = await verify(passwordHash ?? (await this.nobody), sameOnEveryKeyboard(password))
    return matches && passwordHash !== null
  }
}

/** One keyboard sends é as one code point, another as two (NIST SP 800-63B, 5.1.1.2). */
const sameOnEveryKeyboard = (password: string): string => password.normalize('NFKC')
