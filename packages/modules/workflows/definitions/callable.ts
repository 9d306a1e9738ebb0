import type { AnyOperation } from '@oneforge/kernel/operations'

/**
 * Whether a step may call it: what a member may do within a workspace, and nothing that a person has to prove who they
 * are for, whose answer is a secret, or that answers with a file.
 */
export const isCallable = ({ access, http, stepUp, secretAnswer, bindUser }: AnyOperation): boolean =>
  access !== 'public' && access !== 'user' && !http.raw && !stepUp && !secretAnswer && !bindUser && isJson(http.body)

const isJson = (body: AnyOperation['http']['body']): boolean => body === undefined || body === 'json'
