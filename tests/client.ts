/** A small HTTP client for tests: it shows answers as they are, the wrong ones too. */
import { setTimeout } from 'node:timers/promises'

// biome-ignore lint/suspicious/noExplicitAny: a test says by what it expects which shape an answer has
export type Json = any

/** What registering and signing in answer. */
export interface SignedIn {
  accessToken: string
  refreshToken: string
  user: { id: string; email: string; name: string }
  tenant: { id: string; slug: string; name: string }
}

export interface Answer {
  status: number
  headers: Headers
  /** The body as it came. */
  text: string
  /** The parsed body; null where there is none. */
  body: Json
  data: Json
  error: { code: string; message: string; details: { field: string; message: string }[]; current?: Json }
}

export interface RequestOptions {
  headers?: Record<string, string>
  /** Sent as it is instead of JSON. */
  raw?: string | Uint8Array<ArrayBuffer>
}

export class ApiClient {
  readonly url: string
  readonly session: SignedIn | undefined

  constructor(url: string, session?: SignedIn) {
    this.url = url
    this.session = session
  }

  get tenantId(): string {
    return this.session!.tenant.id
  }

  get userId(): string {
    return this.session!.user.id
  }

  /** The same session at another server. */
  at(url: string): ApiClient {
    return new ApiClient(url, this.session)
  }

  /** Sends the request and returns whatever comes back. `path` stands under /api/v1. */
  async send(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const headers: Record<string, string> = {}
    if (this.session) headers.authorization = `Bearer ${this.session.accessToken}`
    if (body !== undefined || options.raw !== undefined) headers['content-type'] = 'application/json'
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...options.headers },
      body: options.raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const parsed = isJson && text !== '' ? JSON.parse(text) : null
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: parsed,
      data: parsed?.data,
      error: parsed?.error,
    }
  }

  /** The data of an answer that has to be a success. */
  async call<T = Json>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<T> {
    const answer = await this.send(method, path, body, options)
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
    return answer.data as T
  }

  get = <T = Json>(path: string): Promise<T> => this.call<T>('GET', path)
  post = <T = Json>(path: string, body?: unknown): Promise<T> => this.call<T>('POST', path, body)
  put = <T = Json>(path: string, body?: unknown): Promise<T> => this.call<T>('PUT', path, body)
  patch = <T = Json>(path: string, body?: unknown): Promise<T> => this.call<T>('PATCH', path, body)
  delete = <T = Json>(path: string, body?: unknown): Promise<T> => this.call<T>('DELETE', path, body)
}

const ended = ['completed', 'failed', 'cancelled']

/** The job once it has ended, however it did; throws when that takes more than 20 s. */
export async function endedJob(client: ApiClient, jobId: string): Promise<Json> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await setTimeout(50)) {
    const job = await client.get(`/jobs/${jobId}`)
    if (ended.includes(job.status)) return job
  }
  throw new Error(`The job ${jobId} did not end in time`)
}

/** `?status=New&limit=2`, each value encoded. */
export const queryOf = (parameters: Record<string, string | number>): string =>
  `?${new URLSearchParams(Object.entries(parameters).map(([key, value]) => [key, String(value)]))}`
