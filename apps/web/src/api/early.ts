/**
 * Answers that early.js has asked for before the code of the page was there. Each is taken once, and only for
 * the very same question; all are dropped as soon as one was refused or the page has come far enough to do without.
 */
declare global {
  interface Window {
    earlyAnswers?: Map<string, { answer: Promise<Response>; language: string }>
  }
}

/** Says to the next visit whether there is somebody to ask for. */
const readerKey = 'oneforge-signed-in'

/** Instead of `fetch`: from what is there already, else from the server. */
export async function fetchEarly(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const early = takeEarly(String(input), init)
  if (!early) return fetch(input, init)
  const response = await early.catch(() => fetch(input, init))
  if (!response.ok) dropEarly()
  return response
}

/**
 * For the first words of a page: what is asked for already, or from now on, is read and left for the page to take.
 *
 * @throws Error where it was refused, or the page has begun to ask for itself: then it says all there is to say.
 */
export async function readEarly(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const answers = window.earlyAnswers
  if (!answers) throw new Error('The page asks for itself.')
  const name = nameOf(String(input), init)
  const language = (init.headers as Record<string, string>)['Accept-Language']!
  const early = answers.get(name) ?? { answer: fetch(input, init), language }
  answers.set(name, early)
  const response = await early.answer
  if (!response.ok) throw new Error(`It was answered ${response.status}.`)
  return response.clone()
}

/** As early.js names what it asks for. */
const nameOf = (address: string, { method = 'GET', body }: RequestInit): string =>
  [method, address, body].filter(Boolean).join(' ')

function takeEarly(address: string, init: RequestInit): Promise<Response> | undefined {
  const name = nameOf(address, init)
  const found = window.earlyAnswers?.get(name)
  const given = (init.headers ?? {}) as Record<string, string>
  const isSame =
    given['Accept-Language'] === found?.language &&
    !('X-OneForge-View-As' in given) &&
    !('X-OneForge-Location' in given)
  if (!found || !isSame) return undefined
  window.earlyAnswers?.delete(name)
  return found.answer
}

export function dropEarly(): void {
  delete window.earlyAnswers
}

export const rememberReader = (): void => localStorage.setItem(readerKey, '')
export const forgetEarly = (): void => {
  dropEarly()
  localStorage.removeItem(readerKey)
}
