import type { Http } from './http.ts'
import type { Usage } from './types.ts'

/** What the workspace has used of what its plan allows. */
export function usageMethods({ request }: Http) {
  return { get: () => request<Usage>('GET', '/usage') }
}
