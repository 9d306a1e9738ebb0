import { Alert, Anchor, Text } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { IconCalendarExclamation } from '@tabler/icons-react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import type { Booking } from './clashes.ts'
import { useClashes, useClashText } from './useClashes.ts'

interface ClashWarningProps {
  object: ObjectMeta
  booking: Booking
  /** A form stays as it is: what one looks at opens beside it. */
  isForm?: boolean
}

/** As many as one reads before one looks at the diary itself. */
const shown = 3

/** Says who or what is booked twice, and by what. It keeps nobody from saving. */
export function ClashWarning({ object, booking, isForm = false }: ClashWarningProps) {
  const clashes = useClashes(object, booking)
  const clashText = useClashText()
  if (clashes.length === 0) return null
  return (
    <Alert color="orange" icon={<IconCalendarExclamation size={16} />} my="sm" p="xs" role="status">
      {clashes.slice(0, shown).map((clash) => (
        <Text key={`${clash.field.key} ${clash.entry.record.id}`} size="sm">
          <Anchor
            component={Link}
            inherit
            c="inherit"
            underline="always"
            target={isForm ? '_blank' : undefined}
            to={paths.record(object.slug, clash.entry.record.id)}
          >
            {clashText(clash)}
          </Anchor>
        </Text>
      ))}
    </Alert>
  )
}
