/** Mail, as its pages ask for it: templates, the workspace's server, addresses, and what became of e-mails. */
import type { MailPreviewQuery } from '@oneforge/client'
import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

const templatesKey = ['mail templates'] as const
const serverKey = ['mail server'] as const
const suppressedKey = ['mail suppressions'] as const

/** Those for records of the object and for any, or all. */
export const useMailTemplates = (object?: string) =>
  useQuery({ queryKey: [...templatesKey, 'list', object], queryFn: () => client.mail.templates(object) })

export const useMailTemplate = (id: string | undefined) =>
  useQuery({
    queryKey: [...templatesKey, id],
    queryFn: () => client.mail.template(id!),
    enabled: id !== undefined,
    // What is being written is not replaced under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
  })

export const refreshMailTemplates = (cache: QueryClient): Promise<void> =>
  cache.invalidateQueries({ queryKey: templatesKey })

export const usePreview = (query: MailPreviewQuery) =>
  useQuery({
    queryKey: ['mail preview', query],
    queryFn: ({ signal }) => client.mail.preview(query, signal),
    placeholderData: keepPreviousData,
    enabled: query.draft.subject !== '',
    gcTime: 0,
    retry: false,
  })

export const useMailServer = () => useQuery({ queryKey: serverKey, queryFn: client.mail.server })

/** A change of the workspace's server; the answer stands there at once. */
export function useServerChange<Input>(change: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    gcTime: 0,
    onSuccess: (server) => cache.setQueryData(serverKey, server ?? null),
  })
}

export const useSuppressed = (search: string) =>
  useQuery({
    queryKey: [...suppressedKey, search],
    queryFn: () => client.mail.suppressed(search),
    placeholderData: keepPreviousData,
  })

export function useSuppressionChange<Input>(change: (input: Input) => Promise<void>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: suppressedKey }) })
}

/** What an e-mail about the record begins with, with a template or without. */
export const useEmailDraft = (object: string, id: string, templateId: string | undefined) =>
  useQuery({
    queryKey: [...keys.record(object, id), 'e-mail', templateId],
    queryFn: () => client.mail.draft(object, id, templateId),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
