import { Button, Fieldset, Group, Text } from '@mantine/core'
import { IconChevronRight, IconTrash } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { useWorkspace } from '../api/workspace.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Select } from '../ui/Select.tsx'
import classes from './access.module.css'

interface ClosedWaysProps {
  /** Each an object and its links one after the other: `patients.primary_doctor.department`. */
  paths: string[]
  longest: number
  onChange: ((paths: string[]) => void) | undefined
}

/** Ways from record to record that a role may not go, in the words of the workspace. */
export function ClosedWays({ paths, longest, onChange }: ClosedWaysProps) {
  const { t } = useTranslation('access')
  return (
    <Fieldset variant="unstyled" legend={t('relations.closed')} m={0} classNames={{ legend: classes.waysName }}>
      <Text size="xs" c="dimmed">
        {t('relations.closedHelp')}
      </Text>
      <ul className={classes.ways}>
        {paths.map((path) => (
          <Way key={path} path={path} onOpen={onChange && (() => onChange(paths.filter((other) => other !== path)))} />
        ))}
      </ul>
      {onChange && <NewWay longest={longest} onClose={(path) => !paths.includes(path) && onChange([...paths, path])} />}
    </Fieldset>
  )
}

function Way({ path, onOpen }: { path: string; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation('access')
  const id = useId()
  const [slug = '', ...steps] = path.split('.')
  const { data: object } = useObject(slug)
  return (
    <li className={classes.way}>
      <span id={`${id}-name`} className={classes.wayName}>
        {object?.labelPlural ?? slug}
        <FurtherNames slug={slug} steps={steps} />
      </span>
      {onOpen && (
        <IconButton id={id} ms="auto" label={t('relations.open')} aria-labelledby={`${id} ${id}-name`} onClick={onOpen}>
          <IconTrash size={16} />
        </IconButton>
      )}
    </li>
  )
}

/** What the links are called, each known only from the object that the one before leads to. */
function FurtherNames({ slug, steps: [step, ...further] }: { slug: string; steps: string[] }) {
  const { data: object } = useObject(slug)
  if (!step) return null
  const relation = object?.relations.find(({ key }) => key === step)
  return (
    <>
      <IconChevronRight size={13} aria-hidden />
      {relation?.label ?? step}
      {relation && <FurtherNames slug={relation.object} steps={further} />}
    </>
  )
}

function NewWay({ longest, onClose }: { longest: number; onClose: (path: string) => void }) {
  const { t } = useTranslation('access')
  const { objects } = useWorkspace()
  const [slug, setSlug] = useState<string | null>(null)
  const [steps, setSteps] = useState<string[]>([])
  const start = useRef<HTMLInputElement>(null)
  const begin = (next: string | null) => {
    setSlug(next)
    setSteps([])
  }
  return (
    <Group gap="xs" mt="xs">
      <Select
        ref={start}
        aria-label={t('relations.from')}
        placeholder={t('relations.from')}
        searchable
        openOnFocus={false}
        clearable
        clearButtonProps={{ 'aria-label': t('relations.startAgain') }}
        w={180}
        value={slug}
        onChange={begin}
        data={objects.map(({ slug: value, labelPlural: label }) => ({ value, label }))}
      />
      {slug && <NextSteps slug={slug} steps={steps} left={longest} onChange={setSteps} />}
      <Button
        variant="default"
        disabled={!steps.length}
        onClick={() => {
          onClose([slug, ...steps].join('.'))
          begin(null)
          // The button has nothing to do any more and would lose the focus.
          start.current?.focus()
        }}
      >
        {t('relations.close')}
      </Button>
    </Group>
  )
}

interface NextStepsProps {
  slug: string
  steps: string[]
  /** How many more steps a way may have. */
  left: number
  onChange: (steps: string[]) => void
}

/** The link to take from an object, and once it is chosen those from where it leads. */
function NextSteps({ slug, steps: [step, ...further], left, onChange }: NextStepsProps) {
  const { t } = useTranslation('access')
  const { data: object } = useObject(slug)
  const relations = object?.relations ?? []
  const taken = relations.find(({ key }) => key === step)
  return (
    <>
      <IconChevronRight size={14} aria-hidden />
      <Select
        aria-label={t('relations.link', { objects: object?.labelPlural ?? slug })}
        placeholder={t('relations.choose')}
        searchable
        w={180}
        value={step ?? null}
        onChange={(key) => onChange(key ? [key] : [])}
        data={relations.map(({ key, label }) => ({ value: key, label }))}
      />
      {taken && left > 1 && (
        <NextSteps
          slug={taken.object}
          steps={further}
          left={left - 1}
          onChange={(next) => onChange([taken.key, ...next])}
        />
      )}
    </>
  )
}
