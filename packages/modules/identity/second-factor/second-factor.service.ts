/** The rules of the second factor: setting it up, checking a code, backup codes, taking it away. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { conflict, forbidden, unauthenticated, validationError } from '@oneforge/kernel/errors'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import { insertAudit } from '../audit.store.ts'
import { findUser } from '../identity.store.ts'
import type { Person } from '../person.ts'
import { deriveKey, seal, unseal } from '../secrets.ts'
import { isSecondFactorRequired } from '../sessions.store.ts'
import type { Sessions } from '../sessions.ts'
import { backupCodeHash, enrolmentUri, newBackupCodes, newSecret, timeStepOf, withoutSpaces } from './codes.ts'
import {
  confirmSecondFactor,
  countBackupCodes,
  deleteSecondFactor,
  lockSecondFactor,
  proposeSecret,
  replaceBackupCodes,
  type SecondFactorRow,
  useBackupCode,
  useTimeStep,
} from './second-factor.store.ts'

export interface SecondFactorState {
  enrolled: boolean
  /** Whether the workspace asks for one of somebody with these roles. */
  required: boolean
  backupCodesLeft: number
  enrolledAt: string | null
}

export type CodeCheck = 'no second factor' | 'missing' | 'wrong' | 'right'

export class SecondFactors {
  private readonly database: Database
  private readonly sessions: Sessions
  private readonly sealingKey: Buffer
  private readonly codeKey: Buffer

  constructor(options: { database: Database; sessions: Sessions; masterKey: Buffer }) {
    this.database = options.database
    this.sessions = options.sessions
    this.sealingKey = deriveKey(options.masterKey, 'second factors')
    this.codeKey = deriveKey(options.masterKey, 'backup codes')
  }

  state({ userId, tenantId }: Person): Promise<SecondFactorState> {
    return this.database.transaction({ userId, tenantId }, async (tx) => {
      const factor = await lockSecondFactor(tx, userId)
      return {
        enrolled: Boolean(factor?.confirmedAt),
        required: await isSecondFactorRequired(tx, tenantId, userId),
        backupCodesLeft: await countBackupCodes(tx, userId),
        enrolledAt: factor?.confirmedAt ?? null,
      }
    })
  }

  /** Makes a secret for the authenticator app; it counts once `confirm` has seen a code of it. Throws CONFLICT. */
  async enrol({ userId }: Person, now: Date): Promise<{ secret: string; uri: string }> {
    const secret = newSecret()
    return this.database.transaction({ userId }, async (tx) => {
      const user = await findUser(tx, userId)
      if (!user) throw unauthenticated()
      const sealed = seal(this.sealingKey, userId, secret)
      if (!(await proposeSecret(tx, userId, sealed, now))) {
        throw conflict('You have a second factor already. Remove it to set up another one.')
      }
      return { secret, uri: enrolmentUri(user.email, secret) }
    })
  }

  /** Takes the first code; from then on signing in asks for one. Other sessions end: they were opened without. */
  async confirm(person: Person, code: string, facts: RequestFacts): Promise<string[]> {
    const { userId, tenantId, sessionId } = person
    return this.database.transaction({ userId, tenantId }, async (tx) => {
      const factor = await lockSecondFactor(tx, userId)
      if (!factor) throw conflict('Ask for a secret first, and put it into your authenticator app.')
      if (factor.confirmedAt) throw conflict('Your second factor is set up already.')
      const step = timeStepOf(withoutSpaces(code), this.secretOf(factor, userId), null, facts.now)
      if (step === undefined) {
        throw validationError([
          { field: 'otp', message: 'This is not the code that the app shows now. Check the clock of your phone.' },
        ])
      }
      await useTimeStep(tx, userId, step)
      await confirmSecondFactor(tx, userId, facts.now)
      await this.sessions.endOthers(tx, userId, sessionId, 'second factor added')
      await insertAudit(tx, { tenantId, actorId: userId, action: 'auth.second_factor_added' }, facts)
      return this.makeBackupCodes(tx, userId)
    })
  }

  /** Ten new backup codes in place of the old ones. Throws CONFLICT without a second factor. */
  async renewBackupCodes({ userId, tenantId }: Person, facts: RequestFacts): Promise<string[]> {
    return this.database.transaction({ userId, tenantId }, async (tx) => {
      const factor = await lockSecondFactor(tx, userId)
      if (!factor?.confirmedAt) throw conflict('Set up a second factor first.')
      await insertAudit(tx, { tenantId, actorId: userId, action: 'auth.backup_codes_made' }, facts)
      return this.makeBackupCodes(tx, userId)
    })
  }

  /** Throws FORBIDDEN where the workspace asks for one, CONFLICT when there is none. */
  async remove({ userId, tenantId }: Person, facts: RequestFacts): Promise<void> {
    await this.database.transaction({ userId, tenantId }, async (tx) => {
      if (await isSecondFactorRequired(tx, tenantId, userId)) {
        throw forbidden('This workspace requires a second factor of you. Ask an administrator to lift that.')
      }
      if (!(await deleteSecondFactor(tx, userId))) throw conflict('You have no second factor.')
      await insertAudit(tx, { tenantId, actorId: userId, action: 'auth.second_factor_removed' }, facts)
    })
  }

  /** Takes the factor away for somebody who has lost phone and backup codes: for an operator, not for the API. */
  async removeFor(userId: string): Promise<boolean> {
    return this.database.transaction({ userId }, (tx) => deleteSecondFactor(tx, userId))
  }

  /** Checks the code of somebody who signs in or steps up, and uses it up. */
  async check(userId: string, code: string | undefined, now: Date): Promise<CodeCheck> {
    return this.database.transaction({ userId }, async (tx) => {
      const factor = await lockSecondFactor(tx, userId)
      if (!factor?.confirmedAt) return 'no second factor'
      if (code === undefined) return 'missing'
      return (await this.useCode(tx, userId, factor, code, now)) ? 'right' : 'wrong'
    })
  }

  private async useCode(
    tx: Transaction,
    userId: string,
    factor: SecondFactorRow,
    code: string,
    now: Date,
  ): Promise<boolean> {
    const step = timeStepOf(withoutSpaces(code), this.secretOf(factor, userId), factor.lastStep, now)
    if (step === undefined) return useBackupCode(tx, userId, backupCodeHash(this.codeKey, userId, code), now)
    await useTimeStep(tx, userId, step)
    return true
  }

  private async makeBackupCodes(tx: Transaction, userId: string): Promise<string[]> {
    const codes = newBackupCodes()
    const hashes = codes.map((code) => backupCodeHash(this.codeKey, userId, code))
    await replaceBackupCodes(tx, userId, hashes)
    return codes
  }

  private secretOf(factor: SecondFactorRow, userId: string): string {
    return unseal(this.sealingKey, userId, factor.secretEncrypted)
  }
}
