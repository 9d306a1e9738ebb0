/** A record's story: notes and changes in one stream, newest first, under the days on which they happened. */
import type { Activity, HistoryEntry } from '@oneforge/client'
import type { ActivityKind } from '../activities/kinds.ts'
import { type AboutActivity, momentOf } from '../activities/useActivitiesAbout.ts'
import { isEmptyValue } from '../fields/format.ts'
import type { StoryTick, ticksOf } from './stageStory.ts'

export type StoryFilter = 'all' | 'notes' | 'changes' | ActivityKind

export type StoryItem =
  | { kind: 'note'; id: string; at: string; note: Activity }
  | { kind: 'change'; id: string; at: string; entry: HistoryEntry }
  | { kind: 'tick'; id: string; at: string; tick: StoryTick }
  | { kind: 'activity'; id: string; at: string; activity: AboutActivity }

/** A note writes history too; in the stream it appears once, as the note. */
const toldByNotes = new Set(['noted', 'note_added', 'note'])

interface StorySources {
  notes: Activity[]
  history: HistoryEntry[]
  /** Told as far back as the history has been read. */
  ticks: ReturnType<typeof ticksOf>
  activities: AboutActivity[]
  /** Names of the relations that activities are linked by: what they are tells more than that they were linked. */
  activityLinks: ReadonlySet<string>
}

export function storyOf(
  { notes, history, ticks, activities, activityLinks }: StorySources,
  filter: StoryFilter,
): StoryItem[] {
  const shows = (part: StoryFilter) => filter === 'all' || filter === part
  const items: StoryItem[] = []
  if (shows('notes')) for (const note of notes) items.push({ kind: 'note', id: note.id, at: note.at, note })
  for (const activity of activities)
    if (shows(activity.kind)) items.push({ kind: 'activity', id: activity.record.id, at: momentOf(activity), activity })
  if (shows('changes')) {
    for (const entry of history) {
      if (!toldByNotes.has(entry.action) && !isLinkOf(entry, activityLinks) && !isEmptied(entry))
        items.push({ kind: 'change', id: entry.id, at: entry.at, entry })
    }
    const oldest = history.at(-1)?.at ?? ''
    for (const ticked of ticks) if (ticked.at >= oldest) items.push({ kind: 'tick', ...ticked })
  }
  return items.sort((a, b) => b.at.localeCompare(a.at) || Number(isBeginning(a)) - Number(isBeginning(b)))
}

/** What a record was linked to as it was made stands above its making, though both are of one moment. */
const isBeginning = (item: StoryItem): boolean => item.kind === 'change' && item.entry.action === 'created'

/** Told by nothing but what changed: where all of that is hidden from the reader, there is nothing to tell. */
const toldByChanges = new Set(['updated', 'linked', 'unlinked', 'link_changed', 'links_ordered'])

const isEmptied = ({ action, changes }: HistoryEntry): boolean =>
  toldByChanges.has(action) && changes.every(({ before, after }) => isEmptyValue(before) && isEmptyValue(after))

const isLinkOf = ({ action, changes }: HistoryEntry, names: ReadonlySet<string>): boolean =>
  action === 'linked' && changes.length > 0 && changes.every(({ field }) => names.has(field))

export interface StoryDay {
  /** `YYYY-MM-DD` in the reader's zone. */
  day: string
  items: StoryItem[]
}

export function byDay(items: StoryItem[], timeZone: string): StoryDay[] {
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const days: StoryDay[] = []
  for (const item of items) {
    const day = dayOf.format(new Date(item.at))
    const last = days.at(-1)
    if (last?.day === day) last.items.push(item)
    else days.push({ day, items: [item] })
  }
  return days
}

/** The sentence of an entry: a key of `record.history`, so that each action can be told in each language. */
export function sentenceKey(entry: HistoryEntry): string {
  const told = [
    'created',
    'updated',
    'deleted',
    'restored',
    'linked',
    'unlinked',
    'imported',
    'merged',
    'link_changed',
    'links_ordered',
    'file_added',
    'file_renewed',
    'file_changed',
    'file_deleted',
    'file_restored',
    'file_erased',
    'note_pinned',
    'note_unpinned',
    'commented',
    'comment_changed',
    'comment_deleted',
  ]
  return told.includes(entry.action) ? `history.${entry.action}` : 'history.other'
}
