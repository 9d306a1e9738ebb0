import { Anchor, Button, Text } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { paths } from '../paths.ts'
import { RecordExamples } from './RecordExamples.tsx'

/** Looks, when asked to, for records that the computation gives nothing for, and says why. */
export function FailingRecords({ object, field }: { object: ObjectMeta; field: FieldMeta }) {
  const { t } = useTranslation('modelling')
  const [asked, setAsked] = useState(false)
  const { data, isFetching, error } = useQuery({
    queryKey: [...keys.object(object.slug), 'failing', field.key],
    queryFn: () => client.objects.failingRecords(object.slug, field.key),
    enabled: asked,
    staleTime: 0,
  })
  return (
    <div>
      <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => setAsked(true)}>
        {t('failing.look')}
      </Button>
      <div aria-live="polite">
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" mt={4}>
            {errorText(error)}
          </Text>
        )}
        {data && (
          <>
            <Text size="sm" mt={4}>
              {data.failing === 0 ? t('failing.none') : t('failing.some', { count: data.failing })}
            </Text>
            <RecordExamples>
              {data.examples.map(({ id, recordNumber, title, message }) => (
                <li key={id}>
                  <Anchor component={Link} to={paths.record(object.slug, id)} size="sm">
                    {title ?? recordNumber}
                  </Anchor>{' '}
                  <Text span size="sm" c="dimmed">
                    {message}
                  </Text>
                </li>
              ))}
            </RecordExamples>
          </>
        )}
      </div>
    </div>
  )
}
