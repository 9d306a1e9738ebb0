import type { Http } from './http.ts'
import type { Page } from './types.ts'

export interface ApiKey {
  id: string
  name: string
  /** How the key begins, to recognise it by. */
  prefix: string
  account: { id: string; name: string }
  roles: string[]
  /** What it is limited to; null: all that its roles allow. */
  operations: string[] | null
  createdAt: string
  createdBy: { id: string; name: string } | null
  expiresAt: string | null
  lastUsedAt: string | null
  /** Null: as many as the workspace's plan allows. */
  requestsPerMinute: number | null
  status: 'active' | 'expired' | 'revoked'
}

export interface ApiKeyInput {
  name: string
  roles?: string[]
  operations?: string[]
  /** RFC 3339. */
  expiresAt?: string
  /** Id of a service account, for a further key of it. */
  account?: string
  requestsPerMinute?: number
}

export type ApiKeyChange = Partial<Pick<ApiKey, 'name' | 'requestsPerMinute'>>

/** Under which name of its own the workspace is found. */
export interface WorkspaceDomain {
  domain: string | null
  status: 'none' | 'pending' | 'verified'
  /** What has to stand in the DNS to prove whose domain it is. */
  record: { type: string; name: string; value: string } | null
  verifiedAt: string | null
  /** What takes the place of the verified one as soon as it is verified itself. */
  next: { domain: string; record: { type: string; name: string; value: string } } | null
}

export interface SecuritySettings {
  /** Null: nobody is signed out for doing nothing. */
  idleMinutes: number | null
  /** Keys of the roles whose members need a second factor. */
  requireSecondFactor: string[]
}

export type MessageState = 'kept' | 'queued' | 'sending' | 'sent' | 'failed'
export type MessageScope = 'workspace' | 'installation'

export interface OutgoingMessage {
  id: string
  kind: string
  to: string
  subject: string
  /** Only of messages that no mail server will send. */
  text: string | null
  state: MessageState
  attempts: number
  lastError: string | null
  createdAt: string
  sentAt: string | null
  scope: MessageScope
}

/** Keys for programs, the rules of signing in, the workspace's own domain, and messages on their way out. */
export function securityMethods({ request, envelope }: Http) {
  return {
    apiKeys: () => request<ApiKey[]>('GET', '/api-keys'),
    /** `key` is told this once. */
    createApiKey: (input: ApiKeyInput) => request<ApiKey & { key: string }>('POST', '/api-keys', { body: input }),
    updateApiKey: (id: string, change: ApiKeyChange) => request<ApiKey>('PATCH', `/api-keys/${id}`, { body: change }),
    revokeApiKey: (id: string) => request<void>('DELETE', `/api-keys/${id}`),

    /** Names of all operations, from the API's own description: what a key can be limited to. */
    operations: async () => operationsOf((await envelope('GET', '/openapi.json')) as unknown as ApiDescription),

    settings: () => request<SecuritySettings>('GET', '/security'),
    updateSettings: (input: Partial<SecuritySettings>) =>
      request<SecuritySettings>('PATCH', '/security', { body: input }),

    domain: () => request<WorkspaceDomain>('GET', '/workspace/domain'),
    setDomain: (domain: string) => request<WorkspaceDomain>('PUT', '/workspace/domain', { body: { domain } }),
    /** Looks into the DNS for the record. */
    verifyDomain: () => request<WorkspaceDomain>('POST', '/workspace/domain/verify', { body: {} }),
    removeDomain: () => request<void>('DELETE', '/workspace/domain'),

    outbox: async (query: { scope: MessageScope; state?: MessageState | undefined; page: number }) => {
      const answer = await envelope<OutgoingMessage[]>('GET', '/outbox', { query })
      return { items: answer.data, ...(answer.pagination as Omit<Page<OutgoingMessage>, 'items'>) }
    },
    retryMessage: (id: string, scope: MessageScope) =>
      request<OutgoingMessage>('POST', `/outbox/${id}/retry`, { query: { scope }, body: {} }),
  }
}

interface ApiDescription {
  paths: Record<string, Record<string, { operationId?: string }>>
}

/** A workspace's own description names its objects behind the operation: `records.list.patients`. */
function operationsOf({ paths }: ApiDescription): string[] {
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  const names = ids.flatMap((id) => (id ? [id.split('.').slice(0, 2).join('.')] : []))
  return [...new Set(names)].toSorted()
}
