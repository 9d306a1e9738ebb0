/** Forms as those see them who fill them in: opened, sent, with files, signed in or not. */
import { newId } from '@oneforge/kernel/database'
import { AppError, notFound, validationError } from '@oneforge/kernel/errors'
import type { OperationContext, PublicContext } from '@oneforge/kernel/operations'
import { type RecordContext, valueContext } from '@oneforge/kernel/records'
import type { z } from 'zod'
import type { KeptContent, WholeFiles } from '../files/index.ts'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'
import { presentForm, textIn } from './asked.ts'
import type { received, submission } from './forms.schemas.ts'
import { type Counted, count, type FormRow, findForm, formAt } from './forms.store.ts'
import { type Challenges, type Handed, isProof, leastSeconds, secondsSince } from './proof.ts'
import { receive } from './receiving.ts'
import {
  countRecent,
  countUploads,
  insertSubmission,
  insertUpload,
  nameRecord,
  takeUploads,
} from './submissions.store.ts'

type Sent = z.output<typeof submission>
type Thanks = z.input<typeof received>

/** `content` in Base64. */
interface SentFile {
  token: string
  name: string
  content: string
}

export const mostFileBytes = 7 * 1024 ** 2
const mostUploads = 20

export interface FillingParts {
  transactions: Transactions
  files: WholeFiles
  challenges: Challenges
}

/** What a form needs of whoever opens it: public ones run in the name of the system, internal ones in that of a member. */
interface Opened {
  context: RecordContext
  row: FormRow
}

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

  private async handOut({ context, row }: Opened, locale: string): Promise<object> {
    const { tx, model, now } = context
    const recent = await countRecent(tx, model.tenantId, row.id)
    const asking = { model, object: model.objectById.get(row.object_id)!, form: row.definition, locale }
    return { id: row.id, ...presentForm(asking), challenge: this.parts.challenges.handOut(row.id, now, recent) }
  }

  /** Counts that somebody looks at it, or has begun: told by their page, so that programs that only look count less. */
  async note(caller: PublicContext, address: string, what: 'seen' | 'begun'): Promise<void> {
    await this.inFront(caller, address, ({ context, row }) => tally(context, row.id, what))
  }

  async noteInside(context: OperationContext, id: string, what: 'seen' | 'begun'): Promise<void> {
    await tally(context, (await inside(context, id)).row.id, what)
  }

  async keepFile(caller: PublicContext, address: string, file: SentFile): Promise<{ id: string }> {
    const at = await formAt(caller.database, address)
    if (!at) throw closed()
    const handed = this.handed(file.token, at.formId, caller.now)
    return this.keeping(at.tenantId, file, (content) =>
      this.inFront(caller, address, ({ context }) => note(context, handed, content)),
    )
  }

  async keepFileInside(context: OperationContext, id: string, file: SentFile): Promise<{ id: string }> {
    const { row } = await inside(context, id)
    const handed = this.handed(file.token, row.id, context.now)
    context.tx.keepOpen()
    return this.keeping(context.model.tenantId, file, (content) => note(context, handed, content))
  }

  /** Contents are kept before the transaction that tells of them, which may be run again. */
  private async keeping(
    tenantId: string,
    { name, content: encoded }: SentFile,
    note: (content: KeptContent) => Promise<{ id: string }>,
  ): Promise<{ id: string }> {
    const content = Buffer.from(encoded, 'base64')
    if (content.length === 0 || content.length > mostFileBytes) {
      throw validationError([
        { field: 'content', message: `must be a file of at most ${mostFileBytes / 1024 ** 2} MB` },
      ])
    }
    const kept: KeptContent[] = []
    try {
      await this.parts.files.keep(tenantId, [{ name, folder: '', content }], kept)
      return await note(kept[0]!)
    } catch (error) {
      await this.parts.files.discard(kept)
      throw error
    }
  }

  async send(caller: PublicContext, address: string, sent: Sent): Promise<Thanks> {
    const at = await formAt(caller.database, address)
    try {
      return await this.inFront(caller, address, (opened) => this.take(opened, sent, caller.locale, true))
    } catch (error) {
      if (at && isRefusal(error)) {
        await this.parts.transactions.run(behalf(at.tenantId, caller), (context) =>
          tally(context, at.formId, 'refused'),
        )
      }
      throw error
    }
  }

  async sendInside(context: OperationContext, id: string, sent: Sent): Promise<Thanks> {
    return this.take(await inside(context, id), sent, context.locale, false)
  }

  private async take({ context, row }: Opened, sent: Sent, locale: string, isPublic: boolean): Promise<Thanks> {
    const { tx, model, now, actor } = context
    const thanks = thanksOf(row, locale)
    const handed = this.handed(sent.token, row.id, now)
    if (isPublic) requireWork(handed, sent)
    const isSpam = isPublic && (Boolean(sent.website) || secondsSince(handed, now) < leastSeconds)
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
    await this.make({ context, row }, handed, sent)
    return thanks
  }

  private async make({ context, row }: Opened, { nonce }: Handed, sent: Sent): Promise<void> {
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
        return work({ context: { ...context, now: caller.now, ip: caller.ip }, row })
      })
    } catch (error) {
      // Nobody outside learns that a workspace is suspended.
      throw error instanceof WorkspaceHeld ? closed() : error
    }
  }
}

async function note(context: RecordContext, { formId, nonce }: Handed, content: KeptContent): Promise<{ id: string }> {
  const { tx, model } = context
  if ((await countUploads(tx, model.tenantId, formId, nonce)) >= mostUploads) {
    throw validationError([{ field: 'content', message: `cannot be added: ${mostUploads} files have come already` }])
  }
  const id = newId()
  await insertUpload(tx, model.tenantId, { id, formId, nonce, content })
  return { id }
}

async function inside(context: OperationContext, id: string): Promise<Opened> {
  const row = await findForm(context.tx, context.model.tenantId, id)
  if (!row || (!row.published && !context.policy.admin.has('automation'))) throw closed()
  if (!context.model.objectById.has(row.object_id)) throw closed()
  return { context, row }
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

function requireWork({ bits }: Handed, { token, proof }: Sent): void {
  if (proof !== undefined && isProof(token, proof, bits)) return
  throw validationError([{ field: 'proof', message: 'is not what was asked for' }])
}

/** The person is told what to mend; whatever else goes wrong is not theirs. */
const isRefusal = (error: unknown): boolean => error instanceof AppError && error.code === 'VALIDATION_ERROR'
