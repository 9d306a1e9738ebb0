/** What pages know of pipelines: stays, ticks and figures, and how long a record has been somewhere. */
import type { FiguresQuery, ObjectMeta, Pipeline, RecordData, Stage, Stay } from '@oneforge/client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshMetadata } from '../api/objects.ts'
import { refreshLists } from '../api/recordCache.ts'
import { showError } from '../ui/toast.tsx'

/** Below the record, so that a change of the record asks for them anew. */
const staysKey = (slug: string, record: Pick<RecordData, 'id' | 'version'>) =>
  [...keys.record(slug, record.id), 'stays', record.version] as const

/** The stays of a record in all its pipelines, oldest first. */
export function useStays(object: ObjectMeta, record: RecordData) {
  return useQuery({
    queryKey: staysKey(object.slug, record),
    queryFn: () => client.pipelines.stays(object.slug, record.id),
    enabled: object.pipelines.length > 0,
    placeholderData: keepPreviousData,
  })
}

/** Ticks an item of the checklist of the stage where the record stands; shown at once. */
export function useTick(object: ObjectMeta, record: RecordData) {
  const cache = useQueryClient()
  const queryKey = staysKey(object.slug, record)
  return useMutation({
    mutationFn: ({ pipeline, item, done }: { pipeline: string; item: string; done: boolean }) =>
      client.pipelines.check(object.slug, record.id, pipeline, item, done),
    onMutate: ({ pipeline, item, done }) => {
      const before = cache.getQueryData<Stay[]>(queryKey)
      cache.setQueryData<Stay[]>(queryKey, (stays = []) =>
        stays.map((stay) => (stay.pipeline === pipeline && !stay.leftAt ? ticked(stay, item, done) : stay)),
      )
      return before
    },
    onError: (error, _, before) => {
      cache.setQueryData(queryKey, before)
      showError(error)
    },
    onSettled: () => cache.invalidateQueries({ queryKey }),
  })
}

function ticked(stay: Stay, item: string, done: boolean): Stay {
  const others = stay.ticks.filter((tick) => tick.item !== item)
  return { ...stay, ticks: done ? [...others, { item, at: new Date().toISOString(), by: null }] : others }
}

export function useFigures(slug: string, key: string, query: FiguresQuery) {
  return useQuery({
    queryKey: [...keys.records(slug), 'figures', key, query],
    queryFn: () => client.pipelines.figures(slug, key, query),
    placeholderData: keepPreviousData,
  })
}

/** A change to the pipelines of an object; afterwards its records show it. */
export function usePipelineChange<Input>(slug: string, mutationFn: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    // Waited for: what is changed next is changed on the version that this made.
    onSuccess: () => {
      refreshLists(cache, slug)
      return refreshMetadata(cache, slug)
    },
  })
}

export const stageOf = (pipeline: Pipeline, value: unknown): Stage | undefined =>
  pipeline.stages.find((stage) => stage.value === value)

/** Since when the record is in its stage of the pipeline, as lists have it. */
export const stageSince = ({ main, key }: Pipeline, record: RecordData): string | null | undefined =>
  main ? record.stageSince : record.stagesSince?.[key]

const day = 86_400_000

export function isRotting(stage: Stage | undefined, since: string | null | undefined, now = Date.now()): boolean {
  return Boolean(stage?.rottingDays && since && now - Date.parse(since) > stage.rottingDays * day)
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** «12 days», «3 hours», «1 second»: the greatest unit that fits. */
export function formatSpan(seconds: number, locale: string): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? units[3]
  const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(locale, options).format(Math.floor(seconds / size))
}

export const secondsSince = (at: string, now = Date.now()): number => Math.max(0, (now - Date.parse(at)) / 1000)
