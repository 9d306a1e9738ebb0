import { Anchor, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import type { ImportPreview, ObjectMeta } from '@oneforge/client'
import { IconArrowLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { client } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useMayAdmin, useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { PageError } from '../ui/PageError.tsx'
import { ImportHistory } from './ImportHistory.tsx'
import classes from './ImportWizard.module.css'
import { draftOf, type ImportDraft } from './importDraft.ts'
import { JobStep } from './JobStep.tsx'
import { type StepName, Steps } from './Steps.tsx'
import { UploadStep } from './UploadStep.tsx'
import { useUsualLocation } from './useUsualLocation.ts'

const MatchStep = onDemand(async () => (await import('./MatchStep.tsx')).MatchStep)
const PreviewStep = onDemand(async () => (await import('./PreviewStep.tsx')).PreviewStep)

/** Brings a file of records in: upload, match columns, look at the rows, import. Without an object it asks for it. */
export default function ImportWizard() {
  const { object: slug } = useParams()
  return slug ? <ObjectImport key={slug} slug={slug} /> : <ChooseObject />
}

function ObjectImport({ slug }: { slug: string }) {
  const { t } = useTranslation('imports')
  const { data: object, error } = useObject(slug)
  const inUse = useWorkspace().objects.some((one) => one.slug === slug)
  // What is known stays in sight when the object goes with an import that is taken back.
  if (!object) return error ? <PageError error={error} /> : null
  return (
    <div className={classes.page}>
      <title>{`${t('title', { objects: object.labelPlural })} · OneForge`}</title>
      <Anchor
        component={Link}
        to={inUse ? paths.list(slug) : paths.import()}
        size="sm"
        c="dimmed"
        className={classes.back}
      >
        <IconArrowLeft size={14} aria-hidden />
        {inUse ? object.labelPlural : t('choose.title')}
      </Anchor>
      <Title order={1} className={classes.title}>
        {t('title', { objects: object.labelPlural })}
      </Title>
      {object.permissions.import ? (
        <Wizard object={object} />
      ) : (
        <EmptyPage icon="lock" title={t('notAllowed', { objects: object.labelPlural })} text={t('choose.none')} />
      )}
    </div>
  )
}

interface Upload {
  preview: ImportPreview
  draft: ImportDraft
}

/** The running job stands in the address, so a reload comes back to it. */
function Wizard({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('imports')
  const [params, setParams] = useSearchParams()
  const [upload, setUpload] = useState<Upload>()
  const [matched, setMatched] = useState(false)
  const jobId = params.get('job')
  const place = useUsualLocation(object)

  const startOver = () => {
    setUpload(undefined)
    setMatched(false)
    setParams({})
  }
  const watch = (id: string) => setParams({ job: id })
  const setDraft = (draft: ImportDraft) => setUpload((current) => current && { ...current, draft })
  const setPreview = (preview: ImportPreview) => setUpload((current) => current && { ...current, preview })
  const step: StepName = jobId ? 'import' : !upload ? 'upload' : matched ? 'preview' : 'match'

  return (
    <Stack gap="lg">
      <Steps current={step} />
      {jobId && <JobStep object={object} jobId={jobId} onWatch={watch} onAgain={startOver} />}
      {!jobId && !upload && (
        <>
          <UploadStep
            invitation={t('upload.drop', { objects: object.labelPlural })}
            upload={(file) => client.imports.preview(object.slug, file)}
            onUploaded={(preview) => setUpload({ preview, draft: draftOf(preview, place) })}
          />
          <ImportHistory onWatch={watch} object={object} />
        </>
      )}
      {!jobId && upload && !matched && (
        <MatchStep
          object={object}
          {...upload}
          onDraft={setDraft}
          onBack={startOver}
          onSheet={(preview) => setUpload({ preview, draft: draftOf(preview, place) })}
          onChecked={(preview) => {
            setPreview(preview)
            setMatched(true)
          }}
        />
      )}
      {!jobId && upload && matched && (
        <PreviewStep
          object={object}
          {...upload}
          onDraft={setDraft}
          onPreview={setPreview}
          onBack={() => setMatched(false)}
          onStarted={watch}
        />
      )}
    </Stack>
  )
}

function ChooseObject() {
  const { t } = useTranslation('imports')
  const { objects, permissions } = useWorkspace()
  const allowed = objects.filter(({ slug }) => permissions.objects[slug]?.import)
  const shapesObjects = useMayAdmin('objects')
  return (
    <div className={classes.page}>
      <title>{`${t('choose.title')} · OneForge`}</title>
      <Title order={1} className={classes.title}>
        {t('choose.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {allowed.length > 0 || shapesObjects ? t('choose.explanation') : t('choose.none')}
      </Text>
      <ul className={classes.objects}>
        {allowed.map(({ slug, labelPlural }) => (
          <li key={slug}>
            <UnstyledButton component={Link} to={paths.import(slug)} className={classes.object}>
              {labelPlural}
              <IconChevronRight size={15} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
        {shapesObjects && (
          <li>
            <UnstyledButton component={Link} to={paths.importAsObject()} className={classes.object}>
              <span>
                {t('asObject.choice')}
                <Text span display="block" size="xs" c="dimmed">
                  {t('asObject.choiceHint')}
                </Text>
              </span>
              <IconChevronRight size={15} aria-hidden />
            </UnstyledButton>
          </li>
        )}
      </ul>
    </div>
  )
}
