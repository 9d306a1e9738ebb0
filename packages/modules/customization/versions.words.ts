/** Versions in plain words, in the language of whoever reads them. */
import { type Language, languageOf, type VersionedKind } from '@oneforge/kernel/metadata'

export type ChangeAction = 'added' | 'changed' | 'removed' | 'broughtBack'

interface Words {
  /** `the field “Phone” of Patients` */
  thing(kind: VersionedKind, label: string, object?: string): string
  did(action: ChangeAction, thing: string): string
  /** What is put behind a change: names of properties, or how one value became another. */
  detail(names: string[]): string
  became(property: string, before: string, after: string): string
  nothing: string
  reordered(object: string | undefined): string
  more(count: number): string
  /** Why a version cannot be taken back. */
  changedAgain(property: string | undefined, version: number, who: string | null): string
  changedSince(property: string | undefined): string
  stageHeld(stage: string, records: number): string
  nameTaken: string
  cannotTakeBack(why: string): string
  properties: Record<string, string>
}

const english: Words = {
  thing: (kind, label, object) => `${nouns[kind]} “${label}”${object ? ` of ${object}` : ''}`,
  did: (action, thing) =>
    `${{ added: 'Added', changed: 'Changed', removed: 'Removed', broughtBack: 'Brought back' }[action]} ${thing}`,
  detail: (names) => `: ${names.join(', ')}`,
  became: (property, before, after) => `${property} from ${before} to ${after}`,
  nothing: 'nothing',
  reordered: (object) => (object ? `Put the fields of ${object} in another order` : 'Put the objects in another order'),
  more: (count) => `and ${count} more`,
  changedAgain: (property, version, who) =>
    `${property ? `“${property}”` : 'it'} was changed again in version ${version}${who ? ` by ${who}` : ''}: take that back first`,
  changedSince: (property) => `${property ? `“${property}”` : 'it'} has been changed since: take that back first`,
  stageHeld: (stage, records) => `“${stage}” is where ${records} records stand: move them first`,
  nameTaken: 'something else has the same name by now: give that another one first',
  cannotTakeBack: (why) => `This cannot be taken back as it is: ${why}.`,
  properties: {
    label: 'label',
    labelPlural: 'plural label',
    description: 'description',
    icon: 'icon',
    color: 'colour',
    group: 'group in the navigation',
    numberPrefix: 'prefix of numbers',
    numbering: 'numbering',
    located: 'belongs to locations',
    activity: 'kind of activity',
    roles: 'what fields stand for',
    rules: 'rules',
    uniqueKeys: 'unique keys',
    pipelines: 'pipelines',
    stages: 'stages',
    type: 'type',
    help: 'help',
    section: 'section',
    required: 'required',
    unique: 'unique',
    ignoreAccents: 'ignores accents',
    sortable: 'sortable',
    searchable: 'searchable',
    phi: 'protected health information',
    options: 'options',
    conditions: 'conditions',
    default: 'default',
    currency: 'currency',
    relation: 'relation',
    attributes: 'attributes of links',
    computed: 'computation',
    expression: 'formula',
    filter: 'filter',
    sort: 'sorting',
    columns: 'columns',
    groupBy: 'grouping',
    defaultFor: 'roles that it opens first for',
    unlocked: 'whether others may change it',
    objects: 'rights',
    fields: 'fields',
    admin: 'administrative permissions',
    depth: 'depth of relations',
    forbiddenPaths: 'closed ways',
    navigation: 'navigation',
    layout: 'layout',
    everybody: 'for everybody',
    groups: 'groups',
    hidden: 'hidden',
    sections: 'sections',
    collapsed: 'collapsed',
    position: 'position',
    key: 'key',
    slug: 'name in addresses',
    template_slug: 'template',
    template_version: 'version of the template',
    '#order': 'order',
  },
}

const nouns: Record<VersionedKind, string> = {
  workspace: 'the workspace',
  object: 'the object',
  field: 'the field',
  relation: 'the relation',
  role: 'the role',
  view: 'the view',
  workflow: 'the workflow',
  dashboard: 'the dashboard',
}

const spanish: Words = {
  thing: (kind, label, object) => `${spanishNouns[kind]} «${label}»${object ? ` de ${object}` : ''}`,
  did: (action, thing) =>
    `${{ added: 'Se añadió', changed: 'Se cambió', removed: 'Se retiró', broughtBack: 'Se recuperó' }[action]} ${thing}`,
  detail: (names) => `: ${names.join(', ')}`,
  became: (property, before, after) => `${property} de ${before} a ${after}`,
  nothing: 'nada',
  reordered: (object) =>
    object ? `Se ordenaron de otra forma los campos de ${object}` : 'Se ordenaron de otra forma los objetos',
  more: (count) => `y ${count} más`,
  changedAgain: (property, version, who) =>
    `${property ? `«${property}»` : 'esto'} se volvió a cambiar en la versión ${version}${who ? ` (${who})` : ''}: deshaz antes ese cambio`,
  changedSince: (property) =>
    `${property ? `«${property}»` : 'esto'} ha cambiado desde entonces: deshaz antes ese cambio`,
  stageHeld: (stage, records) => `en «${stage}» están ${records} registros: muévelos antes`,
  nameTaken: 'ya hay otra cosa con el mismo nombre: dale antes otro',
  cannotTakeBack: (why) => `Esto no se puede deshacer tal como está: ${why}.`,
  properties: {
    label: 'nombre',
    labelPlural: 'nombre en plural',
    description: 'descripción',
    icon: 'icono',
    color: 'color',
    group: 'grupo de la navegación',
    numberPrefix: 'prefijo de los números',
    numbering: 'numeración',
    located: 'pertenece a sedes',
    activity: 'clase de actividad',
    roles: 'papel de los campos',
    rules: 'reglas',
    uniqueKeys: 'claves únicas',
    pipelines: 'embudos',
    stages: 'etapas',
    type: 'tipo',
    help: 'ayuda',
    section: 'sección',
    required: 'obligatorio',
    unique: 'único',
    ignoreAccents: 'sin distinguir acentos',
    sortable: 'se puede ordenar',
    searchable: 'se puede buscar',
    phi: 'información médica protegida',
    options: 'opciones',
    conditions: 'condiciones',
    default: 'valor inicial',
    currency: 'moneda',
    relation: 'relación',
    attributes: 'atributos de los enlaces',
    computed: 'cálculo',
    expression: 'fórmula',
    filter: 'filtro',
    sort: 'orden',
    columns: 'columnas',
    groupBy: 'agrupación',
    defaultFor: 'roles a los que se abre primero',
    unlocked: 'si otros pueden cambiarla',
    objects: 'permisos',
    fields: 'campos',
    admin: 'permisos de administración',
    depth: 'profundidad de las relaciones',
    forbiddenPaths: 'caminos cerrados',
    navigation: 'navegación',
    layout: 'disposición',
    everybody: 'para todos',
    groups: 'grupos',
    hidden: 'ocultos',
    sections: 'secciones',
    collapsed: 'plegada',
    position: 'posición',
    key: 'clave',
    slug: 'nombre en las direcciones',
    template_slug: 'plantilla',
    template_version: 'versión de la plantilla',
    '#order': 'orden',
  },
}

const spanishNouns: Record<VersionedKind, string> = {
  workspace: 'el espacio de trabajo',
  object: 'el objeto',
  field: 'el campo',
  relation: 'la relación',
  role: 'el rol',
  view: 'la vista',
  workflow: 'el flujo de trabajo',
  dashboard: 'el panel',
}

const german: Words = {
  thing: (kind, label, object) => `${germanNouns[kind]} „${label}“${object ? ` von ${object}` : ''}`,
  did: (action, thing) =>
    `${{ added: 'Hinzugefügt', changed: 'Geändert', removed: 'Entfernt', broughtBack: 'Zurückgeholt' }[action]}: ${thing}`,
  detail: (names) => ` (${names.join(', ')})`,
  became: (property, before, after) => `${property} von ${before} zu ${after}`,
  nothing: 'nichts',
  reordered: (object) => (object ? `Die Felder von ${object} anders geordnet` : 'Die Objekte anders geordnet'),
  more: (count) => `und ${count} weitere`,
  changedAgain: (property, version, who) =>
    `${property ? `„${property}“` : 'es'} wurde in Version ${version}${who ? ` von ${who}` : ''} erneut geändert: Nehmen Sie zuerst das zurück`,
  changedSince: (property) =>
    `${property ? `„${property}“` : 'es'} wurde seither geändert: Nehmen Sie zuerst das zurück`,
  stageHeld: (stage, records) => `in „${stage}“ stehen ${records} Datensätze: Verschieben Sie sie zuerst`,
  nameTaken: 'etwas anderes heißt inzwischen genauso: Geben Sie dem zuerst einen anderen Namen',
  cannotTakeBack: (why) => `So lässt sich das nicht zurücknehmen: ${why}.`,
  properties: {
    label: 'Name',
    labelPlural: 'Name in der Mehrzahl',
    description: 'Beschreibung',
    icon: 'Symbol',
    color: 'Farbe',
    group: 'Gruppe in der Navigation',
    numberPrefix: 'Präfix der Nummern',
    numbering: 'Nummerierung',
    located: 'gehört zu Standorten',
    roles: 'Bedeutung der Felder',
    rules: 'Regeln',
    uniqueKeys: 'eindeutige Schlüssel',
    pipelines: 'Pipelines',
    stages: 'Phasen',
    type: 'Typ',
    help: 'Erklärung',
    section: 'Abschnitt',
    required: 'erforderlich',
    unique: 'eindeutig',
    ignoreAccents: 'ohne Unterschied der Akzente',
    sortable: 'sortierbar',
    searchable: 'durchsuchbar',
    phi: 'geschützte Gesundheitsdaten',
    options: 'Optionen',
    conditions: 'Bedingungen',
    default: 'Vorgabewert',
    currency: 'Währung',
    relation: 'Beziehung',
    attributes: 'Angaben zu Verknüpfungen',
    computed: 'Berechnung',
    expression: 'Formel',
    filter: 'Filter',
    sort: 'Sortierung',
    columns: 'Spalten',
    groupBy: 'Gruppierung',
    defaultFor: 'Rollen, für die sie sich zuerst öffnet',
    unlocked: 'ob andere sie ändern dürfen',
    objects: 'Rechte',
    fields: 'Felder',
    admin: 'Verwaltungsrechte',
    depth: 'Tiefe der Verknüpfungen',
    forbiddenPaths: 'gesperrte Wege',
    navigation: 'Navigation',
    layout: 'Anordnung',
    everybody: 'für alle',
    groups: 'Gruppen',
    hidden: 'ausgeblendet',
    sections: 'Abschnitte',
    collapsed: 'zugeklappt',
    position: 'Position',
    key: 'Schlüssel',
    slug: 'Name in Adressen',
    template_slug: 'Vorlage',
    template_version: 'Version der Vorlage',
    '#order': 'Reihenfolge',
  },
}

const germanNouns: Record<VersionedKind, string> = {
  workspace: 'der Arbeitsbereich',
  object: 'das Objekt',
  field: 'das Feld',
  relation: 'die Beziehung',
  role: 'die Rolle',
  view: 'die Ansicht',
  workflow: 'der Ablauf',
  dashboard: 'das Dashboard',
}

const words: Record<Language, Words> = { en: english, es: spanish, de: german }

export const wordsIn = (locale: string): Words => words[languageOf(locale)]

/** `definition.options.red.label` → `options › red › label`. */
export const propertyName = (path: string[], locale: string): string =>
  path
    .filter((part, index) => index > 0 || part !== 'definition')
    .map((part) => wordsIn(locale).properties[part] ?? part)
    .join(' › ')
