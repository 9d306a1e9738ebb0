/** Calls to addresses that tenants name, seen from who makes them. */

export interface OutsideRequest {
  url: string
  method: 'POST' | 'PUT' | 'PATCH'
  headers: Record<string, string>
  body: string
  signal: AbortSignal
}

export interface OutsideCalls {
  /**
   * Calls the address; redirects are not followed.
   *
   * @throws CallRefused for an address that may not be called; whatever else it throws can be tried again.
   */
  call(request: OutsideRequest): Promise<{ status: number; body: string }>
}

/** The address is none, or leads where tenants have no business. */
export class CallRefused extends Error {}
