import { useLocation } from 'react-router'

/**
 * The token of a link that came by e-mail: behind `#`, so that it reaches neither a server nor its log.
 * Another link opened in the same tab brings another token without loading the page anew.
 */
export function useLinkToken(): string {
  const { hash } = useLocation()
  return hash.slice(1)
}
