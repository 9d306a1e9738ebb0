import { Anchor, Stack, Text, Title } from '@mantine/core'
import type { ObjectProposal } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../api/client.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import classes from './ImportWizard.module.css'
import { Steps } from './Steps.tsx'
import { UploadStep } from './UploadStep.tsx'

const ObjectProposalStep = onDemand(async () => (await import('./ObjectProposalStep.tsx')).ObjectProposalStep)

/** A file becomes an object of its own: upload, look at what is proposed, and it is made and filled. */
export default function NewObjectImport() {
  const { t } = useTranslation('imports')
  const shapesObjects = useMayAdmin('objects')
  const [proposal, setProposal] = useState<ObjectProposal>()
  return (
    <div className={classes.page}>
      <title>{`${t('asObject.title')} · OneForge`}</title>
      <Anchor component={Link} to={paths.import()} size="sm" c="dimmed" className={classes.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('choose.title')}
      </Anchor>
      <Title order={1} className={classes.title}>
        {t('asObject.title')}
      </Title>
      {!shapesObjects && <EmptyPage icon="lock" title={t('asObject.notAllowed')} text={t('asObject.notAllowedText')} />}
      {shapesObjects && (
        <Stack gap="lg">
          <Steps names={['upload', 'match', 'import']} current={proposal ? 'match' : 'upload'} />
          {!proposal && (
            <>
              <Text size="sm" c="dimmed" maw={640}>
                {t('asObject.explanation')}
              </Text>
              <UploadStep invitation={t('asObject.drop')} upload={client.imports.propose} onUploaded={setProposal} />
            </>
          )}
          {proposal && (
            <ObjectProposalStep
              key={proposal.format.sheet}
              proposal={proposal}
              onProposal={setProposal}
              onBack={() => setProposal(undefined)}
            />
          )}
        </Stack>
      )}
    </div>
  )
}
