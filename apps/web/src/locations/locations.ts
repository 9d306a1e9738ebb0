/**
 * The sites of the workspace.
 * - useLocations(): all of them in order; useLocationById(id), useLocationName().
 * - useSwitchLocation(): shows one, or all.
 * - useAddLocation, useSaveLocation(id), useReorderLocations, useRemoveLocation.
 */
import type { Location, LocationInput } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { accessKeys } from '../access/rights.ts'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showLocation } from '../api/shownLocation.ts'

export function useLocations() {
  return useQuery({ queryKey: keys.locations(), queryFn: client.locations.list, staleTime: 5 * 60_000 })
}

export function useLocationById(id: string | null | undefined): Location | undefined {
  const { data } = useLocations()
  return data?.find((location) => location.id === id)
}

/** What locations are called; nothing until it is known. */
export function useLocationName(): (id: string) => string {
  const { data } = useLocations()
  return (id) => data?.find((location) => location.id === id)?.name ?? ''
}

/** What is listed is asked for by location; only the counts of the workspace have to be renewed. */
export function useSwitchLocation() {
  const cache = useQueryClient()
  return (id: string | undefined) => {
    showLocation(id)
    void cache.invalidateQueries({ queryKey: keys.workspace() })
  }
}

function useLocationChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.locations() }),
        cache.invalidateQueries({ queryKey: accessKeys.all, refetchType: 'none' }),
      ]),
  })
}

export function useAddLocation() {
  return useLocationChange(client.locations.create)
}

export function useSaveLocation(id: string) {
  return useLocationChange((input: LocationInput) => client.locations.update(id, input))
}

export function useRemoveLocation() {
  return useLocationChange(client.locations.remove)
}

/** The new order stands at once; what the server says afterwards counts. */
export function useReorderLocations() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (locations: Location[]) => client.locations.reorder(locations.map(({ id }) => id)),
    onMutate: (locations) => cache.setQueryData(keys.locations(), locations),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.locations() }),
  })
}
