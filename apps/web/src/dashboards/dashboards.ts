/**
 * What pages know of dashboards.
 * - useDashboards(): those that the person sees, in order; useDashboard(id): one with its widgets.
 * - useDifference(board): what was changed of one that came with a template.
 * - useFigures(id, asked): what its widgets show, and asked for anew when others change what they count.
 * - usePreview(widgets, view): the same for widgets that are not saved yet.
 * - useBoardChange(): a change to boards, after which the lists of them follow.
 */
import type { Dashboard, DashboardFigures, FiguresInput, ObjectMeta, Widget } from '@oneforge/client'
import { keepPreviousData, type Query, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { othersPace } from '../api/othersPace.ts'
import { useShownLocation } from '../api/shownLocation.ts'
import { objectAsSeen } from '../api/viewAs.ts'
import type { BoardView } from './boardAddress.ts'

const boardKeys = {
  all: () => ['dashboards'] as const,
  list: () => ['dashboards', 'list'] as const,
  one: (id: string) => ['dashboards', 'one', id] as const,
  figures: (id: string, asked: FiguresInput, location: string | undefined) =>
    ['dashboards', 'figures', id, asked, location] as const,
  preview: (widgets: Widget[], view: BoardView, location: string | undefined) =>
    ['dashboards', 'preview', widgets, view, location] as const,
  difference: (id: string, version: number) => ['dashboards', 'difference', id, version] as const,
  schedules: (id: string) => ['dashboards', 'schedules', id] as const,
}

export function useDashboards() {
  return useQuery({ queryKey: boardKeys.list(), queryFn: ({ signal }) => client.dashboards.list({ signal }) })
}

export function useDashboard(id: string) {
  return useQuery({
    queryKey: boardKeys.one(id),
    queryFn: ({ signal }) => client.dashboards.get(id, { signal }),
    enabled: id !== '',
  })
}

export function useDifference({ id, version }: Dashboard) {
  return useQuery({
    queryKey: boardKeys.difference(id, version),
    queryFn: ({ signal }) => client.dashboards.difference(id, { signal }),
    retry: false,
  })
}

/** All figures of a board by one question, asked again when its stamp differs; what was there stays until then. */
export function useFigures(id: string, asked: FiguresInput) {
  const cache = useQueryClient()
  const location = useShownLocation()
  const queryKey = boardKeys.figures(id, asked, location)
  const figures = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.dashboards.figures(id, asked, { signal }),
    placeholderData: (before, query) => (query?.queryKey[2] === id ? before : undefined),
  })
  useQuery({
    queryKey: [...queryKey, 'stamp'],
    queryFn: async ({ signal }) => {
      const { stamp } = await client.dashboards.stamp(id, { signal })
      const shown = cache.getQueryData<DashboardFigures>(queryKey)
      if (shown && shown.stamp !== stamp) await cache.invalidateQueries({ queryKey, exact: true })
      return stamp
    },
    enabled: figures.isSuccess && !figures.isPlaceholderData,
    refetchInterval: othersPace,
    refetchOnWindowFocus: 'always',
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return figures
}

/** What widgets show before they are saved. */
export function usePreview(widgets: Widget[], view: BoardView, enabled: boolean) {
  const location = useShownLocation()
  return useQuery({
    queryKey: boardKeys.preview(widgets, view, location),
    queryFn: ({ signal }) => client.dashboards.preview({ widgets, ...view }, { signal }),
    placeholderData: keepPreviousData,
    enabled: enabled && widgets.length > 0,
    retry: false,
  })
}

/** A change to boards; afterwards every list of them and every board is as the server has it. */
export function useBoardChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: async (changed) => {
      if (isBoard(changed)) cache.setQueryData(boardKeys.one(changed.id), changed)
      const others = { queryKey: boardKeys.all(), predicate: ({ queryKey }: Query) => queryKey[1] !== 'one' }
      // A first answer that is still on its way may be of before the change, and would be taken for the newest.
      await cache.cancelQueries(others)
      return cache.invalidateQueries(others)
    },
  })
}

const isBoard = (value: unknown): value is Dashboard =>
  typeof value === 'object' && value !== null && 'widgets' in value && 'id' in value

export function useSchedules(id: string) {
  return useQuery({
    queryKey: boardKeys.schedules(id),
    queryFn: ({ signal }) => client.dashboards.schedules(id, { signal }),
  })
}

/** The objects that widgets show, as far as they are known already. */
export function useObjectsOf(widgets: Widget[]): Map<string, ObjectMeta> {
  const slugs = [...new Set(widgets.flatMap(({ object }) => object ?? []))]
  return useQueries({
    queries: slugs.map((slug) => ({
      queryKey: keys.object(slug),
      queryFn: async () => objectAsSeen(await client.objects.get(slug)),
      staleTime: 5 * 60_000,
      retry: false,
    })),
    combine: useCallback(
      (results: { data: ObjectMeta | undefined }[]) =>
        new Map(results.flatMap(({ data }) => (data ? [[data.slug, data] as const] : []))),
      [],
    ),
  })
}
