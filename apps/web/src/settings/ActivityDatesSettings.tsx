import { Button, Group, Stack, Text } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { showToast } from '../ui/toast.tsx'
import { useAddField } from './metadataChanges.ts'
import { keyFrom } from './naming.ts'
import classes from './settings.module.css'

const dates = { last: 'last_contacted', next: 'next_activity' } as const

/** Whether records of the object say when somebody was last in contact about them, and what is next. */
export function ActivityDatesSettings({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation(['settings', 'activities'])
  const { objects } = useWorkspace()
  const add = useAddField(object.slug, object.version)
  const isAbout = object.relations.some(
    ({ direction, object: other }) => direction === 'in' && objects.find(({ slug }) => slug === other)?.activity,
  )
  if (object.activity || !isAbout) return null
  const addDate = (which: keyof typeof dates) => {
    const label = t(`activities:dates.${which}`)
    const key = keyFrom(
      dates[which],
      object.fields.map((field) => field.key),
    )
    const sortable = object.fields.filter((field) => field.sortable).length < mostSortable
    add.mutate(
      { key, label, type: 'rollup', sortable, computed: { activities: which, shared: true } },
      { onSuccess: () => showToast({ message: t('activityDates.added', { label }) }) },
    )
  }
  return (
    <Stack gap="xs" mt="xl" maw={640}>
      <h3 className={classes.heading}>{t('activityDates.title', { objects: object.labelPlural })}</h3>
      <Text size="sm" c="dimmed">
        {t('activityDates.help')}
      </Text>
      {(['last', 'next'] as const).map((which) => {
        const isThere = object.fields.some(({ computed }) => computed?.activities === which)
        return (
          <Group key={which} justify="space-between" wrap="nowrap" mih={32}>
            <Text size="sm">{t(`activityDates.${which}`)}</Text>
            {isThere ? (
              <Text size="sm" c="dimmed">
                {t('activityDates.there')}
              </Text>
            ) : (
              <Button
                variant="default"
                size="xs"
                aria-label={`${t('activityDates.add')}: ${t(`activities:dates.${which}`)}`}
                loading={add.isPending}
                onClick={() => addDate(which)}
              >
                {t('activityDates.add')}
              </Button>
            )}
          </Group>
        )
      })}
      {add.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(add.error)}
        </Text>
      )}
    </Stack>
  )
}

/** So many fields of an object can be kept in order; what comes after is shown and filtered by. */
const mostSortable = 10
