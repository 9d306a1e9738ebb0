import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/workspace.ts'
import { Select } from '../../ui/Select.tsx'
import classes from './FilterBuilder.module.css'
import { relationField, type Stop, type Way, type Ways } from './ways.ts'

interface PathSelectProps {
  /** The object's own fields, as the first input offers them. */
  fields: FieldMeta[]
  way: Way
  path: string
  ways: Ways | undefined
  onChoose: (path: string) => void
  label?: string
  /** Which fields may stand at the end; all unless said. */
  allows?: (field: FieldMeta) => boolean
}

/** A field, or the way to one: each relation chosen opens an input for what lies behind it. */
export function PathSelect({ fields, way, path, ways, onChoose, label, allows = () => true }: PathSelectProps) {
  const { t } = useTranslation('list')
  const workspace = useWorkspace()
  const names = path.split('.')
  const stops = way.stops.length > 0 ? way.stops : [{ name: path, object: undefined, objects: undefined, hops: 0 }]

  function choose(at: number, value: string | null): void {
    if (!value) return
    onChoose([...names.slice(0, at), value].join('.'))
  }

  const choicesAt = (stop: Stop, at: number) => {
    if (stop.objects) return objectChoices(stop.objects)
    const own = at === 0 ? fields : fieldsOf(stop.object)
    const here = own.filter((field) => isFieldHere(field, stop, ways) && allows(field))
    const beyond = relationsAt(at === 0 ? (ways?.object ?? stop.object) : stop.object, stop, ways)
    return [
      ...(here.length > 0 ? [{ group: t('filter.fields'), items: here.map(toChoice) }] : []),
      ...(beyond.length > 0 ? [{ group: t('filter.beyond'), items: beyond }] : []),
    ]
  }

  const objectChoices = (slugs: string[]) => {
    const title = allows(titleOf(t('filter.title_'))) ? [{ value: 'title', label: t('filter.title_') }] : []
    const nameOf = (slug: string) => workspace.objects.find((object) => object.slug === slug)?.labelPlural ?? slug
    return [...title, ...slugs.map((slug) => ({ value: `${slug}.`, label: `${nameOf(slug)} ›` }))]
  }

  return (
    <div className={classes.path}>
      {stops.map((stop, at) => (
        <Select
          key={at}
          className={classes.field}
          size="xs"
          aria-label={at === 0 ? (label ?? t('filter.field')) : t('filter.fieldOf', { name: way.labels[at - 1] ?? '' })}
          data={choicesAt(stop, at)}
          value={stop.name === '' ? null : at < names.length - 1 ? `${stop.name}.` : stop.name}
          placeholder={t('filter.choose')}
          onChange={(value) => choose(at, value)}
          searchable
          // What one types is looked for, not put behind the name that stands there.
          onFocus={(event) => event.currentTarget.select()}
          allowDeselect={false}
          nothingFoundMessage={t('filter.noField')}
          comboboxProps={{ withinPortal: false, width: 240, position: 'bottom-start' }}
          maxDropdownHeight={280}
          autoFocus={at > 0 && stop.name === ''}
        />
      ))}
    </div>
  )
}

const toChoice = ({ key, label }: FieldMeta) => ({ value: key, label })
const titleOf = (label: string): FieldMeta => ({ key: 'title', type: 'text', resultType: 'text', label }) as FieldMeta

/** The object's fields, and its relations from the other side: whether there are any can be asked as well. */
function fieldsOf(object: ObjectMeta | undefined): FieldMeta[] {
  if (!object) return []
  const inverse = object.relations.filter(({ direction }) => direction === 'in').map(relationField)
  return [...object.fields, ...inverse]
}

function isFieldHere(field: FieldMeta, stop: Stop, ways: Ways | undefined): boolean {
  return stop.hops === 0 || !ways?.ownOnly || field.type !== 'relation'
}

function relationsAt(object: ObjectMeta | undefined, stop: Stop, ways: Ways | undefined) {
  if (!object || !ways || stop.hops >= ways.hops) return []
  return object.relations
    .filter(({ direction, many }) => (direction === 'out' || !ways.ownOnly) && !(ways.toOne && many))
    .map(({ key, label }) => ({ value: `${key}.`, label: `${label} ›` }))
}
