/** Uploads on their way in: whose they are, and which part comes next. */
import { isId } from '@oneforge/kernel/database'
import { AppError, conflict, notFound, validationError } from '@oneforge/kernel/errors'
import type { OperationContext } from '@oneforge/kernel/operations'
import { readUpload, type UploadRow } from './files.store.ts'

export interface Upload {
  id: string
  offset: number
  size: number
}

/** The caller's own, while it is not complete. */
export async function ownUpload(
  context: OperationContext,
  id: string,
  options: { held?: boolean } = {},
): Promise<UploadRow> {
  const upload = isId(id) ? await readUpload(context, id, options) : undefined
  if (!upload) throw notFound(`The upload ${id}`)
  return upload
}

/** @throws CONFLICT with the place to go on from; PAYLOAD_TOO_LARGE for more than was said to come. */
export function requireNext(upload: Pick<UploadRow, 'id' | 'received' | 'size'>, offset: number, length: number): void {
  if (offset !== upload.received) {
    const [offered, there] = [offset, upload.received].map((count) => count.toLocaleString('en'))
    throw conflict(`${there} bytes are there, and the part begins at ${offered}. Go on from ${there}.`, {
      data: { id: upload.id, offset: upload.received, size: upload.size },
    })
  }
  if (offset + length > upload.size) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      `The upload was begun with ${upload.size.toLocaleString('en')} bytes; more came.`,
    )
  }
  if (length === 0 && upload.size > 0) throw validationError([{ field: 'body', message: 'holds no bytes' }])
}
