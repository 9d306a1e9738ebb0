import { Button, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../activities/Composer.tsx'
import { OpenActivities } from '../activities/OpenActivities.tsx'
import { PastActivity } from '../activities/PastActivity.tsx'
import { useActivitiesAbout } from '../activities/useActivitiesAbout.ts'
import { useActivities, useHistory } from '../api/records.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate } from '../fields/format.ts'
import { CommentThread } from '../notes/CommentThread.tsx'
import { useCommentCounts, usePinnedNotes } from '../notes/noteQueries.ts'
import { PinnedNotes } from '../notes/PinnedNotes.tsx'
import { useStays } from '../pipelines/pipelines.ts'
import { ChangeItem } from './ChangeItem.tsx'
import { NoteItem } from './NoteItem.tsx'
import classes from './StoryPanel.module.css'
import { ticksOf } from './stageStory.ts'
import { byDay, type StoryFilter, storyOf } from './story.ts'
import { TickItem } from './TickItem.tsx'

interface StoryPanelProps {
  object: ObjectMeta
  record: RecordData
}

/** What happened to a record: a composer, what is still to be done, and all that was noted, done and changed in one stream. */
export function StoryPanel({ object, record }: StoryPanelProps) {
  const { t } = useTranslation('record')
  const [filter, setFilter] = useState<StoryFilter>('all')
  const { timeZone, locale } = useFormatContext()
  const history = useHistory(object.slug, record.id)
  const { data: notes = [], isPending } = useActivities(object.slug, record.id)
  const { data: stays = [] } = useStays(object, record)
  const ticks = ticksOf(object, stays)
  const about = useActivitiesAbout(object, record)
  const activityLinks = new Set(about.relations.map(({ relation }) => relation.key))
  const writable = !record.deletedAt
  const { data: pinned = [] } = usePinnedNotes(object.slug, record.id)
  const told = [...about.open, ...about.past].map((one) => ({ slug: one.object.slug, id: one.record.id }))
  const commentsOf = useCommentCounts([{ slug: object.slug, id: record.id }, ...told])
  const unpinned = notes.filter((note) => !note.pinned)
  const sources = { notes: unpinned, history: history.entries, ticks, activities: about.past, activityLinks }
  const days = byDay(storyOf(sources, filter), timeZone)
  const ahead = about.open.filter(({ kind }) => filter === 'all' || filter === kind)
  const isLoading = isPending || history.isPending || about.isPending
  const filters: StoryFilter[] = ['all', 'notes', ...about.relations.map(({ kind }) => kind), 'changes']
  return (
    <Stack gap="md">
      {writable && !viewedPerson() && <Composer object={object} record={record} />}
      <CommentThread
        thread={{ slug: object.slug, id: record.id }}
        count={commentsOf(record.id)}
        about={record.title || record.recordNumber}
        writable={writable}
      />
      <PinnedNotes slug={object.slug} id={record.id} notes={pinned} writable={writable} />
      <SegmentedControl
        size="xs"
        value={filter}
        onChange={(value) => setFilter(value as StoryFilter)}
        aria-label={t('story.filter')}
        data={filters.map((value) => ({ value, label: t(`story.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <OpenActivities activities={ahead} commentsOf={commentsOf} />
      {isLoading && <StorySkeleton />}
      {!isLoading && days.length + ahead.length + pinned.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(`story.empty.${filter}`)}
        </Text>
      )}
      {days.map(({ day, items }) => (
        <section key={day} aria-label={formatDate(day, locale)}>
          <h2 className={classes.day}>{formatDate(day, locale)}</h2>
          <ol className={classes.items}>
            {items.map((item) => (
              <li key={item.id} className={classes.item}>
                {item.kind === 'note' && (
                  <NoteItem slug={object.slug} id={record.id} note={item.note} writable={writable} />
                )}
                {item.kind === 'change' && <ChangeItem entry={item.entry} object={object} stays={stays} />}
                {item.kind === 'activity' && (
                  <PastActivity activity={item.activity} comments={commentsOf(item.activity.record.id)} />
                )}
                {item.kind === 'tick' && <TickItem tick={item.tick} at={item.at} />}
              </li>
            ))}
          </ol>
        </section>
      ))}
      {history.hasNextPage && (filter === 'all' || filter === 'changes') && (
        <Button
          variant="subtle"
          onClick={() => void history.fetchNextPage()}
          loading={history.isFetchingNextPage}
          style={{ alignSelf: 'center' }}
        >
          {t('story.older')}
        </Button>
      )}
    </Stack>
  )
}

function StorySkeleton() {
  return (
    <Stack gap="sm" aria-busy>
      {[70, 55, 80].map((width) => (
        <Skeleton key={width} height={36} width={`${width}%`} />
      ))}
    </Stack>
  )
}
