import type { AskedForm, Form, FormChange, FormInput, SentForm } from './form-types.ts'
import type { FormDay, FormFile, FormReceived, FormSubmission } from './generated.ts'
import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'
import type { Cursor } from './types.ts'

/** A file for a question of a form: its parts come behind it. */
export interface BegunFile {
  token: string
  proof?: number
  question: string
  name: string
  /** In bytes. */
  size: number
}

/** What it takes to fill one in, in front of the workspace or inside of it. */
export interface FormDoor {
  open(): Promise<AskedForm>
  note(what: 'seen' | 'begun'): Promise<void>
  beginFile(file: BegunFile): Promise<FormFile>
  /** Sends the part that begins at `offset`, at most 8 MB; 409 tells where to go on. */
  appendFile(id: string, offset: number, part: Blob, signal?: AbortSignal): Promise<FormFile>
  send(form: SentForm): Promise<FormReceived>
}

export function formMethods({ request, envelope }: Http) {
  const doorTo = (path: string, questions: string): FormDoor => ({
    open: () => request<AskedForm>('GET', questions),
    note: (what) => request<void>('POST', `${path}/noted`, { body: { what } }),
    beginFile: (file) => request<FormFile>('POST', `${path}/files`, { body: file }),
    appendFile: (id, offset, part, signal) =>
      request<FormFile>('PATCH', `${path}/files/${id}`, {
        body: part,
        headers: { 'Upload-Offset': String(offset) },
        signal,
      }),
    send: (form) => request<FormReceived>('POST', `${path}/submissions`, { body: form }),
  })
  return {
    list: () => request<Form[]>('GET', '/forms'),
    get: (id: string) => request<Form>('GET', `/forms/${id}`),
    create: (input: FormInput) => request<Form>('POST', '/forms', { body: input }),
    update: (id: string, change: FormChange, version: number) =>
      request<Form>('PATCH', `/forms/${id}`, { body: change, headers: ifMatch(version) }),
    remove: (id: string) => request<void>('DELETE', `/forms/${id}`),
    duplicate: (id: string, name: string) => request<Form>('POST', `/forms/${id}/duplicate`, { body: { name } }),
    figures: (id: string, days: number) => request<FormDay[]>('GET', `/forms/${id}/figures`, { query: { days } }),
    /** The latest first; without a cursor it starts. */
    async submissions(id: string, cursor?: string): Promise<Cursor<FormSubmission>> {
      const { data, pagination } = await envelope<FormSubmission[]>('GET', `/forms/${id}/submissions`, {
        query: { cursor },
      })
      const { nextCursor } = pagination as { nextCursor: string | null }
      return { items: data, nextCursor, hasNext: nextCursor !== null }
    },
    /** A public form by its address. */
    inFront: (address: string): FormDoor => doorTo(`/public-forms/${address}`, `/public-forms/${address}`),
    inside: (id: string): FormDoor => doorTo(`/forms/${id}`, `/forms/${id}/questions`),
  }
}
