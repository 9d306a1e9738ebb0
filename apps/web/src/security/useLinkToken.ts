import { useState } from 'react'
import { useLocation } from 'react-router'

/** The token of a link that came by e-mail: behind `#`, so that it reaches neither a server nor its log. */
export function useLinkToken(): string {
  const { hash } = useLocation()
  const [token] = useState(hash.slice(1))
  return token
}
