/** Slugs of workspaces: what a workspace is called in a sign-in and in addresses. */
import { randomInt } from 'node:crypto'

const longestSlug = 63
const longestStem = 48
const suffixLetters = 'abcdefghjkmnpqrstuvwxyz23456789'
const suffixLength = 4

/** `Clínica San José` gives `clinica-san-jose`; a name without a Latin letter or digit gives `workspace`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
  return trimHyphens(trimHyphens(plain).slice(0, longestSlug)) || 'workspace'
}

/** The slug with four random characters behind it, for when it is taken. */
export function withSuffix(slug: string): string {
  const suffix = Array.from({ length: suffixLength }, () => suffixLetters[randomInt(suffixLetters.length)]).join('')
  return `${trimHyphens(slug.slice(0, longestStem))}-${suffix}`
}

const trimHyphens = (text: string): string => text.replaceAll(/^-+|-+$/g, '')
