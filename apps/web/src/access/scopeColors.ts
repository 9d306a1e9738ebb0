import type { FieldAccess, Scope } from '@oneforge/client'

/** The wider the scope, the further from grey: a matrix is read by its colours before its words. */
export const scopeColors: Record<Scope, string> = { own: 'yellow', team: 'cyan', location: 'violet', all: 'green' }

export const fieldColors: Record<FieldAccess, string> = { hidden: 'red', read: 'blue', write: 'green' }
