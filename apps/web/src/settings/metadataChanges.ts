/** Changes to objects and fields; afterwards the sidebar, lists and forms follow. */
import type { FieldInput, ObjectInput, ObjectMeta } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshMetadata } from '../api/objects.ts'
import { showError } from '../ui/toast.tsx'

function useMetadataChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => refreshMetadata(cache) })
}

/** A change of what the page shows: refused, and shown anew, where another administrator was faster. */
function useSeenChange<Input, Output>(
  mutationFn: (input: Input, version: number | undefined) => Promise<Output>,
  slug: string,
) {
  const cache = useQueryClient()
  const seen = () => cache.getQueryData<ObjectMeta>(keys.object(slug))?.version
  return useMutation({
    mutationFn: (input: Input) => mutationFn(input, seen()),
    onSettled: () => refreshMetadata(cache, slug),
  })
}

export function useAddField(slug: string) {
  return useMetadataChange((input: FieldInput) => client.objects.addField(slug, input))
}

export function useUpdateField(slug: string) {
  return useSeenChange(
    ({ key, changes }: { key: string; changes: Partial<FieldInput> }, version) =>
      client.objects.updateField(slug, key, changes, version),
    slug,
  )
}

export function useRetireField(slug: string) {
  return useMetadataChange((key: string) => client.objects.retireField(slug, key))
}

/** Fields that were retired and can come back. */
export function useRetiredFields(slug: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.object(slug), 'retired'],
    queryFn: () => client.objects.retiredFields(slug),
    enabled,
  })
}

export function useRestoreField(slug: string) {
  return useMetadataChange((key: string) => client.objects.restoreField(slug, key))
}

export function useUpdateObject(slug: string) {
  return useSeenChange(
    (input: Partial<Omit<ObjectInput, 'slug' | 'fields'>>, version) => client.objects.update(slug, input, version),
    slug,
  )
}

export function useAddObject() {
  return useMetadataChange((input: ObjectInput) => client.objects.create(input))
}

/** Nothing may ask for the object again once it is gone, so only the sidebar is refreshed. */
export function useRemoveObject() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ slug, force }: { slug: string; force: boolean }) => client.objects.remove(slug, force),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.workspace() }),
  })
}

export function useReorderObjects() {
  return useMetadataChange((order: string[]) => client.objects.reorder(order))
}

/** The new order stands at once; a refusal puts the old one back. */
export function useReorderFields(slug: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (order: string[]) => client.objects.reorderFields(slug, order),
    onMutate: (order) => {
      const before = cache.getQueryData<ObjectMeta>(keys.object(slug))
      if (before) cache.setQueryData(keys.object(slug), inOrder(before, order))
      return before
    },
    onError: (error, _, before) => {
      cache.setQueryData(keys.object(slug), before)
      showError(error)
    },
    onSettled: () => refreshMetadata(cache, slug),
  })
}

function inOrder(object: ObjectMeta, order: string[]): ObjectMeta {
  const fields = object.fields.map((field) => ({ ...field, position: order.indexOf(field.key) }))
  return { ...object, fields: fields.sort((a, b) => a.position - b.position) }
}
