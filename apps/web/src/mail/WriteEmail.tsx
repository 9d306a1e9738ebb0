import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadWords } from '../i18n/index.ts'
import { onDemand } from '../ui/onDemand.tsx'

const EmailDialog = onDemand(async () => {
  const [{ EmailDialog: Dialog }] = await Promise.all([import('./EmailDialog.tsx'), loadWords('mail')])
  return Dialog
})

interface WriteEmailProps {
  slug: string
  id: string
  answered?: { id: string; to: string; subject: string }
}

/** Opens an e-mail about the record, or one that answers what came. */
export function WriteEmail({ slug, id, answered }: WriteEmailProps) {
  const { t } = useTranslation('activities')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        w="fit-content"
        leftSection={<IconSend size={12} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {t(answered ? 'answerEmail' : 'writeEmail')}
      </Button>
      {isOpen && <EmailDialog slug={slug} id={id} answered={answered} onClose={() => setIsOpen(false)} />}
    </>
  )
}
