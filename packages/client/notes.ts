import type { Comment, NoteTemplate } from './generated.ts'
import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'
import type { Activity, Cursor } from './types.ts'

export type NoteTemplateInput = Pick<NoteTemplate, 'name' | 'body' | 'objects'>

/** Notes on a record. */
export function noteMethods({ request }: Http) {
  return {
    add: (object: string, id: string, body: string) =>
      request<Activity>('POST', `/${object}/${id}/notes`, { body: { body } }),
    /** Those on top of the story. */
    pinned: (object: string, id: string) =>
      request<Activity[]>('GET', `/${object}/${id}/activities`, { query: { pinned: true } }),
    pin: (object: string, id: string, noteId: string, pinned: boolean) =>
      request<Activity>('PUT', `/${object}/${id}/notes/${noteId}/pin`, { body: { pinned } }),
  }
}

/** Comments on a record, or on one of its notes where `noteId` names it. */
export function commentMethods({ request, envelope }: Http) {
  return {
    /** In the order in which they were written; an empty cursor starts. */
    async list(object: string, id: string, noteId?: string, cursor = ''): Promise<Cursor<Comment>> {
      const { data, pagination } = await envelope<Comment[]>('GET', `/${object}/${id}/comments`, {
        query: { noteId, cursor, limit: 200 },
      })
      const { nextCursor } = pagination as { nextCursor: string | null }
      return { items: data, nextCursor, hasNext: nextCursor !== null }
    },
    /** By id of the record; of those that have none nothing is said. At most 200. */
    counts: (object: string, ids: string[]) =>
      request<Record<string, number>>('GET', `/${object}/comments/counts`, { query: { ids: ids.join() } }),
    add: (object: string, id: string, body: string, noteId?: string) =>
      request<Comment>('POST', `/${object}/${id}/comments`, { body: { body, noteId } }),
    change: (object: string, id: string, commentId: string, body: string) =>
      request<Comment>('PATCH', `/${object}/${id}/comments/${commentId}`, { body: { body } }),
    remove: (object: string, id: string, commentId: string) =>
      request<void>('DELETE', `/${object}/${id}/comments/${commentId}`),
  }
}

/** Texts that notes begin with. */
export function noteTemplateMethods({ request }: Http) {
  return {
    /** Those for records of an object, or all. */
    list: (object?: string) => request<NoteTemplate[]>('GET', '/note-templates', { query: { object } }),
    create: (input: NoteTemplateInput) => request<NoteTemplate>('POST', '/note-templates', { body: input }),
    update: (id: string, input: NoteTemplateInput, version: number) =>
      request<NoteTemplate>('PUT', `/note-templates/${id}`, { body: input, headers: ifMatch(version) }),
    remove: (id: string, version: number) =>
      request<void>('DELETE', `/note-templates/${id}`, { headers: ifMatch(version) }),
  }
}
