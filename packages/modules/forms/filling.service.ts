import { AppError, notFound, validationError } from '@oneforge/kernel/errors'
import type { OperationContext, PublicContext } from '@oneforge/kernel/operations'
import { type RecordContext, valueContext } from '@oneforge/kernel/records'
import type { z } from 'zod'
import type { Upload, WholeFiles } from '../files/index.ts'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'
import { presentForm, textIn } from './asked.ts'
import { questionsOf } from './form.ts'
import type { received, submission } from './forms.schemas.ts'
import { type Counted, count, type FormRow, findForm, formAt } from './forms.store.ts'
import { offeredChoices } from './offers.ts'
import { bitsFor, type Challenges, type Handed, isProof, leastSeconds, secondsSince } from './proof.ts'
import { AlreadyThere, receive, recordTaken } from './receiving.ts'
import { appendPart, type BegunFile, beginFile, type FilePart } from './sent-files.ts'
import { countRecent, insertSubmission, nameRecord } from './submissions.store.ts'
import { takeUploads } from './uploads.store.ts'

type Sent = z.output<typeof submission>
type Thanks = z.input<typeof received>

export interface FillingParts {
  transactions: Transactions
  files: WholeFiles
  challenges: Challenges
}

/** What a form needs of whoever opens it: public ones run in the name of the system, internal ones in that of a member. */
interface Opened {
  context: RecordContext
  row: FormRow
  isFront: boolean
}

/** What comes with a file that is begun: the form it belongs to, and the work that was done for it. */
type BegunWith = BegunFile & Pick<Sent, 'token' | 'proof'>

export class Filling {
  private readonly parts: FillingParts

  constructor(parts: FillingParts) {
    this.parts = parts
  }

  /** @throws NOT_FOUND where there is no published form at that address. */
  async open(caller: PublicContext, address: string): Promise<object> {
    return this.inFront(caller, address, (opened) => this.handOut(opened, caller.locale))
  }

  async openInside(context: OperationContext, id: string): Promise<object> {
    return this.handOut(await inside(context, id), context.locale)
  }

  private async handOut({ context, row, isFront }: Opened, locale: string): Promise<object> {
    const { tx, model, now } = context
    const object = model.objectById.get(row.object_id)!
    const form = row.definition
    const choices = isFront ? await offeredChoices(context, object, questionsOf(form)) : undefined
    const recent = await countRecent(tx, model.tenantId, row.id)
    const asking = { model, object, form, locale, choices }
    return { id: row.id, ...presentForm(asking), challenge: this.parts.challenges.handOut(row.id, now, recent) }
  }

  /** Counts that somebody looks at it, or has begun: told by their page, so that programs that only look count less. */
  async note(caller: PublicContext, address: string, what: 'seen' | 'begun'): Promise<void> {
    await this.inFront(caller, address, ({ context, row }) => tally(context, row.id, what))
  }

  async noteInside(context: OperationContext, id: string, what: 'seen' | 'begun'): Promise<void> {
    await tally(context, (await inside(context, id)).row.id, what)
  }

  async beginFile(caller: PublicContext, address: string, { token, proof, ...file }: BegunWith): Promise<Upload> {
    return this.inFront(caller, address, (opened) => {
      const handed = this.handed(token, opened.row.id, caller.now)
      requireWork(handed, { token, proof })
      return beginFile(this.placeOf(opened), handed, file)
    })
  }

  async beginFileInside(context: OperationContext, id: string, { token, ...file }: BegunWith): Promise<Upload> {
    const opened = await inside(context, id)
    return beginFile(this.placeOf(opened), this.handed(token, id, context.now), file)
  }

  async appendPart(caller: PublicContext, address: string, part: FilePart): Promise<Upload> {
    return this.inFront(caller, address, (opened) => appendPart(this.placeOf(opened), part))
  }

  async appendPartInside(context: OperationContext, id: string, part: FilePart): Promise<Upload> {
    return appendPart(this.placeOf(await inside(context, id)), part)
  }

  private placeOf({ context, row }: Opened) {
    const { files, challenges } = this.parts
    return { context, row, files, visitor: context.actor.userId ?? challenges.visitorOf(context.ip) }
  }

  async send(caller: PublicContext, address: string, sent: Sent): Promise<Thanks> {
    const at = await formAt(caller.database, address)
    try {
      return await this.inFront(caller, address, (opened) => this.take(opened, sent, caller.locale))
    } catch (error) {
      if (at && isRefusal(error))
        await this.inFront(caller, address, ({ context }) => tally(context, at.formId, 'refused'))
      // Whoever sends it is not told that somebody has that value; whose form it is sees that a known person has sent it.
      if (error instanceof AlreadyThere)
        return this.inFront(caller, address, (opened) => this.noteKnown(opened, sent, caller.locale, error.taken))
      throw error
    }
  }

  /** What came in of somebody who is there already, where a value stands for one alone; nothing is changed. */
  private async noteKnown({ context, row }: Opened, sent: Sent, locale: string, taken: AppError): Promise<Thanks> {
    const { tx, model, now } = context
    const handed = this.handed(sent.token, row.id, now)
    const seconds = Math.round(secondsSince(handed, now))
    tx.keepOpen()
    const recordId = await recordTaken(context, model.objectById.get(row.object_id)!, taken, sent.answers)
    const entry = { formId: row.id, nonce: handed.nonce, outcome: 'updated' as const, recordId, userId: null, seconds }
    if (await insertSubmission(tx, model.tenantId, entry)) await tally(context, row.id, 'sent')
    return thanksOf(row, locale)
  }

  async sendInside(context: OperationContext, id: string, sent: Sent): Promise<Thanks> {
    try {
      return await this.take(await inside(context, id), sent, context.locale)
    } catch (error) {
      throw error instanceof AlreadyThere ? error.taken : error
    }
  }

  private async take(opened: Opened, sent: Sent, locale: string): Promise<Thanks> {
    const { context, row, isFront } = opened
    const { tx, model, now, actor } = context
    const thanks = thanksOf(row, locale)
    const handed = this.handed(sent.token, row.id, now)
    if (isFront) {
      requireWork(handed, sent)
      await this.requireEnough(context, row, handed)
    }
    const isSpam = isFront && (Boolean(sent.website) || secondsSince(handed, now) < leastSeconds)
    const entry = {
      formId: row.id,
      nonce: handed.nonce,
      outcome: isSpam ? ('spam' as const) : ('created' as const),
      recordId: null,
      userId: actor.userId,
      seconds: Math.round(secondsSince(handed, now)),
    }
    tx.keepOpen()
    // Sent twice, by a double click or a line that broke: the first counts, and both are thanked.
    if (!(await insertSubmission(tx, model.tenantId, entry))) return thanks
    await tally(context, row.id, isSpam ? 'spam' : 'sent')
    // Whoever programs it is not told how it was found out.
    if (isSpam) return thanks
    await this.make(opened, handed, sent)
    return thanks
  }

  /** Forms that were opened while it was quiet are no store of easy ones. */
  private async requireEnough({ tx, model }: RecordContext, row: FormRow, { bits }: Handed): Promise<void> {
    if (bits + 1 >= bitsFor(await countRecent(tx, model.tenantId, row.id))) return
    throw new AppError('CONFLICT', 'Very much comes in at this moment. Open the form anew: what you typed stays.')
  }

  private async make({ context, row, isFront }: Opened, { nonce }: Handed, sent: Sent): Promise<void> {
    const { tx, model } = context
    const uploads = await takeUploads(tx, model.tenantId, row.id, nonce)
    const { outcome, recordId, left } = await receive({
      context,
      object: model.objectById.get(row.object_id)!,
      form: row.definition,
      formId: row.id,
      given: sent,
      uploads,
      files: this.parts.files,
      isFront,
    })
    await nameRecord(tx, model.tenantId, { formId: row.id, nonce, outcome, recordId })
    tx.onCommit(() => void this.parts.files.discard(left).catch(() => undefined))
  }

  private handed(token: string, formId: string, now: Date): Handed {
    const handed = this.parts.challenges.read(token, formId, now)
    if (handed) return handed
    throw new AppError('CONFLICT', 'This form was open for too long. Reload it: what you typed stays.')
  }

  private async inFront<T>(caller: PublicContext, address: string, work: (opened: Opened) => Promise<T>): Promise<T> {
    const at = await formAt(caller.database, address)
    if (!at) throw closed()
    try {
      return await this.parts.transactions.run(behalf(at.tenantId, caller), async (context) => {
        const row = await findForm(context.tx, at.tenantId, at.formId)
        if (!row?.published || !context.model.objectById.has(row.object_id)) throw closed()
        return work({ context: { ...context, now: caller.now, ip: caller.ip }, row, isFront: true })
      })
    } catch (error) {
      // Nobody outside learns that a workspace is suspended.
      throw error instanceof WorkspaceHeld ? closed() : error
    }
  }
}

async function inside(context: OperationContext, id: string): Promise<Opened> {
  const row = await findForm(context.tx, context.model.tenantId, id)
  if (!row || (!row.published && !context.policy.admin.has('automation'))) throw closed()
  if (!context.model.objectById.has(row.object_id)) throw closed()
  return { context, row, isFront: false }
}

const closed = () => notFound('A form that is open at this address')

const behalf = (tenantId: string, { requestId }: PublicContext) => ({
  tenantId,
  userId: null,
  asSystem: true,
  source: 'form' as const,
  requestId,
})

const tally = (context: RecordContext, formId: string, what: Counted) =>
  count(context.tx, context.model.tenantId, formId, valueContext(context).today, what)

function thanksOf({ definition: { thanks } }: FormRow, locale: string): Thanks {
  const { title, text, redirect = null } = thanks
  return { title: textIn(title, locale), text: text === undefined ? null : textIn(text, locale), redirect }
}

function requireWork({ bits }: Handed, { token, proof }: Pick<Sent, 'token' | 'proof'>): void {
  if (proof !== undefined && isProof(token, proof, bits)) return
  throw validationError([{ field: 'proof', message: 'is not what was asked for' }])
}

/** The person is told what to mend; whatever else goes wrong is not theirs. */
const isRefusal = (error: unknown): boolean => error instanceof AppError && error.code === 'VALIDATION_ERROR'
