import type { PipelineFigures, Stay } from './generated.ts'
import type { Http } from './http.ts'
import type { ObjectMeta, OptionColor, Pipeline } from './metadata-types.ts'
import type { LocalizedText } from './text-types.ts'

type Text = string | LocalizedText

/** A stage as it is to be; what is left out stays as it is, null takes it away. */
export interface StageInput {
  value: string
  label?: Text
  color?: OptionColor | null
  kind?: 'open' | 'won' | 'lost'
  probability?: number | null
  requires?: string[] | null
  moments?: string[] | null
  moves?: string[] | null
  checklist?: { key: string; label: Text; required?: boolean }[] | null
  reasons?: { required?: boolean; options: { value: string; label?: Text }[] } | null
  rottingDays?: number | null
}

export interface PipelineInput {
  label: Text
  stages: StageInput[]
  /** Where the records of stages that are no more go; null: out of the pipeline. */
  replace: Record<string, string | null>
}

export interface FiguresQuery {
  from?: string
  to?: string
  owner?: string
  groupBy?: 'owner' | 'month'
}

/** Pipelines of objects, the stays of records in their stages, and figures over them. */
export function pipelineMethods({ request }: Http) {
  const path = (slug: string) => `/objects/${slug}/pipelines`
  return {
    create: (slug: string, input: { key: string; label: Text; field: string; stages?: StageInput[] }) =>
      request<ObjectMeta>('POST', path(slug), { body: input }),
    update: (slug: string, key: Pipeline['key'], input: Partial<PipelineInput>) =>
      request<ObjectMeta>('PATCH', `${path(slug)}/${key}`, { body: input }),
    remove: (slug: string, key: string) => request<void>('DELETE', `${path(slug)}/${key}`),
    order: (slug: string, keys: string[]) => request<unknown>('PUT', `${path(slug)}/order`, { body: { keys } }),
    figures: (slug: string, key: string, query: FiguresQuery) =>
      request<PipelineFigures>('GET', `${path(slug)}/${key}/figures`, { query: { ...query } }),
    stays: (slug: string, id: string) => request<Stay[]>('GET', `/${slug}/${id}/stages`),
    check: (slug: string, id: string, pipeline: string, item: string, done: boolean) =>
      request<Stay>('PUT', `/${slug}/${id}/stages/${pipeline}/checklist/${item}`, { body: { done } }),
  }
}
