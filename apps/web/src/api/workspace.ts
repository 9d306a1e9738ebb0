/**
 * The tenant around the page.
 * - useWorkspace(): the signed-in person's workspace: objects of the sidebar, permissions, currency, time zone. Inside
 *   the shell it is always loaded.
 * - useMay(object): what the person may do with an object: `const may = useMay('patients'); may('create')`.
 * - useMayImport(): whether there is anything that the person may bring a file of in.
 * - useMembers(): all who are or were members, for names; useMember(id) finds one.
 * - useColleagues(chosen): whom a user field or an owner may be set to: people who work here, and who is chosen already.
 * - useTemplates(), useApplyTemplate(), useLoadSamples(): the first run.
 * - useUpdateWorkspace(): name, language, currency, time zone.
 */
import type { Member, ObjectAction, Workspace } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from './client.ts'
import { rememberReader } from './early.ts'
import { keys } from './keys.ts'
import { recallLocation } from './shownLocation.ts'
import { workspaceAsSeen } from './viewAs.ts'

/** Only the answer tells whose page this is, and so which location they chose last: then it is asked for anew. */
async function fetchWorkspace(): Promise<Workspace> {
  const workspace = await client.workspace.get()
  rememberReader()
  const isOther = recallLocation({ tenantId: workspace.id, userId: workspace.user.id })
  return workspaceAsSeen(isOther ? await client.workspace.get() : workspace)
}

export function useWorkspaceQuery() {
  return useQuery({ queryKey: keys.workspace(), queryFn: fetchWorkspace, staleTime: 5 * 60_000 })
}

export function useWorkspace(): Workspace {
  const { data } = useWorkspaceQuery()
  if (!data) throw new Error('useWorkspace needs the workspace to be loaded: use it inside the shell.')
  return data
}

export function useMay(object: string): (action: ObjectAction) => boolean {
  const { permissions } = useWorkspace()
  return (action) => Boolean(permissions.objects[object]?.[action])
}

/** Whether the person holds an administrative permission: `objects`, `views`, `settings`, … */
export function useMayAdmin(permission: string): boolean {
  const { permissions } = useWorkspace()
  return permissions.admin.includes(permission) || permissions.admin.includes('*')
}

export function useMayImport(): boolean {
  const { permissions } = useWorkspace()
  return Object.values(permissions.objects).some((may) => may.import)
}

export function useMembers() {
  return useQuery({ queryKey: keys.members(), queryFn: client.identity.members, staleTime: 5 * 60_000 })
}

export function useColleagues(chosen: string | null | undefined): Member[] {
  const { data = [] } = useMembers()
  return data.filter(({ id, kind, status }) => (kind === 'person' && status === 'active') || id === chosen)
}

export function useMember(id: string | null | undefined): Member | undefined {
  const { data } = useMembers()
  return data?.find((member) => member.id === id)
}

export function useTemplates(also: { packs?: boolean } = {}) {
  return useQuery({
    queryKey: [...keys.templates(), also],
    queryFn: () => client.workspace.templates(also),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useApplyTemplate() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.workspace.applyTemplate,
    onSuccess: (workspace) => {
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === 'objects' || queryKey[0] === 'records' })
      cache.setQueryData(keys.workspace(), workspace)
    },
  })
}

export function useLoadSamples() {
  const cache = useQueryClient()
  return useMutation({ mutationFn: client.workspace.loadSamples, onSuccess: () => cache.invalidateQueries() })
}

export function useUpdateWorkspace() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.workspace.update,
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.workspace() }),
  })
}
