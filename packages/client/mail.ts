import type { EmailDraft, ListedMailTemplate, MailServer, MailSuppression, MailTemplate } from './generated.ts'
import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'

/** One piece of a message in the visual editor. */
export type PlainMailBlock =
  | { type: 'heading'; text: string; level: 1 | 2 | 3; align: MailAlign }
  | { type: 'text'; html: string }
  | { type: 'button'; label: string; url: string; color: string; align: MailAlign }
  | { type: 'image'; imageId: string; alt: string; width: number; align: MailAlign }
  | { type: 'divider' }
export type MailBlock = PlainMailBlock | { type: 'columns'; columns: PlainMailBlock[][] }
export type MailAlign = 'left' | 'center' | 'right'

/** What a template says in one language. */
export interface MailContent {
  subject: string
  blocks?: MailBlock[]
  mjml?: string
  /** Made of the rest where empty. */
  text: string
}

export interface MailTemplateInput extends Pick<MailTemplate, 'name' | 'folder' | 'object' | 'mode' | 'marketing'> {
  content: Record<string, MailContent>
}

export interface MailProblem {
  part: 'subject' | 'content' | 'text'
  /** From 1; 0 where it is none line's fault. */
  line: number
  message: string
}

export interface MailPreview {
  subject: string
  html: string
  text: string
  problems: MailProblem[]
}

export interface MailPreviewQuery {
  object: string | null
  recordId: string | null
  mode: MailTemplate['mode']
  language: string
  draft: MailContent
}

export interface MailServerInput extends Omit<MailServer, 'hasPassword' | 'checkedAt'> {
  /** Left out: the one before stays. */
  password?: string
}

export interface EmailInput {
  to: string
  subject: string
  /** What was written, or else `templateId` says what is. */
  html?: string
  templateId?: string
  /** In base64. */
  attachments?: { name: string; content: string }[]
  /** The e-mail record that it answers. */
  answers?: string
}

export interface EmailState {
  recordId: string
  address: string
  state: 'kept' | 'queued' | 'sending' | 'sent' | 'failed' | 'bounced'
  reason: string | null
}

/** What people write to people: e-mails about records, templates, the server that they go out by. */
export function mailMethods({ request }: Http) {
  return {
    draft: (object: string, id: string, templateId?: string) =>
      request<EmailDraft>('GET', `/${object}/${id}/email-draft`, { query: { templateId } }),
    send: (object: string, id: string, email: EmailInput) =>
      request<{ id: string; object: string }>('POST', `/${object}/${id}/email`, { body: email }),
    /** Of e-mails that were written here; about others nothing is said. */
    states: (ids: string[]) => request<EmailState[]>('GET', '/email-states', { query: { ids: ids.join() } }),
    signature: () => request<{ html: string }>('GET', '/mail-signature'),
    setSignature: (html: string) => request<{ html: string }>('PUT', '/mail-signature', { body: { html } }),
    server: () => request<MailServer | null>('GET', '/mail-server'),
    setServer: (server: MailServerInput) => request<MailServer>('PUT', '/mail-server', { body: server }),
    checkServer: () => request<MailServer>('POST', '/mail-server/check', { body: {} }),
    removeServer: () => request<void>('DELETE', '/mail-server'),
    /** Addresses that are written to no more, the latest first. */
    suppressed: (search: string) =>
      request<MailSuppression[]>('GET', '/mail-suppressions', { query: { search, limit: 200 } }),
    suppress: (address: string) => request<void>('POST', '/mail-suppressions', { body: { address } }),
    lift: ({ address, scope }: Pick<MailSuppression, 'address' | 'scope'>) =>
      request<void>('POST', '/mail-suppressions/lift', { body: { address, scope } }),
    /** By the link of a message; nobody needs to be signed in. */
    endMarketing: (token: string) => request<void>('POST', '/mail-suppressions/end', { query: { token } }),
    /** Those for records of an object and for any, or all. */
    templates: (object?: string) => request<ListedMailTemplate[]>('GET', '/mail-templates', { query: { object } }),
    template: (id: string) => request<MailTemplate>('GET', `/mail-templates/${id}`),
    createTemplate: (input: MailTemplateInput) => request<MailTemplate>('POST', '/mail-templates', { body: input }),
    updateTemplate: (id: string, input: MailTemplateInput, version: number) =>
      request<MailTemplate>('PUT', `/mail-templates/${id}`, { body: input, headers: ifMatch(version) }),
    removeTemplate: (id: string, version: number) =>
      request<void>('DELETE', `/mail-templates/${id}`, { headers: ifMatch(version) }),
    preview: (query: MailPreviewQuery, signal?: AbortSignal) =>
      request<MailPreview>('POST', '/mail-templates/preview', { body: query, signal }),
    addImage: (name: string, content: string) =>
      request<{ id: string }>('POST', '/mail-images', { body: { name, content } }),
  }
}
