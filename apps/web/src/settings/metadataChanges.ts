/** Changes to objects and fields; afterwards the sidebar, lists and forms follow. */
import type { ConversionWish, FieldChange, FieldInput, ObjectInput, ObjectMeta } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshMetadata } from '../api/objects.ts'
import { showError } from '../ui/toast.tsx'
import { changeSeen } from './meanwhile.tsx'
import { afterOwnChanges, noteOwnChange } from './ownChanges.ts'

function useMetadataChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => refreshMetadata(cache) })
}

/** Changes of one object go one after the other: the second must know the version that the first made. */
const inTurn = (slug: string) => ({ id: `shape-${slug}` })

/**
 * A change of what the page shows, made on the version it shows or the one that a form was opened with: where another
 * administrator was faster, the person is asked whose is to stand. What the page itself changed since then is no reason.
 */
function useSeenChange<Input, Output>(
  slug: string,
  mutationFn: (input: Input, version: number | undefined, now: ObjectMeta | undefined) => Promise<Output>,
  opened?: number,
) {
  const cache = useQueryClient()
  const shownObject = () => cache.getQueryData<ObjectMeta>(keys.object(slug))
  return useMutation({
    scope: inTurn(slug),
    mutationFn: async (input: Input) => {
      const shown = shownObject()
      let madeOn: number | undefined
      const answer = await changeSeen(shown, afterOwnChanges(slug, opened ?? shown?.version), (now, version) => {
        madeOn = version
        return mutationFn(input, version, now)
      })
      await refreshMetadata(cache, slug)
      noteOwnChange(slug, madeOn, versionIn(answer) ?? shownObject()?.version)
      return answer
    },
    onError: () => refreshMetadata(cache, slug),
  })
}

/** Answers that are the whole object say which version the change made; those that are a field do not. */
const versionIn = (answer: unknown): number | undefined =>
  typeof answer === 'object' && answer !== null && 'version' in answer ? Number(answer.version) : undefined

/** `opened`: the version of the object that the form was opened with. */
export function useAddField(slug: string, opened: number) {
  return useSeenChange(slug, (input: FieldInput, version) => client.objects.addField(slug, input, version), opened)
}

/** `opened`: the version of the object that the form was opened with. */
export function useUpdateField(slug: string, opened: number) {
  return useSeenChange(
    slug,
    ({ key, changes }: { key: string; changes: FieldChange }, version) =>
      client.objects.updateField(slug, key, changes, version),
    opened,
  )
}

export function useRetireField(slug: string) {
  return useSeenChange(slug, ({ key, force }: { key: string; force: boolean }, version) =>
    client.objects.retireField(slug, key, force, version),
  )
}

export function useRenameField(slug: string) {
  return useSeenChange(slug, ({ key, name }: { key: string; name: string }, version) =>
    client.objects.renameField(slug, key, name, version),
  )
}

export function useConvertField(slug: string) {
  return useSeenChange(slug, ({ key, ...wish }: ConversionWish & { key: string }, version) =>
    client.objects.convertField(slug, key, wish, version),
  )
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

type ObjectChange = Partial<Omit<ObjectInput, 'slug' | 'fields'>>

/**
 * Changes of whole lists are made of the object as it is then, so that nothing that others added is lost.
 * `opened`: the version of the object that the form was opened with.
 */
export function useUpdateObject(slug: string, opened?: number) {
  return useSeenChange(
    slug,
    (change: ObjectChange | ((now: ObjectMeta) => ObjectChange), version, now) =>
      client.objects.update(slug, typeof change === 'function' ? change(now!) : change, version),
    opened,
  )
}

/** Nothing asks for the old name again, so only the sidebar is refreshed. */
export function useRenameObject(object: ObjectMeta) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (name: string) =>
      changeSeen(object, object.version, (_, version) => client.objects.rename(object.slug, name, version)),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.workspace() }),
  })
}

export function useAddObject() {
  return useMetadataChange((input: ObjectInput) => client.objects.create(input))
}

/** Nothing may ask for the object again once it is gone, so only the sidebar is refreshed. */
export function useRemoveObject(object: ObjectMeta) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (force: boolean) =>
      changeSeen(object, object.version, (_, version) => client.objects.remove(object.slug, force, version)),
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
    scope: inTurn(slug),
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
