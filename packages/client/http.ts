import { ApiError, type ErrorDetail } from './errors.ts'

export interface ClientOptions {
  /** Where the API lives, without a trailing slash: `/api/v1` or `https://crm.example.com/api/v1`. */
  baseUrl: string
  fetch?: typeof fetch
  /** A bearer token or API key. Without one the client works as the web page does: cookies and the CSRF header. */
  token?: string
  /** The language that labels and messages should come in. */
  locale?: () => string
  /** What is wrong with a field, in the reader's language; as the server says it without. */
  problemWords?: (problem: ErrorDetail) => string
  /** Called once each time the session turns out to have ended and could not be renewed. */
  onUnauthenticated?: () => void
  /**
   * Called when the server wants the person to prove again who they are; answers whether they did. The request is
   * then repeated. Several requests at the same time share one question.
   */
  onStepUp?: () => Promise<boolean>
  /** Called when the workspace lets the person do nothing before they have a second factor. */
  onEnrolmentRequired?: () => void
  /** The member whose eyes one looks through, by user id. */
  viewAs?: () => string | undefined
  /** The location that one has switched to, by id. */
  location?: () => string | undefined
  /** Called when that location cannot be looked at any more; the request is repeated without it. */
  onLocationGone?: (id: string) => void
}

export interface RequestOptions {
  query?: Record<string, QueryValue>
  /** Plain values travel as JSON, forms and parts of files as they are. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** Whatever location one has switched to. */
  everywhere?: boolean
}

export type QueryValue = string | number | boolean | null | undefined

/** The whole answer: most callers want `data` only. */
export interface Envelope<T> {
  data: T
  pagination?: unknown
  meta?: unknown
}

export interface NamedFile {
  name: string
  content: Blob
}

export interface Http {
  request<T>(method: string, path: string, options?: RequestOptions): Promise<T>
  envelope<T>(method: string, path: string, options?: RequestOptions): Promise<Envelope<T>>
  /** A file, under the name that the server gives it. */
  file(method: string, path: string, options?: RequestOptions): Promise<NamedFile>
  /** An address that a link may point to, for downloads. */
  url(path: string, query?: Record<string, QueryValue>): string
}

/** Answers 401 here mean wrong credentials or a finished session, so renewing would not help. */
const unrefreshed = new Set(['/auth/login', '/auth/register', '/auth/refresh', '/auth/invitations/accept'])

/** In links, which have no headers, it is a parameter of the query. */
const locationHeader = 'X-OneForge-Location'

/** A person's own account is never seen through somebody else's eyes, and belongs to no location. */
const isOwn = (path: string) => path.startsWith('/auth/') || path === '/access/view-as'

export function createHttp(options: ClientOptions): Http {
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  let refreshing: Promise<boolean> | undefined
  let steppingUp: Promise<boolean> | undefined

  function address(path: string, query: Record<string, QueryValue> = {}): string {
    const params = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null) params.set(name, String(value))
    }
    const search = params.toString()
    return `${options.baseUrl}${path}${search ? `?${search}` : ''}`
  }

  async function attempt(method: string, path: string, request: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...request.headers }
    if (options.token) headers.Authorization = `Bearer ${options.token}`
    else headers['X-OneForge-Client'] = 'web'
    if (options.locale) headers['Accept-Language'] = options.locale()
    const viewed = isOwn(path) ? undefined : options.viewAs?.()
    if (viewed) headers['X-OneForge-View-As'] = viewed
    const location = isOwn(path) || request.everywhere ? undefined : options.location?.()
    if (location) headers[locationHeader] = location
    const { body } = request
    const isPlain = !(body instanceof FormData || body instanceof Blob)
    if (body instanceof Blob) headers['Content-Type'] = 'application/offset+octet-stream'
    else if (body !== undefined && isPlain) headers['Content-Type'] = 'application/json'
    const init: RequestInit = { method, headers, credentials: 'same-origin' }
    if (body !== undefined) init.body = isPlain ? JSON.stringify(body) : body
    if (request.signal) init.signal = request.signal
    try {
      return await send(address(path, request.query), init)
    } catch (cause) {
      if (request.signal?.aborted) throw cause
      throw new ApiError({
        status: 0,
        code: 'UNREACHABLE',
        message: 'The server cannot be reached. Check your connection and try again.',
      })
    }
  }

  /** One renewal serves all requests that met a 401 at the same time. */
  function refresh(): Promise<boolean> {
    refreshing ??= attempt('POST', '/auth/refresh', { body: {} })
      .then((response) => response.ok)
      .catch(() => false)
      .finally(() => {
        refreshing = undefined
      })
    return refreshing
  }

  function stepUp(ask: () => Promise<boolean>): Promise<boolean> {
    steppingUp ??= ask().finally(() => {
      steppingUp = undefined
    })
    return steppingUp
  }

  /** Sends the request, and once more after a session that had run out was renewed. */
  async function renewed(method: string, path: string, request: RequestOptions): Promise<Response> {
    const response = await attempt(method, path, request)
    if (response.status !== 401 || options.token || unrefreshed.has(path)) return response
    if (isAbout(await refusalOf(response), 'otp')) return response
    const second = (await refresh()) ? await attempt(method, path, request) : response
    if (second.status === 401) options.onUnauthenticated?.()
    return second
  }

  /** The same, and once more after a person has proved again who they are. */
  async function answered(method: string, path: string, request: RequestOptions): Promise<Response> {
    const response = await renewed(method, path, request)
    if (response.status !== 403) return response
    const refusal = await refusalOf(response)
    if (isAbout(refusal, 'secondFactor')) options.onEnrolmentRequired?.()
    if (!options.onStepUp || !isAbout(refusal, 'stepUp')) return response
    return (await stepUp(options.onStepUp)) ? renewed(method, path, request) : response
  }

  /** The same, and once more without the location switched to, where that is what was refused. */
  async function located(method: string, path: string, request: RequestOptions): Promise<Response> {
    const location = isOwn(path) ? undefined : options.location?.()
    const response = await answered(method, path, request)
    if (!location || (response.status !== 400 && response.status !== 403)) return response
    const refusal = await refusalOf(response)
    if (!isAbout(refusal, locationHeader) && !isAbout(refusal, 'address')) return response
    const elsewhere = await answered(method, path, { ...request, everywhere: true })
    // From an address that the workspace as a whole is closed to, the location is not to blame.
    if (!isAbout(await refusalOf(elsewhere), 'address')) options.onLocationGone?.(location)
    return elsewhere
  }

  async function envelope<T>(method: string, path: string, request: RequestOptions = {}): Promise<Envelope<T>> {
    return readAnswer<T>(await located(method, path, request), options.problemWords)
  }

  async function file(method: string, path: string, request: RequestOptions = {}): Promise<NamedFile> {
    const response = await located(method, path, { ...request, headers: { Accept: '*/*', ...request.headers } })
    if (!response.ok) return (await readAnswer<never>(response, options.problemWords)).data
    const [, name = 'download'] =
      /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '') ?? []
    return { name: decodeURIComponent(name), content: await response.blob() }
  }

  return {
    url: (path, query) => address(path, { ...query, [locationHeader]: options.location?.() }),
    file,
    envelope,
    request: async (method, path, request) => (await envelope<never>(method, path, request)).data,
  }
}

interface ErrorBody {
  error?: ConstructorParameters<typeof ApiError>[0]
  meta?: { requestId?: string }
}

/** What a refusal says, without consuming the answer. */
async function refusalOf(response: Response): Promise<ErrorBody> {
  return response
    .clone()
    .json()
    .then((body: unknown) => (body ?? {}) as ErrorBody)
    .catch(() => ({}))
}

const isAbout = ({ error }: ErrorBody, field: string) =>
  error?.details?.some((detail) => detail.field === field) ?? false

async function readAnswer<T>(
  response: Response,
  problemWords: (problem: ErrorDetail) => string = ({ message }) => message,
): Promise<Envelope<T>> {
  if (response.status === 204) return { data: undefined as T }
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && body) return body as Envelope<T>
  const { error, meta } = (body ?? {}) as ErrorBody
  const requestId = meta?.requestId ?? response.headers.get('X-Request-Id') ?? undefined
  throw new ApiError({
    code: 'INTERNAL',
    message: `The server answered ${response.status} ${response.statusText}. Try again in a moment.`,
    ...error,
    details: (error?.details ?? []).map((detail) => ({ ...detail, message: problemWords(detail) })),
    status: response.status,
    ...(requestId ? { requestId } : {}),
  })
}
