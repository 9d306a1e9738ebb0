import { Alert, Button, Stack, Text } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../ui/toast.tsx'
import { TheirsStays } from './meanwhile.tsx'
import { useUpdateObject } from './metadataChanges.ts'
import { NumberingForm } from './NumberingForm.tsx'
import { numberingProblem } from './numberExample.ts'
import { refusalText } from './refusalText.ts'

/** How the object's records are numbered from now on. */
export function NumberingSettings({ object, editable }: { object: ObjectMeta; editable: boolean }) {
  const { t } = useTranslation(['modelling', 'settings'])
  const [opened, setOpened] = useState(object.version)
  const update = useUpdateObject(object.slug, opened)
  const [numbering, setNumbering] = useState(object.numbering)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate(
          { numbering },
          {
            onSuccess: ({ version }) => {
              setOpened(version)
              showToast({ message: t('settings:object.saved') })
            },
            onError: (error) => {
              if (!(error instanceof TheirsStays)) return
              setOpened(error.now.version)
              setNumbering(error.now.numbering)
            },
          },
        )
      }}
    >
      <Stack gap="md" maw={560}>
        <Text size="sm" c="dimmed">
          {t('modelling:numbering.explanation')}
        </Text>
        <NumberingForm numbering={numbering} located={object.located} disabled={!editable} onChange={setNumbering} />
        {update.error && (
          <Alert color="red" role="alert">
            {refusalText(update.error)}
          </Alert>
        )}
        {editable && (
          <Button
            type="submit"
            size="sm"
            disabled={numberingProblem(numbering) !== undefined}
            loading={update.isPending}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('settings:save')}
          </Button>
        )}
      </Stack>
    </form>
  )
}
