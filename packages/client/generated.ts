// Made by scripts/generate-client.ts from the server's OpenAPI document. Change the operations, not this file.

export type __schema0 =
  | string
  | number
  | boolean
  | null
  | __schema0[]
  | {
      [key: string]: __schema0
    }

export interface AcceptedBulkChange {
  jobId: string
  status: string
  statusUrl: string
  /** Of what was done at once */
  result?: BulkChangeResult
}

export interface AcceptedJob {
  jobId: string
  status: string
  statusUrl: string
}

/** With the parts of its kind: object and action, scope, filter; field, access; relation; or permission. */
export interface AccessException {
  id: string
  effect: 'grant' | 'deny'
  kind: 'action' | 'field' | 'relation' | 'admin'
  reason: string | null
  createdAt: string
  createdBy: {
    id: string | null
    name: string
  }
  [key: string]: unknown
}

export interface AccessPreview {
  members: {
    userId: string
    name: string
    roles: string[]
    objects: {
      object: string
      label: string
      actions: {
        action: 'create' | 'read' | 'update' | 'delete' | 'export' | 'import' | 'assign'
        /** Whether the action itself comes or goes. */
        right: 'gained' | 'lost' | null
        /** Records. */
        gained: number
        lost: number
        /** Or more than that. */
        capped: boolean
      }[]
      fields: {
        gained: {
          key: string
          access: 'hidden' | 'read' | 'write'
        }[]
        lost: {
          key: string
          access: 'hidden' | 'read' | 'write'
        }[]
      }
      relations: {
        gained: string[]
        lost: string[]
      }
    }[]
    admin: {
      gained: string[]
      lost: string[]
    }
  }[]
  totalMembers: number
  truncated: boolean
  cap: number
}

export type ActionGrant =
  | 'own'
  | 'team'
  | 'location'
  | 'all'
  | {
      scope: 'own' | 'team' | 'location' | 'all'
      filter?: unknown
    }

export type ActionGrantInput =
  | 'own'
  | 'team'
  | 'location'
  | 'all'
  | {
      scope: 'own' | 'team' | 'location' | 'all'
      filter?: unknown
    }

export interface Activity {
  id: string
  type: 'note'
  body: string
  at: string
  actor: {
    id: string | null
    name: string
  }
  /** Who is named in the body by `<@id>`, with the names they have now. */
  mentions: {
    id: string
    name: string
  }[]
  /** Whether it stands on top of the story. */
  pinned: boolean
  /** How many comments it has. */
  comments: number
}

export interface Address {
  street?: string | null
  street2?: string | null
  city?: string | null
  region?: string | null
  postalCode?: string | null
  country?: string | null
}

export interface ApiKey {
  id: string
  name: string
  /** How the key begins, to recognise it by. */
  prefix: string
  /** The service account that the key acts as. */
  account: {
    id: string
    name: string
  }
  roles: string[]
  /** What the key is limited to; null is all that the roles allow. */
  operations: string[] | null
  createdAt: string
  createdBy: {
    id: string
    name: string
  } | null
  expiresAt: string | null
  /** To the minute. */
  lastUsedAt: string | null
  requestsPerMinute: number | null
  status: 'active' | 'expired' | 'revoked'
}

export interface AskedForm {
  id: string
  title: string
  intro: string | null
  submit: string | null
  workspace: {
    name: string
    locale: string
    timeZone: string
    currency: string
    country: string | null
  }
  locale: string
  steps: {
    id: string
    title: string | null
    questions: {
      id: string
      kind: 'field' | 'text' | 'consent' | 'files'
      visible: unknown
      [key: string]: unknown
    }[]
  }[]
  /** Sent back with a number whose SHA-256 behind the token begins with so many zero bits */
  challenge: {
    token: string
    bits: number
  }
}

export interface BrokenRule {
  key: string
  /** How many records were looked at. */
  checked: number
  broken: number
  examples: {
    id: string
    recordNumber: string
    title: string | null
  }[]
}

export interface BroughtBack {
  record: Record
  /** What each is now, and what it becomes */
  changes: {
    field: string
    label: string
    before: unknown
    after: unknown
  }[]
  /** What stays as it is, and why */
  kept: {
    field: string
    label: string
    message: string
  }[]
}

export interface BulkChange {
  /** Also that of its job */
  id: string
  object: string
  action: 'update' | 'delete' | 'restore' | 'purge' | 'undo'
  /** Keys of what an update changes, as far as the caller may know of them */
  fields: string[]
  status: string
  progress: number
  createdAt: string
  createdBy: {
    id: string
    name: string | null
  }
  finishedAt: string | null
  total: number
  changed: number
  unchanged: number
  refused: number
  /** The change that this one takes back */
  undoes: string | null
  /** The change that takes this one back */
  undoneBy: string | null
  /** Null where it cannot be taken back */
  undoUntil: string | null
}

export interface BulkChangeResult {
  action: 'update' | 'delete' | 'restore' | 'purge' | 'undo'
  total: number
  changed: number
  unchanged: number
  refused: number
}

export interface CalendarData {
  from: string
  to: string
  entries: {
    id: string
    object: string
    title: string
    start: string
    end: string | null
    allDay: boolean
    color:
      | 'gray'
      | 'red'
      | 'pink'
      | 'grape'
      | 'violet'
      | 'indigo'
      | 'blue'
      | 'cyan'
      | 'teal'
      | 'green'
      | 'lime'
      | 'yellow'
      | 'orange'
      | null
  }[]
  isTruncated: boolean
}

export interface CalendarFeed {
  /** Since when there is the present address; null where there is none. */
  since: string | null
  /** When a calendar looked last. */
  fetchedAt: string | null
  /** Whether it has open tasks that are due. */
  tasks: boolean
  /** Whether the workspace lets calendars name protected records and the people in them. */
  names: boolean
}

export interface ChartData {
  categories: WidgetCategory[]
  /** Those beyond the first twenty are gathered in the last */
  series: {
    value: unknown
    /** Empty without a value; of dates the first day */
    label: string
    color:
      | 'gray'
      | 'red'
      | 'pink'
      | 'grape'
      | 'violet'
      | 'indigo'
      | 'blue'
      | 'cyan'
      | 'teal'
      | 'green'
      | 'lime'
      | 'yellow'
      | 'orange'
      | null
    /** The filter language; null where it has no words for the group */
    filter: unknown
    values: WidgetValue[]
  }[]
  others: {
    count: number
    values: WidgetValue[]
  } | null
  previous: WidgetValue[] | null
  interval: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour' | null
  /** There are more groups than could be told apart */
  isTruncated: boolean
}

export interface Comment {
  id: string
  /** The note that it is about; null where it is about the record. */
  noteId: string | null
  body: string
  at: string
  editedAt: string | null
  actor: {
    id: string | null
    name: string
  }
  /** Who is named in the body by `<@id>`, with the names they have now. */
  mentions: {
    id: string
    name: string
  }[]
  /** Whether the caller wrote it, and so may change and delete it. */
  own: boolean
}

export interface CrossData {
  rows: WidgetCategory[]
  columns: WidgetCategory[]
  rowInterval: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour' | null
  columnInterval: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour' | null
  measures: {
    name: string
    label: string
  }[]
  /** By row, column and measure */
  cells: WidgetValue[][][]
  rowTotals: WidgetValue[][]
  columnTotals: WidgetValue[][]
  total: WidgetValue[]
  isTruncated: boolean
}

export interface CursorPagination {
  limit: number
  /** Send it as `cursor` for what follows; null at the end. */
  nextCursor: string | null
  hasNext: boolean
}

export interface Dashboard {
  id: string
  key: string
  label: string
  visibility: 'private' | 'everyone' | 'roles'
  roles: string[]
  defaultFor: string[]
  /** Opens first for the caller */
  isDefault: boolean
  ownedByMe: boolean
  mayChange: boolean
  /** Came with a template */
  system: boolean
  /** Grows with every change; for If-Match. */
  version: number
  widgetCount: number
  range: DashboardRange | null
  filters: {
    object?: string
    filter: unknown
  }[]
  widgets: Widget[]
}

export interface DashboardDifference {
  /** Whether it shows anything else than the board that the template brought */
  changed: boolean
  widgets: {
    key: string
    title: string
    /** What happened to it here: going back takes away, puts right or brings back */
    change: 'added' | 'changed' | 'removed'
  }[]
  /** Whether its name, its days or its filters are others */
  rest: boolean
}

export interface DashboardFigures {
  at: string
  timeZone: string
  currency: string
  /** 1 is Monday */
  weekStart: number
  range: {
    from: string
    to: string
  } | null
  /** Differs when figures may have changed */
  stamp: string
  widgets: WidgetFigures[]
}

export type DashboardRange =
  | {
      preset:
        | 'today'
        | 'yesterday'
        | 'tomorrow'
        | 'thisWeek'
        | 'lastWeek'
        | 'nextWeek'
        | 'thisMonth'
        | 'lastMonth'
        | 'nextMonth'
        | 'thisQuarter'
        | 'lastQuarter'
        | 'nextQuarter'
        | 'thisYear'
        | 'lastYear'
        | 'nextYear'
    }
  | {
      preset: 'lastNDays' | 'nextNDays'
      n: number
    }
  | {
      from: string
      to: string
    }

export interface DashboardSchedule {
  frequency: 'daily' | 'weekly' | 'monthly'
  /** Of weekly mails: 1 is Monday, which it is unless said */
  weekday?: number
  /** Of monthly mails: the last day of shorter months; 1 unless said */
  dayOfMonth?: number
  /** On the workspace’s clock */
  hour: number
  minute?: 0 | 15 | 30 | 45
  /** The dashboard’s own unless said */
  range?: DashboardRange | null
  /** Without an object one narrows every widget whose object knows the fields that it names */
  filters?: {
    object?: string
    filter: unknown
  }[]
  id: string
  createdBy: string
  receivers: {
    id: string
    name: string
  }[]
  active: boolean
  nextAt: string | null
  lastSentAt: string | null
}

export interface DashboardSummary {
  id: string
  key: string
  label: string
  visibility: 'private' | 'everyone' | 'roles'
  roles: string[]
  defaultFor: string[]
  /** Opens first for the caller */
  isDefault: boolean
  ownedByMe: boolean
  mayChange: boolean
  /** Came with a template */
  system: boolean
  /** Grows with every change; for If-Match. */
  version: number
  widgetCount: number
}

export interface Dependents {
  dependents: {
    kind: string
    object: string | null
    key: string
    label: string
    /** The part of it: columns, rules.discharge */
    where: string
    message: string
    /** What force=true does: takes the part out, leaves it without a value, or withdraws the right */
    mend: 'takenOut' | 'withoutValue' | 'withdrawn' | 'none'
  }[]
  /** How many records there are, or hold a value. */
  records: number
}

export interface DuplicatePair {
  id: string
  object: string
  state: 'open' | 'dismissed' | 'merged'
  score: number
  reasons: DuplicateReason[]
  foundAt: string
  decidedAt: string | null
  /** The two */
  records: {
    id: string
    object: string
    version: number
    [key: string]: unknown
  }[]
}

export interface DuplicatePreview {
  checked: number
  pairs: number
  examples: {
    score: number
    reasons: DuplicateReason[]
    records: {
      id: string
      recordNumber: string
      title: string | null
    }[]
  }[]
}

export interface DuplicateReason {
  rule: string
  parts: {
    field: string
    label: string
    compare: 'exact' | 'normalised' | 'similar' | 'domain'
  }[]
}

export interface DuplicateSettings {
  active: boolean
  threshold: number
  /** Whether the rules are those that the fields suggest */
  isDefault: boolean
  rules: {
    key: string
    /** How sure it makes by itself, in percent */
    weight: number
    parts: {
      field: string
      compare: 'exact' | 'normalised' | 'similar' | 'domain'
    }[]
  }[]
  comparable: {
    field: string
    label: string
    compares: ('exact' | 'normalised' | 'similar' | 'domain')[]
  }[]
  /** The scan that a change has begun */
  jobId: string | null
}

export interface EffectiveAccess {
  userId: string
  name: string
  email: string
  roles: {
    key: string
    label: string
    locationId: string | null
  }[]
  teams: {
    id: string
    name: string
  }[]
  colleagues: number
  locations: string[]
  admin: {
    permission: 'objects' | 'users' | 'roles' | 'templates' | 'views' | 'automation' | 'audit' | 'imports' | 'settings'
    by: RightSource[]
  }[]
  objects: {
    object: string
    label: string
    actions: {
      create: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
      read: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
      update: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
      delete: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
      export: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
      import: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
      assign: {
        allowed: boolean
        unlimited: boolean
        granted: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
        denied: {
          scope: 'own' | 'team' | 'location' | 'all'
          filter: unknown
          by: RightSource
        }[]
      }
    }
    fields: {
      key: string
      label: string
      access: 'hidden' | 'read' | 'write'
      /** Who gives exactly this access. */
      by: RightSource[]
      /** The denial that takes something away. */
      limitedBy: RightSource | null
      /** On every record; less than `access` where some records show more than others. */
      least: 'hidden' | 'read' | 'write'
    }[]
    relations: {
      key: string
      label: string
      object: string
      follow: boolean
      depth: number
      /** Seen at the other side; null is all that the roles show there. */
      fields: string[] | null
    }[]
  }[]
  depth: number
  forbiddenPaths: string[]
}

export interface EmailDraft {
  to: string | null
  subject: string
  html: string
  signature: string
  /** Whether mail goes out at all. */
  delivers: boolean
  /** Whether answers come back here; else they go to whoever has written. */
  receivesAnswers: boolean
}

export interface Error {
  success: false
  error: {
    code:
      | 'VALIDATION_ERROR'
      | 'UNAUTHENTICATED'
      | 'FORBIDDEN'
      | 'NOT_FOUND'
      | 'METHOD_NOT_ALLOWED'
      | 'CONFLICT'
      | 'PAYLOAD_TOO_LARGE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'IDEMPOTENCY_MISMATCH'
      | 'LOCKED'
      | 'RATE_LIMIT_EXCEEDED'
      | 'INTERNAL'
      | 'UNAVAILABLE'
    /** For the person who must act on it. */
    message: string
    details: {
      field: string
      message: string
    }[]
    /** With a stale version: the record as it is now. */
    current?: unknown
  }
  meta: Meta
}

export interface FailingRecords {
  /** Records without a value that were tried; 1,000 at the most. */
  checked: number
  failing: number
  examples: {
    id: string
    recordNumber: string
    title: string | null
    message: string
  }[]
}

export interface Favourite {
  id: string
  kind: 'record' | 'view' | 'page'
  object: string | null
  recordId: string | null
  viewId: string | null
  /** The key of the view. */
  view: string | null
  page: string | null
  label: string
}

export interface Field {
  id: string
  key: string
  label: string
  labels: LocalizedText
  type:
    | 'text'
    | 'longtext'
    | 'richtext'
    | 'number'
    | 'integer'
    | 'money'
    | 'percent'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'time'
    | 'duration'
    | 'select'
    | 'multiselect'
    | 'tags'
    | 'email'
    | 'phone'
    | 'url'
    | 'address'
    | 'user'
    | 'relation'
    | 'file'
    | 'rating'
    | 'checklist'
    | 'autonumber'
    | 'formula'
    | 'lookup'
    | 'rollup'
    | 'json'
  /** What its values are: its type, unless it is computed. */
  resultType:
    | 'text'
    | 'longtext'
    | 'richtext'
    | 'number'
    | 'integer'
    | 'money'
    | 'percent'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'time'
    | 'duration'
    | 'select'
    | 'multiselect'
    | 'tags'
    | 'email'
    | 'phone'
    | 'url'
    | 'address'
    | 'user'
    | 'relation'
    | 'file'
    | 'rating'
    | 'checklist'
    | 'autonumber'
    | 'formula'
    | 'lookup'
    | 'rollup'
    | 'json'
  help: string | null
  section: string | null
  required: boolean
  unique: boolean
  /** Of a unique field: José and Jose are the same. */
  ignoreAccents: boolean
  sortable: boolean
  searchable: boolean
  phi: boolean
  /** Whether it fills a role of the screens. */
  system: boolean
  options: {
    value: string
    label: string
    labels: LocalizedText
    color:
      | 'gray'
      | 'red'
      | 'pink'
      | 'grape'
      | 'violet'
      | 'indigo'
      | 'blue'
      | 'cyan'
      | 'teal'
      | 'green'
      | 'lime'
      | 'yellow'
      | 'orange'
      | null
  }[]
  rules: {
    minLength?: number
    maxLength?: number
    pattern?: string
    patternMessage?: LocalizedText
    min?: number
    max?: number
    decimals?: number
    /** Of numbers: digits stand together, as those of a year do */
    ungrouped?: boolean
    notBefore?: string
    notAfter?: string
    minItems?: number
    maxItems?: number
    several?: boolean
    kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
    maxSize?: number
    /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
    exclusive?: boolean | 'refuse'
  } | null
  conditions: FieldConditions | null
  default: unknown
  /** Of autonumbers. */
  numbering: Numbering | null
  currency: string | null
  relation?: {
    object: string
    /** Further objects that it may point at. */
    others: string[]
    many: boolean
    inverse: {
      key: string
      label: string
      many: boolean
    }
    /** What becomes of the link, or of the record that has it, when the one pointed at is deleted. */
    onDelete: 'keep' | 'clear' | 'cascade' | 'refuse'
    attributes: LinkAttribute[]
    primary: boolean
  }
  computed: {
    expression?: string
    relation?: string
    field?: string
    op?: 'count' | 'sum' | 'avg' | 'min' | 'max'
    /** Of a rollup without a relation: when the record was last contacted, or when what is open about it is due. */
    activities?: 'last' | 'next'
    filter?: unknown
    resultType?:
      | 'text'
      | 'longtext'
      | 'richtext'
      | 'number'
      | 'integer'
      | 'money'
      | 'percent'
      | 'boolean'
      | 'date'
      | 'datetime'
      | 'time'
      | 'duration'
      | 'select'
      | 'multiselect'
      | 'tags'
      | 'email'
      | 'phone'
      | 'url'
      | 'address'
      | 'user'
      | 'relation'
      | 'file'
      | 'rating'
      | 'checklist'
      | 'autonumber'
      | 'formula'
      | 'lookup'
      | 'rollup'
      | 'json'
    /** Whoever may read the field sees it, also over records that they cannot open. */
    shared: boolean
    /** Why it cannot be worked out now. */
    problem: string | null
  } | null
  /** A job works through the records: values and order are not complete yet. */
  computing: boolean
  /** That job. */
  jobId: string | null
  position: number
  access: 'read' | 'write'
}

export interface FieldConditions {
  /** The filter language. */
  visible?: unknown
  /** The filter language. */
  required?: unknown
  /** The filter language. */
  readOnly?: unknown
  options?: {
    /** The filter language. */
    when: unknown
    values: string[]
  }[]
}

export interface FieldConversion {
  dryRun: boolean
  /** Fills in the values; null where there were none to fill. */
  jobId: string | null
  /** How many values were tried, of large objects not all. */
  checked: number
  total: number
  convertible: number
  /** Values that mean nothing in the new type: they are kept for the way back. */
  lost: number
  samples: {
    id: string
    recordNumber: string
    value: string
    reason: string
  }[]
  options: {
    value: string
    label: {
      en: string
      [key: string]: unknown
    }
  }[]
}

export interface FieldFileUpload {
  id: string
  /** How many bytes are there */
  offset: number
  size: number
  fileId: string
}

export interface FieldProblem {
  field: string
  /** In English, as a predicate: must be 5 or more */
  message: string
  /** Which of the frequent sentences it is, for saying it in another language */
  key?: string
  /** What stands in that sentence */
  values?: {
    [key: string]: string | number
  }
}

export interface FileUpload {
  id: string
  /** How many bytes are there */
  offset: number
  size: number
}

export interface FileUploadProgress {
  id: string
  /** How many bytes are there */
  offset: number
  size: number
  file: RecordFile | null
}

export interface FileValue {
  id: string
  name: string
  size: number
  type: string
  version: number
  thumbnail: boolean
}

/** The filter language: a condition, or conditions joined by and, or, not. */
export type Filter =
  | {
      and: Filter[]
    }
  | {
      or: Filter[]
    }
  | {
      not: Filter
    }
  | {
      field: string
      op: string
      value?: unknown
    }

export interface FirstDay {
  /** Whether they are through with it: they said so, or joined more than 30 days ago. */
  over: boolean
  steps: {
    key: 'record' | 'search' | 'import' | 'invite' | 'field' | 'note' | 'task' | 'board' | 'favourite' | 'protect'
    /** Where it is done. */
    object: string | null
    done: boolean
  }[]
}

export interface Followers {
  /** Whether the caller does. */
  following: boolean
  followers: {
    id: string
    name: string
    /** Owners and authors follow by themselves, unless they decide otherwise. */
    why: 'chosen' | 'owner' | 'author'
  }[]
}

export interface FollowSettings {
  /** Whether one follows the records that one owns. */
  owned: boolean
  /** Whether one follows the records that one made. */
  created: boolean
}

export interface Form {
  id: string
  name: string
  object: string
  audience: 'public' | 'internal'
  /** Of a public form: /f/{address} */
  address: string
  published: boolean
  version: number
  createdAt: string
  updatedAt: string
  /** Why it cannot be published */
  problems: {
    path: string
    message: string
  }[]
  /** In the last 30 days */
  month: {
    seen: number
    begun: number
    sent: number
    refused: number
    spam: number
  }
  definition: {
    title:
      | string
      | {
          en: string
          [key: string]: string
        }
    intro?:
      | string
      | {
          en: string
          [key: string]: string
        }
    submit?:
      | string
      | {
          en: string
          [key: string]: string
        }
    steps: {
      id: string
      title?:
        | string
        | {
            en: string
            [key: string]: string
          }
      questions: unknown[]
    }[]
    /** Set in every record that the form makes */
    values: {
      [key: string]: unknown
    }
    /** What becomes of answers about somebody who is known already */
    match: unknown
    thanks: {
      title:
        | string
        | {
            en: string
            [key: string]: string
          }
      text?:
        | string
        | {
            en: string
            [key: string]: string
          }
      redirect?: string
    }
  }
}

export interface FormDay {
  seen: number
  begun: number
  sent: number
  refused: number
  spam: number
  day: string
}

export interface FormFile {
  id: string
  /** How many bytes are there */
  offset: number
  size: number
}

export interface FormReceived {
  title: string
  text: string | null
  redirect: string | null
}

export interface FormSubmission {
  id: string
  at: string
  outcome: 'created' | 'updated' | 'spam'
  /** From opening to sending */
  seconds: number
  /** Null where it is gone, or not for the reader */
  record: {
    id: string
    title: string
  } | null
  /** Who was signed in */
  by: string | null
}

export interface FormulaCheck {
  resultType:
    | 'text'
    | 'longtext'
    | 'richtext'
    | 'number'
    | 'integer'
    | 'money'
    | 'percent'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'time'
    | 'duration'
    | 'select'
    | 'multiselect'
    | 'tags'
    | 'email'
    | 'phone'
    | 'url'
    | 'address'
    | 'user'
    | 'relation'
    | 'file'
    | 'rating'
    | 'checklist'
    | 'autonumber'
    | 'formula'
    | 'lookup'
    | 'rollup'
    | 'json'
    | null
  /** For the record that was named, in the stored form of the result type. */
  value: unknown
  /** The value for people. */
  text: string | null
  problems: {
    message: string
    position: {
      start: number
      end: number
    } | null
  }[]
  /** Over two relations at the most; deeper ones can be used as well. */
  names: {
    name: string
    label: string
    type:
      | 'text'
      | 'longtext'
      | 'richtext'
      | 'number'
      | 'integer'
      | 'money'
      | 'percent'
      | 'boolean'
      | 'date'
      | 'datetime'
      | 'time'
      | 'duration'
      | 'select'
      | 'multiselect'
      | 'tags'
      | 'email'
      | 'phone'
      | 'url'
      | 'address'
      | 'user'
      | 'relation'
      | 'file'
      | 'rating'
      | 'checklist'
      | 'autonumber'
      | 'formula'
      | 'lookup'
      | 'rollup'
      | 'json'
  }[]
  functions: {
    name: string
    signature: string
    help: string
  }[]
}

export interface FoundDuplicates {
  candidates: {
    id: string
    recordNumber: string
    title: string | null
    score: number
    reasons: DuplicateReason[]
  }[]
  /** There is one that the caller may not see; these people can tell more */
  beyond: {
    ask: {
      id: string
      name: string
    }[]
  } | null
}

export interface GoalData {
  /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
  value: WidgetValue
  /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
  target: WidgetValue
  /** 0.25 is a quarter */
  share: number | null
  /** How much of the period is over */
  expectedShare: number | null
  /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
  previous: WidgetValue
  /** 0.25 is a quarter */
  change: number | null
}

export interface HistoryEntry {
  id: string
  at: string
  /** created, updated, deleted, restored, … */
  action: string
  actor: {
    id: string | null
    name: string
  }
  changes: {
    field: string
    label: string
    before: unknown
    after: unknown
  }[]
  source: string | null
  /** The file that the entry is about */
  file: {
    id: string
    /** As it is called now; null once it is erased */
    name: string | null
    version: number | null
  } | null
}

export interface Import {
  id: string
  jobId: string
  object: string | null
  fileName: string
  status: string
  createdAt: string
  createdBy: {
    id: string
    name: string | null
  }
  undoneAt: string | null
  result: {
    [key: string]: unknown
  } | null
}

export interface ImportPreview {
  uploadId: string
  fileName: string
  format: {
    kind: 'csv' | 'xlsx' | 'json'
    headerRow: boolean
    [key: string]: unknown
  }
  rowCount: number | null
  columns: {
    index: number
    name: string
    samples: string[]
    field: string | null
    confidence: number
    reason: 'name' | 'synonym' | 'content' | null
    /** How the dates of the column are read, and what that follows from. */
    dateOrder?: {
      order: 'DMY' | 'MDY' | 'YMD'
      source: 'content' | 'locale' | 'chosen'
    }
    /** How the numbers of the column are read; absent where no value has a mark. */
    numbers?: {
      decimalMark: '.' | ','
      source: 'content' | 'locale' | 'chosen'
      /** Whether 72.000 and 72,000 are both read as thousands. */
      thousands: boolean
      /** Whether values could mean something else, and nothing but the language decided. */
      open: boolean
    }
  }[]
  rows: {
    line: number
    values: string[]
    /** By field, as it would be stored: numbers, amounts, dates, phone numbers. Others stay as they are. */
    read: {
      [key: string]: unknown
    }
    /** What the import would make of the row; null while no column is mapped. */
    outcome: 'created' | 'updated' | 'unchanged' | 'duplicate' | 'refused' | null
    /** Why it would be refused or is a duplicate. */
    errors: {
      /** -1 for what concerns no column of the file. */
      column: number
      field: string
      message: string
    }[]
  }[]
  /** What must be settled before the import can start. */
  problems: {
    field: string
    message: string
  }[]
  summary: {
    checked: number
    withErrors: number
  }
}

export interface InstallationTemplate {
  slug: string
  name: {
    [key: string]: string
  }
  description: {
    [key: string]: string
  }
  /** It comes with OneForge and cannot be changed here. */
  shipped: boolean
  retired: boolean
  versions: {
    version: string
    publishedAt: string | null
    /** What is new in it. */
    notes: string | null
    workspaces: {
      id: string
      name: string
    }[]
  }[]
}

export interface InstallationWorkspace {
  id: string
  name: string
  slug: string
  domain: string | null
  /** As it was set; after the end of a trial the workspace is a starter. */
  plan: string
  trialEndsAt: string | null
  /** Null: it is in use. */
  suspended: {
    at: string
    reason: string
  } | null
  template: {
    slug: string
    version: string
  } | null
  members: number
  records: number
  storageBytes: number
  lastSeenAt: string | null
  createdAt: string
}

export interface InstallationWorkspaceDetail {
  id: string
  name: string
  slug: string
  domain: string | null
  /** As it was set; after the end of a trial the workspace is a starter. */
  plan: string
  trialEndsAt: string | null
  /** Null: it is in use. */
  suspended: {
    at: string
    reason: string
  } | null
  template: {
    slug: string
    version: string
  } | null
  members: number
  records: number
  storageBytes: number
  lastSeenAt: string | null
  createdAt: string
  invited: number
  /** Accounts of programs. */
  services: number
  apiKeys: number
  /** Weighted, of the last 30 days. */
  requestsInMonth: number
  objects: {
    slug: string
    records: number
  }[]
  owners: {
    name: string
    email: string
  }[]
}

export interface Invitation {
  id: string
  email: string
  roles: string[]
  locations: string[]
  status: 'pending' | 'expired' | 'accepted' | 'declined' | 'revoked'
  invitedBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string
}

export interface Job {
  id: string
  type: string
  object: string | null
  status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'
  progress: number
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  result: {
    [key: string]: unknown
  } | null
  /** The first 100 */
  errors: {
    line?: number
    field?: string
    message: string
  }[]
}

export interface Layout {
  object: string
  /** For If-Match */
  version: number
  arrangement: {
    /** Whether somebody has arranged it */
    custom: boolean
    sections: LayoutSection[]
  }
  roles: {
    role: string
    label: string
    arrangement: {
      /** Whether somebody has arranged it */
      custom: boolean
      sections: LayoutSection[]
    }
  }[]
}

export interface LayoutSection {
  key: string
  /** Null: no heading */
  label: string | null
  labels: {
    en: string
    [key: string]: string
  } | null
  columns: 1 | 2
  /** Closed until somebody opens it */
  collapsed: boolean
  fields: string[]
}

export interface LeaderboardData {
  rows: {
    rank: number
    category: WidgetCategory
    /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
    value: WidgetValue
    /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
    previous: WidgetValue
    /** 0.25 is a quarter */
    share: number | null
  }[]
  others: {
    count: number
    /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
    value: WidgetValue
  } | null
  /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
  total: WidgetValue
  /** There are more groups than could be ranked */
  isTruncated: boolean
}

export interface LinkAttribute {
  key: string
  label: string
  labels: LocalizedText
  type:
    | 'text'
    | 'longtext'
    | 'number'
    | 'integer'
    | 'money'
    | 'percent'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'time'
    | 'duration'
    | 'select'
    | 'multiselect'
    | 'tags'
    | 'email'
    | 'phone'
    | 'url'
    | 'rating'
  required: boolean
  options: {
    value: string
    label: string
    labels: LocalizedText
    color:
      | 'gray'
      | 'red'
      | 'pink'
      | 'grape'
      | 'violet'
      | 'indigo'
      | 'blue'
      | 'cyan'
      | 'teal'
      | 'green'
      | 'lime'
      | 'yellow'
      | 'orange'
      | null
  }[]
  rules: {
    minLength?: number
    maxLength?: number
    pattern?: string
    patternMessage?: LocalizedText
    min?: number
    max?: number
    decimals?: number
    /** Of numbers: digits stand together, as those of a year do */
    ungrouped?: boolean
    notBefore?: string
    notAfter?: string
    minItems?: number
    maxItems?: number
    several?: boolean
    kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
    maxSize?: number
    /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
    exclusive?: boolean | 'refuse'
  } | null
}

export interface LinkedRecord {
  id: string
  object: string
  recordNumber: string
  version: number
  title: string | null
  stage: string | null
  /** Since when it is in the stage */
  stageSince: string | null
  /** Since when it is in the stages of further pipelines, by their keys; only where there are any */
  stagesSince?: {
    [key: string]: string
  }
  ownerId: string | null
  locationId: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  updatedBy: string | null
  deletedAt: string | null
  /** What the link says of itself, by key */
  attributes: {
    [key: string]: unknown
  }
  /** Whether the link is the primary one of the record that has the field */
  primary: boolean
  /** When the two were linked */
  since: string
  [key: string]: unknown
}

export interface ListedMailTemplate {
  id: string
  name: string
  folder: string
  object: string | null
  mode: 'visual' | 'source'
  marketing: boolean
  languages: string[]
  /** In the caller’s language, or the first. */
  subject: string
  version: number
  updatedAt: string
}

export interface ListedMerge {
  id: string
  from: {
    id: string
    recordNumber: string
    title: string | null
  }
  at: string
  by: {
    id: string
    name: string
  } | null
  undoneAt: string | null
}

export interface LocalizedText {
  en: string
  [key: string]: string
}

export interface Location {
  id: string
  name: string
  /** What the numbers of its records call it. */
  code: string
  address: {
    street?: string
    street2?: string
    city?: string
    region?: string
    postalCode?: string
    country?: string
  } | null
  timeZone: string
  hours: OpeningHours
  holidays: {
    date: string
    name: string
    /** When it is open nevertheless; closed all day unless said. */
    hours?: {
      from: string
      to: string
    }[]
  }[]
  active: boolean
  position: number
  /** People who hold a role there. */
  memberCount: number
  /** Whether the caller can switch to it: they work there, and in its networks. */
  selectable: boolean
  /** Of the workspace. */
  version: number
}

export interface LogEntry {
  id: string
  at: string
  actor: {
    id: string
    name: string | null
  } | null
  actorKind: string
  /** The workflow that called it; its run is named by `requestId`. */
  actedBy: string | null
  /** As whom a stranger tried to sign in. */
  account: {
    id: string
    name: string | null
  } | null
  /** As whom an administrator looked at the workspace. */
  viewedAs: {
    id: string
    name: string | null
  } | null
  /** The API key that was shown. */
  keyId: string | null
  kind: 'command' | 'query'
  operation: string
  summary: string
  object: {
    slug: string
    label: string
  } | null
  /** At most 50 of them. */
  recordIds: string[]
  recordCount: number
  outcome: 'done' | 'failed'
  errorCode: string | null
  durationMs: number
  ip: string | null
  userAgent: string | null
  requestId: string
  source: string
}

export interface MailAddress {
  /** Null until one is made, and where the installation receives no mail. */
  address: string | null
  /** Whether mail to this installation arrives: its OF_MAIL_IN_DOMAIN is set. */
  receives: boolean
}

export interface MailServer {
  host: string
  port: number
  /** `tls` from the first byte (465), `starttls` after the greeting (587), `none` in the open. */
  security: 'tls' | 'starttls' | 'none'
  /** Null where the server asks for no password. */
  username: string | null
  fromName: string
  fromAddress: string
  perMinute: number
  perDay: number
  /** The password itself is never told. */
  hasPassword: boolean
  /** When it was last reached with these settings. */
  checkedAt: string | null
}

export interface MailSuppression {
  address: string
  /** All mail, or only what receivers may end. */
  scope: 'all' | 'marketing'
  reason: 'bounced' | 'unsubscribed' | 'by_hand'
  /** What the receiving side said, or whoever wrote it down. */
  detail: string | null
  createdAt: string
}

export interface MailTemplate {
  id: string
  name: string
  folder: string
  object: string | null
  mode: 'visual' | 'source'
  marketing: boolean
  version: number
  updatedAt: string
  content: {
    [key: string]: {
      subject: string
      /** Of the visual editor. */
      blocks?: unknown[]
      /** Of the source. */
      mjml?: string
      /** Made of the HTML where empty. */
      text: string
    }
  }
}

export interface MeetingInvitations {
  invitations: {
    address: string
    /** changed: the meeting is another than the one told; removed: no attendee any more, and not told so */
    state: 'to_send' | 'sent' | 'changed' | 'removed' | 'cancelled'
    answer: 'accepted' | 'declined' | 'tentative' | null
    sentAt: string | null
    answeredAt: string | null
  }[]
  /** Whether the installation sends mail */
  delivers: boolean
  /** Whether answers come back here; else they go to whoever has invited */
  receivesAnswers: boolean
}

export interface Member {
  /** The user’s id: what user fields and owners hold. */
  id: string
  name: string
  email: string
  /** A service account is what API keys act as. */
  kind: 'person' | 'service'
  roles: string[]
  /** Each role once; without locations it is held everywhere. */
  roleLocations: {
    role: string
    locations: {
      id: string
      name: string
    }[]
  }[]
  status: 'active' | 'deactivated' | 'left'
  joinedAt: string
  /** To the minute. Null for callers who do not administer users. */
  lastSeenAt: string | null
  /** Null for callers who do not administer users. */
  secondFactor: boolean | null
}

export interface MemberAccess {
  userId: string
  name: string
  email: string
  /** active, deactivated or left */
  status: string
  roles: {
    key: string
    label: string
    locationId: string | null
  }[]
  exceptions: number
  teams: {
    id: string
    name: string
  }[]
}

export interface MemberAccessDetail {
  userId: string
  name: string
  email: string
  /** active, deactivated or left */
  status: string
  roles: {
    key: string
    label: string
    locationId: string | null
  }[]
  exceptions: AccessException[]
  teams: {
    id: string
    name: string
  }[]
  locations: string[]
}

export interface Merged {
  /** Of the merge */
  id: string
  keep: string
  from: string
  record: {
    id: string
    object: string
    version: number
    [key: string]: unknown
  }
}

export interface Meta {
  timestamp: string
  requestId: string
}

export interface MetadataChange {
  kind: 'workspace' | 'object' | 'field' | 'relation' | 'role' | 'view' | 'workflow' | 'dashboard'
  id: string
  object: string | null
  key: string
  label: string
  action: 'added' | 'changed' | 'removed' | 'broughtBack'
  text: string
  properties: {
    path: string
    label: string
    before: unknown
    after: unknown
  }[]
}

export interface MetadataVersion {
  number: number
  at: string
  by: {
    id: string
    name: string | null
  } | null
  operation: string | null
  undoes: number | null
  restores: number | null
  undoneBy: number | null
  summary: string
  changeCount: number
}

export interface MetricData {
  /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
  value: WidgetValue
  /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
  previous: WidgetValue
  /** 0.25 is a quarter */
  change: number | null
  points: {
    from: string
    /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
    value: WidgetValue
  }[]
  /** By currency, where these are several */
  amounts: {
    amount: string
    currency: string
  }[]
}

export interface Money {
  /** A decimal in a string, never a float. */
  amount: string
  /** ISO 4217. */
  currency: string
}

export interface Navigation {
  /** For If-Match */
  version: number
  arrangement: {
    /** Whether somebody has arranged it */
    custom: boolean
    groups: NavigationGroup[]
    hidden: string[]
  }
  roles: {
    role: string
    label: string
    arrangement: {
      /** Whether somebody has arranged it */
      custom: boolean
      groups: NavigationGroup[]
      hidden: string[]
    }
  }[]
}

export interface NavigationGroup {
  key: string
  /** Null: no heading */
  label: string | null
  labels: {
    en: string
    [key: string]: string
  } | null
  icon: string | null
  objects: string[]
}

export interface NetworkRule {
  id: string
  network: string
  comment: string | null
  active: boolean
  /** Null: the whole workspace. */
  location: {
    id: string
    name: string | null
  } | null
  createdAt: string
  createdBy: {
    id: string
    name: string | null
  } | null
}

export interface NewCalendarFeed {
  /** Since when there is the present address; null where there is none. */
  since: string | null
  /** When a calendar looked last. */
  fetchedAt: string | null
  /** Whether it has open tasks that are due. */
  tasks: boolean
  /** Whether the workspace lets calendars name protected records and the people in them. */
  names: boolean
  url: string
}

export interface NoteTemplate {
  id: string
  name: string
  body: string
  /** For records of which objects it is offered; null: of all. */
  objects: string[] | null
  version: number
}

export interface Notification {
  id: string
  kind:
    | 'mention'
    | 'assigned'
    | 'answered'
    | 'moved'
    | 'noted'
    | 'commented'
    | 'changed'
    | 'reminder'
    | 'workflow'
    | 'job_ended'
    | 'invitation_accepted'
  object: string | null
  recordId: string | null
  /** What the record is called. */
  title: string | null
  /** How many happenings it stands for: while it is unread, further ones are added. */
  count: number
  /** What was changed, as far as the caller sees it. */
  fields: string[]
  /** Who did it, the latest last. */
  actors: string[]
  /** The job that ended, who accepted an invitation, or when what one is reminded of is due. */
  about: {
    [key: string]: unknown
  }
  at: string
  read: boolean
}

export interface NotificationPreferences {
  kinds: {
    mention: NotificationWish
    assigned: NotificationWish
    answered: NotificationWish
    moved: NotificationWish
    noted: NotificationWish
    commented: NotificationWish
    changed: NotificationWish
    reminder: NotificationWish
    workflow: NotificationWish
    job_ended: NotificationWish
    invitation_accepted: NotificationWish
  }
  /** When the daily mail goes out, in the person’s time zone. */
  dailyAt: string
  /** Whether mail goes out at all: to an address that is confirmed, where there is a mail server. */
  mails: boolean
}

export interface NotificationWish {
  page: boolean
  mail: 'at_once' | 'hourly' | 'daily' | 'never'
}

export interface Numbering {
  /** INV-{YYYY}-{0001} */
  pattern: string
  restart: 'never' | 'year' | 'month'
  perLocation: boolean
}

export interface Object {
  slug: string
  label: string
  labelPlural: string
  icon: string
  color:
    | 'gray'
    | 'red'
    | 'pink'
    | 'grape'
    | 'violet'
    | 'indigo'
    | 'blue'
    | 'cyan'
    | 'teal'
    | 'green'
    | 'lime'
    | 'yellow'
    | 'orange'
    | null
  group: string | null
  order: number
  /** Null for who sees only some of the records. */
  recordCount: number | null
  /** Whether its records are tasks, meetings or calls about other records. */
  activity: 'task' | 'meeting' | 'call' | 'email' | null
  /** Whether its records take hours of somebody or something that is not booked twice. */
  booked: boolean
  id: string
  /** Of its definition: grows with every change of the object or its fields; for If-Match. */
  version: number
  labels: {
    label: LocalizedText
    labelPlural: LocalizedText
  }
  description: string | null
  numberPrefix: string
  numbering: Numbering
  rules: ValidationRule[]
  uniqueKeys: UniqueKey[]
  /** Whether its records belong to locations. */
  located: boolean
  /** Which field fills which role of the screens. */
  roles: {
    stage?: string
    amount?: string
    startsAt?: string
    endsAt?: string
    dueAt?: string
    email?: string
    phone?: string
    title: string
  }
  fields: Field[]
  /** Where the fields stand on forms and record pages. */
  layout: LayoutSection[]
  stages: Stage[]
  pipelines: Pipeline[]
  relations: Relation[]
  permissions: ObjectPermissions
}

export interface ObjectGrant {
  create?: ActionGrant
  read?: ActionGrant
  update?: ActionGrant
  delete?: ActionGrant
  export?: ActionGrant
  import?: ActionGrant
  assign?: ActionGrant
  fields?: {
    [key: string]: 'hidden' | 'read' | 'write'
  }
  relations?: {
    [key: string]: {
      follow?: boolean
      depth?: number
      fields?: string[]
    }
  }
}

export interface ObjectGrantInput {
  create?: ActionGrant
  read?: ActionGrant
  update?: ActionGrant
  delete?: ActionGrant
  export?: ActionGrant
  import?: ActionGrant
  assign?: ActionGrant
  fields?: {
    [key: string]: 'hidden' | 'read' | 'write'
  }
  relations?: {
    [key: string]: {
      follow?: boolean
      depth?: number
      fields?: string[]
    }
  }
}

export interface ObjectPermissions {
  create: 'own' | 'team' | 'location' | 'all' | null
  read: 'own' | 'team' | 'location' | 'all' | null
  update: 'own' | 'team' | 'location' | 'all' | null
  delete: 'own' | 'team' | 'location' | 'all' | null
  export: 'own' | 'team' | 'location' | 'all' | null
  import: 'own' | 'team' | 'location' | 'all' | null
  assign: 'own' | 'team' | 'location' | 'all' | null
}

export interface ObjectProposal {
  uploadId: string
  fileName: string
  format: {
    kind: 'csv' | 'xlsx' | 'json'
    headerRow: boolean
    [key: string]: unknown
  }
  rowCount: number | null
  /** As `POST /objects/from-upload` takes it. */
  object: {
    slug: string
    label: string
    labelPlural: string
    roles: {
      title: string
    }
    fields: {
      key: string
      label: string
      type:
        | 'text'
        | 'longtext'
        | 'richtext'
        | 'number'
        | 'integer'
        | 'money'
        | 'percent'
        | 'boolean'
        | 'date'
        | 'datetime'
        | 'time'
        | 'duration'
        | 'select'
        | 'multiselect'
        | 'tags'
        | 'email'
        | 'phone'
        | 'url'
        | 'address'
        | 'user'
        | 'relation'
        | 'file'
        | 'rating'
        | 'checklist'
        | 'autonumber'
        | 'formula'
        | 'lookup'
        | 'rollup'
        | 'json'
      options?: {
        value: string
        label: string
      }[]
      rules?: {
        min?: number
        max?: number
      }
      unique?: boolean
      sortable?: boolean
      searchable?: boolean
      default?: {
        formula: string
      }
    }[]
  }
  columns: {
    index: number
    name: string
    samples: string[]
    /** Rows with a value. */
    filled: number
    distinct: number
    /** Key of the field that is proposed for it. */
    field: string
    type:
      | 'text'
      | 'longtext'
      | 'richtext'
      | 'number'
      | 'integer'
      | 'money'
      | 'percent'
      | 'boolean'
      | 'date'
      | 'datetime'
      | 'time'
      | 'duration'
      | 'select'
      | 'multiselect'
      | 'tags'
      | 'email'
      | 'phone'
      | 'url'
      | 'address'
      | 'user'
      | 'relation'
      | 'file'
      | 'rating'
      | 'checklist'
      | 'autonumber'
      | 'formula'
      | 'lookup'
      | 'rollup'
      | 'json'
    confidence: number
    /** Types that nearly all values fit; the others would be refused. */
    alternatives: {
      type:
        | 'text'
        | 'longtext'
        | 'richtext'
        | 'number'
        | 'integer'
        | 'money'
        | 'percent'
        | 'boolean'
        | 'date'
        | 'datetime'
        | 'time'
        | 'duration'
        | 'select'
        | 'multiselect'
        | 'tags'
        | 'email'
        | 'phone'
        | 'url'
        | 'address'
        | 'user'
        | 'relation'
        | 'file'
        | 'rating'
        | 'checklist'
        | 'autonumber'
        | 'formula'
        | 'lookup'
        | 'rollup'
        | 'json'
      unreadable: number
      examples: string[]
    }[]
  }[]
}

export interface ObjectSummary {
  slug: string
  label: string
  labelPlural: string
  icon: string
  color:
    | 'gray'
    | 'red'
    | 'pink'
    | 'grape'
    | 'violet'
    | 'indigo'
    | 'blue'
    | 'cyan'
    | 'teal'
    | 'green'
    | 'lime'
    | 'yellow'
    | 'orange'
    | null
  group: string | null
  order: number
  /** Null for who sees only some of the records. */
  recordCount: number | null
  /** Whether its records are tasks, meetings or calls about other records. */
  activity: 'task' | 'meeting' | 'call' | 'email' | null
  /** Whether its records take hours of somebody or something that is not booked twice. */
  booked: boolean
}

export interface OpeningHours {
  mon?: {
    from: string
    to: string
  }[]
  tue?: {
    from: string
    to: string
  }[]
  wed?: {
    from: string
    to: string
  }[]
  thu?: {
    from: string
    to: string
  }[]
  fri?: {
    from: string
    to: string
  }[]
  sat?: {
    from: string
    to: string
  }[]
  sun?: {
    from: string
    to: string
  }[]
}

export interface OpeningHoursInput {
  mon?: {
    from: string
    to: string
  }[]
  tue?: {
    from: string
    to: string
  }[]
  wed?: {
    from: string
    to: string
  }[]
  thu?: {
    from: string
    to: string
  }[]
  fri?: {
    from: string
    to: string
  }[]
  sat?: {
    from: string
    to: string
  }[]
  sun?: {
    from: string
    to: string
  }[]
}

export interface OutgoingMessage {
  id: string
  kind:
    | 'invitation'
    | 'verification'
    | 'password-reset'
    | 'trial-ending'
    | 'domain-lost'
    | 'meeting'
    | 'notifications'
    | 'email'
    | 'workflow'
    | 'report'
  to: string
  subject: string
  /** Only of messages that no mail server will send. */
  text: string | null
  state: 'kept' | 'queued' | 'sending' | 'sent' | 'failed'
  attempts: number
  lastError: string | null
  createdAt: string
  sentAt: string | null
  scope: 'workspace' | 'installation'
}

export interface PagePagination {
  page: number
  limit: number
  total: number
  totalPages: number
  hasNext: boolean
  hasPrev: boolean
}

export interface PinnedView {
  id: string
  key: string
  label: string
  type: 'table' | 'kanban' | 'calendar' | 'schedule' | 'gallery' | 'timeline'
  object: string
}

export interface Pipeline {
  key: string
  label: string
  labels: LocalizedText
  field: string
  /** Whether it fills the role of the stage */
  main: boolean
  stages: Stage[]
}

export interface PipelineData {
  pipeline: string
  stages: {
    value: string
    label: string
    color:
      | 'gray'
      | 'red'
      | 'pink'
      | 'grape'
      | 'violet'
      | 'indigo'
      | 'blue'
      | 'cyan'
      | 'teal'
      | 'green'
      | 'lime'
      | 'yellow'
      | 'orange'
      | null
    kind: 'open' | 'won' | 'lost'
    count: number
    /** A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another */
    sum: WidgetValue
    /** The filter language; null where it has no words for the group */
    filter: unknown
  }[]
}

export interface PipelineFigures {
  pipeline: string
  from: string
  to: string
  stages: StageFigures[]
  lost: {
    stage: string
    reason: string | null
    count: number
    /** Null without an amount, or where it is hidden; amounts of different currencies do not add up */
    sum:
      | {
          amount: string
          currency: string
        }
      | {
          amount: null
          currency: null
          mixed: true
        }
      | null
  }[]
  groups: {
    /** An owner’s id, or the first day of a month */
    key: string | null
    label: string | null
    stages: {
      stage: string
      entered: number
      movedOn: number
      won: number
    }[]
  }[]
}

export interface PlanWarning {
  kind: 'trialEnds' | 'trialEnded' | 'records' | 'members' | 'storage'
  /** Soon: it comes near. Now: nothing more can be added, or the trial is over. */
  level: 'soon' | 'now'
  /** For people, in the language of the caller. */
  message: string
  used: number | null
  limit: number | null
  /** Of a trial. */
  endsAt: string | null
}

export interface PressedButton {
  started: number
  refused: {
    recordId: string
    message: string
  }[]
}

export interface RecentData {
  columns: {
    name: string
    label: string
    /** The words for what is stored in it, where it holds one of several choices */
    options?: {
      value: string
      label: string
    }[]
  }[]
  records: {
    [key: string]: unknown
  }[]
  total: number
}

export interface Record {
  id: string
  object: string
  recordNumber: string
  version: number
  title: string | null
  stage: string | null
  /** Since when it is in the stage */
  stageSince: string | null
  /** Since when it is in the stages of further pipelines, by their keys; only where there are any */
  stagesSince?: {
    [key: string]: string
  }
  ownerId: string | null
  locationId: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  updatedBy: string | null
  deletedAt: string | null
  [key: string]: unknown
}

export interface RecordAccess {
  user: {
    id: string
    name: string
  }
  record: {
    id: string
    object: string
    title: string | null
  }
  actions: {
    create?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
    read?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
    update?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
    delete?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
    export?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
    import?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
    assign?: {
      allowed: boolean
      granted: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
      denied: {
        scope: 'own' | 'team' | 'location' | 'all'
        filter: unknown
        by: RightSource
        matches: boolean
      }[]
    }
  }
  fields: {
    key: string
    label: string
    access: 'hidden' | 'read' | 'write'
    /** Who gives exactly this access. */
    by: RightSource[]
    /** The denial that takes something away. */
    limitedBy: RightSource | null
  }[]
  relations: {
    key: string
    label: string
    object: string
    follow: boolean
    depth: number
    /** Seen at the other side; null is all that the roles show there. */
    fields: string[] | null
  }[]
}

export interface RecordFile {
  id: string
  object: string
  /** Null while no record holds what was uploaded for a field */
  recordId: string | null
  /** The field that holds it; null for the files of the record itself */
  field: string | null
  name: string
  /** Names joined by slashes; empty at the top */
  folder: string
  /** Read from the content */
  type: string
  size: number
  version: number
  /** Whether a browser may show it */
  showable: boolean
  /** Whether there is a small picture of it */
  thumbnail: boolean
  createdAt: string
  /** When the latest version came */
  updatedAt: string
  updatedBy: {
    /** Null where it came by a form, from somebody without an account */
    id: string | null
    name: string | null
  }
  deletedAt: string | null
}

export interface RecordFileWithVersions {
  id: string
  object: string
  /** Null while no record holds what was uploaded for a field */
  recordId: string | null
  /** The field that holds it; null for the files of the record itself */
  field: string | null
  name: string
  /** Names joined by slashes; empty at the top */
  folder: string
  /** Read from the content */
  type: string
  size: number
  version: number
  /** Whether a browser may show it */
  showable: boolean
  /** Whether there is a small picture of it */
  thumbnail: boolean
  createdAt: string
  /** When the latest version came */
  updatedAt: string
  updatedBy: {
    /** Null where it came by a form, from somebody without an account */
    id: string | null
    name: string | null
  }
  deletedAt: string | null
  versions: {
    version: number
    type: string
    size: number
    showable: boolean
    createdAt: string
    createdBy: {
      /** Null where it came by a form, from somebody without an account */
      id: string | null
      name: string | null
    }
  }[]
}

export interface RecordGraph {
  nodes: {
    id: string
    object: string
    title: string | null
    recordNumber: string
    /** Links between it and the record asked for */
    depth: number
  }[]
  edges: {
    from: string
    to: string
    /** Key of the field that holds the relation */
    relation: string
    label: string
    attributes?: {
      [key: string]: unknown
    }
    primary?: boolean
  }[]
  left: {
    /** Record at which more is linked than is shown */
    id: string
    relation: string
    label: string
    /** How many more; null where the caller sees only some of them */
    more: number | null
  }[]
  truncated: boolean
}

export interface RecordLink {
  id: string
  object: string
  title: string | null
}

export interface RecordVersion {
  id: string
  version: number
  updatedAt: string
  deleted: boolean
}

export interface Relation {
  key: string
  label: string
  /** Slug of the other side; the first of them where there are several. */
  object: string
  /** Every object that the caller may find at the other side. */
  objects: string[]
  many: boolean
  direction: 'out' | 'in'
  /** Outgoing relations: key of the field that holds them. */
  field?: string
  /** The name of the same relation at the other side. */
  inverse: string
  /** Whether the record that has the field needs a link. */
  required: boolean
  /** What becomes of the link, or of the record that has it, when the one pointed at is deleted. */
  onDelete: 'keep' | 'clear' | 'cascade' | 'refuse'
  attributes: LinkAttribute[]
  /** Whether one link of a record may be marked as the primary one. */
  primary: boolean
  access: 'read' | 'write'
}

/** A role with key, label and locations (null: everywhere), or an exception with its id. */
export interface RightSource {
  kind: 'role' | 'exception' | 'computed' | 'system'
  [key: string]: unknown
}

export interface Role {
  /** By object slug; * stands for every object that is not named. */
  objects: {
    [key: string]: ObjectGrant
  }
  /** Administrative permissions; * is all of them. */
  admin: (
    | 'objects'
    | 'users'
    | 'roles'
    | 'templates'
    | 'views'
    | 'automation'
    | 'audit'
    | 'imports'
    | 'settings'
    | '*'
  )[]
  /** How many relations may be followed one after the other. */
  depth: number | null
  /** Ways over relations that are closed: patients.primary_doctor.department */
  forbiddenPaths: string[]
  key: string
  label: string
  labels: LocalizedText
  description: string | null
  descriptions: LocalizedText | null
  position: number
  /** How many members hold it. */
  members: number
  /** Grows with every change of the role; for If-Match. */
  version: number
}

export interface SearchHit {
  id: string
  object: string
  title: string
  recordNumber: string
  subtitle: string
  /** How well it matches; `similar` is found by words like the mistyped ones, `opened` without any */
  rank: 'exact' | 'title' | 'word' | 'field' | 'within' | 'similar' | 'listed' | 'opened'
  marks: {
    /** Where the words stand, in UTF-16 units */
    title: {
      from: number
      to: number
    }[]
    /** Where the words stand, in UTF-16 units */
    recordNumber: {
      from: number
      to: number
    }[]
    /** Where the words stand, in UTF-16 units */
    subtitle: {
      from: number
      to: number
    }[]
  }
  /** Another field in which the words stand */
  excerpt: {
    field: string
    label: string
    text: string
    /** Where the words stand, in UTF-16 units */
    marks: {
      from: number
      to: number
    }[]
  } | null
}

export interface Stage {
  value: string
  label: string
  color:
    | 'gray'
    | 'red'
    | 'pink'
    | 'grape'
    | 'violet'
    | 'indigo'
    | 'blue'
    | 'cyan'
    | 'teal'
    | 'green'
    | 'lime'
    | 'yellow'
    | 'orange'
    | null
  labels: LocalizedText
  kind: 'open' | 'won' | 'lost'
  probability: number | null
  /** Fields that must have a value when a record enters */
  requires: string[]
  /** Filled with now when a record moves here, where they are empty */
  moments: string[]
  /** Stages that may come next; null: any */
  moves: string[] | null
  checklist: {
    key: string
    label: string
    labels: LocalizedText
    required: boolean
  }[]
  reasons: {
    required: boolean
    options: {
      value: string
      label: string
      labels: LocalizedText
      color:
        | 'gray'
        | 'red'
        | 'pink'
        | 'grape'
        | 'violet'
        | 'indigo'
        | 'blue'
        | 'cyan'
        | 'teal'
        | 'green'
        | 'lime'
        | 'yellow'
        | 'orange'
        | null
    }[]
  } | null
  rottingDays: number | null
}

export interface StageFigures {
  stage: string
  /** Stays that began in the period */
  entered: number
  /** Of those, how many have ended */
  left: number
  /** Of those, how many went on to a later stage */
  movedOn: number
  /** Their share, 0 to 1 */
  toNext: number | null
  /** Of those that came, how many were won afterwards */
  won: number
  toWon: number | null
  /** Of the stays that have ended */
  medianSeconds: number | null
  averageSeconds: number | null
  /** What stands in the stage now */
  open: {
    count: number
    /** Null without an amount, or where it is hidden; amounts of different currencies do not add up */
    sum:
      | {
          amount: string
          currency: string
        }
      | {
          amount: null
          currency: null
          mixed: true
        }
      | null
    /** Null without an amount, or where it is hidden; amounts of different currencies do not add up */
    weighted:
      | {
          amount: string
          currency: string
        }
      | {
          amount: null
          currency: null
          mixed: true
        }
      | null
  }
}

export interface Stay {
  pipeline: string
  stage: string
  enteredAt: string
  leftAt: string | null
  /** The stage that followed */
  leftTo: string | null
  /** False where the record was there before anybody wrote down when it came */
  exact: boolean
  enteredBy: {
    id: string
    name: string
  } | null
  /** Whose it was when it came */
  ownerId: string | null
  /** As it was when it came */
  amount: {
    amount: string
    currency: string
  } | null
  reason: string | null
  note: string | null
  ticks: {
    item: string
    at: string
    by: {
      id: string
      name: string
    } | null
  }[]
}

export interface TableData {
  columns: {
    name: string
    label: string
  }[]
  rows: {
    category: WidgetCategory
    values: WidgetValue[]
  }[]
  total: WidgetValue[]
  interval: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour' | null
  isTruncated: boolean
}

export interface TasksData {
  object: string
  open: number
  overdue: number
  today: number
  /** Of the records that are counted */
  filters: {
    /** The filter language; null where it has no words for the group */
    open: unknown
    /** The filter language; null where it has no words for the group */
    overdue: unknown
    /** The filter language; null where it has no words for the group */
    today: unknown
  }
  records: {
    [key: string]: unknown
  }[]
}

export interface Team {
  id: string
  name: string
  parentId: string | null
  members: {
    userId: string
    name: string
  }[]
  memberCount: number
}

export interface Template {
  slug: string
  version: string
  name: string
  industry: string
  description: string
  highlights: string[]
  icon: string
  color: string
  objects: {
    slug: string
    icon: string
    fields: {
      [key: string]: unknown
    }[]
    [key: string]: unknown
  }[]
  sampleCount: number
  [key: string]: unknown
}

export interface TemplateAdding {
  origin: string
  from: string | null
  to: string
  /** The version of the metadata that was made; null where nothing was written. */
  version: number | null
  changes: {
    kind: string
    id: string
    object: string | null
    key: string
    label: string
    action: 'added' | 'changed' | 'removed' | 'broughtBack'
    text: string
    properties: {
      path: string
      label: string
      before: unknown
      after: unknown
    }[]
  }[]
  conflicts: {
    id: string
    label: string
    base: unknown
    mine: unknown
    theirs: unknown
    decision: 'mine' | 'theirs'
  }[]
  /** What the template changes and living records or members do not allow. */
  kept: {
    path: string
    message: string
  }[]
  /** Why it cannot be applied; found by trying it out. */
  problems: {
    path: string
    message: string
  }[]
  collisions: {
    id: string
    kind: 'object' | 'field' | 'inverse' | 'numberPrefix' | 'role' | 'workflow' | 'dashboard'
    key: string
    mine: string
    theirs: string
    choices: ('mine' | 'merge' | 'rename')[]
    resolution: {
      use: 'mine' | 'merge' | 'rename'
      to?: string
    }
  }[]
}

export interface TemplateFile {
  slug: string
  version: string
  [key: string]: unknown
}

export interface TemplatePlan {
  origin: string
  from: string | null
  to: string
  /** The version of the metadata that was made; null where nothing was written. */
  version: number | null
  changes: {
    kind: string
    id: string
    object: string | null
    key: string
    label: string
    action: 'added' | 'changed' | 'removed' | 'broughtBack'
    text: string
    properties: {
      path: string
      label: string
      before: unknown
      after: unknown
    }[]
  }[]
  conflicts: {
    id: string
    label: string
    base: unknown
    mine: unknown
    theirs: unknown
    decision: 'mine' | 'theirs'
  }[]
  /** What the template changes and living records or members do not allow. */
  kept: {
    path: string
    message: string
  }[]
  /** Why it cannot be applied; found by trying it out. */
  problems: {
    path: string
    message: string
  }[]
}

export interface TemplateSummary {
  slug: string
  version: string
  name: string
  industry: string
  description: string
  highlights: string[]
  icon: string
  color: string
  objects: {
    slug: string
    labelPlural: string
    icon: string
  }[]
  sampleCount: number
}

export interface TemplateUndone {
  version: number | null
  changes: {
    kind: string
    id: string
    object: string | null
    key: string
    label: string
    action: 'added' | 'changed' | 'removed' | 'broughtBack'
    text: string
    properties: {
      path: string
      label: string
      before: unknown
      after: unknown
    }[]
  }[]
  conflicts: {
    object: string | null
    key: string
    message: string
    [key: string]: unknown
  }[]
  losses: {
    object: string
    field: string | null
    records: number
    message: string
  }[]
}

export interface TextData {
  text: string
}

export interface Translation {
  id: string
  kind: string
  object: string | null
  key: string
  /** What of it is named, in words */
  property: string
  source: string
  /** Null: missing */
  text: string | null
}

export interface UndoneVersion {
  /** The new version; null where nothing was done. */
  version: number | null
  /** What it does. */
  changes: MetadataChange[]
  conflicts: {
    kind: 'workspace' | 'object' | 'field' | 'relation' | 'role' | 'view' | 'workflow' | 'dashboard'
    object: string | null
    key: string
    property: string
    message: string
    /** The later version that is in the way. */
    version: number | null
  }[]
  /** Of a dry run: what goes out of sight; nothing is deleted. */
  losses: {
    object: string
    field: string | null
    records: number
    message: string
  }[]
}

export interface UniqueKey {
  key: string
  label: string | null
  labels: {
    en: string
    [key: string]: string
  } | null
  fields: string[]
  ignoreCase: boolean
  ignoreAccents: boolean
  ignoreSpaces: boolean
  /** A job compares the records that were there before the key. */
  computing: boolean
  /** That job. */
  jobId: string | null
}

export interface Unmerged {
  id: string
  keep: {
    id: string
    object: string
    version: number
    [key: string]: unknown
  }
  from: {
    id: string
    object: string
    version: number
    [key: string]: unknown
  }
  /** Edited since: kept as they are */
  stays: {
    field: string
    label: string
  }[]
  /** Links that were changed since and stay as they are */
  linksStaying: number
}

export interface UnreadCount {
  /** 100 stands for 100 or more. */
  unread: number
}

export interface Upload {
  id: string
  fileName: string
}

export interface Usage {
  plan: {
    /** The plan that counts now. */
    name: string
    /** The plan is given until then; the workspace is a starter afterwards. */
    trial: {
      plan: string
      endsAt: string
      ended: boolean
    } | null
  }
  /** Weighted: a read counts 1, a write 2, a list one for each 50 records. Days are those of UTC. */
  requests: {
    /** Null: without limit. */
    perMinute: number | null
    thisMinute: number
    resetsInSeconds: number
    today: number
    refusedToday: number
    days: {
      date: string
      requests: number
      refused: number
    }[]
  }
  records: {
    used: number
    /** Null: without limit. */
    limit: number | null
    byObject: {
      object: string
      label: string
      count: number
    }[]
  }
  storage: {
    usedBytes: number
    /** Null: without limit. */
    limitBytes: number | null
  }
  /** People; an open invitation takes a place. Service accounts do not count. */
  members: {
    used: number
    active: number
    invited: number
    /** Null: without limit. */
    limit: number | null
  }
  warnings: PlanWarning[]
}

export interface ValidationRule {
  key: string
  message: string
  messages: {
    en: string
    [key: string]: string
  }
  when: unknown
  /** A filter, or a CEL formula as text. */
  check: unknown
  field: string | null
  active: boolean
}

export interface View {
  id: string
  key: string
  label: string
  type: 'table' | 'kanban' | 'calendar' | 'schedule' | 'gallery' | 'timeline'
  filter: unknown
  sort: string[] | null
  columns: string[] | null
  groupBy: string | null
  settings: {
    /** The second grouping of a table */
    thenBy?: string
    /** Of groups by dates; month unless said */
    interval?: 'day' | 'week' | 'month' | 'quarter' | 'year'
    density?: 'compact' | 'normal' | 'tall'
    columnSettings?: {
      field: string
      width?: number
      /** Stays in sight while the table is scrolled sideways */
      pinned?: boolean
      /** At the foot of the table and of each group */
      total?: 'sum' | 'avg' | 'min' | 'max' | 'count'
    }[]
    /** Rows that pass a filter stand out; the first that fits counts */
    colors?: {
      filter: unknown
      color:
        | 'gray'
        | 'red'
        | 'pink'
        | 'grape'
        | 'violet'
        | 'indigo'
        | 'blue'
        | 'cyan'
        | 'teal'
        | 'green'
        | 'lime'
        | 'yellow'
        | 'orange'
    }[]
    /** The field whose values are the lanes of a board and the groups of a timeline */
    laneField?: string
    /** How many cards the columns of a board should hold at most: a warning, no refusal */
    columnLimits?: {
      /** The option; null for the records without one */
      value: string | null
      most: number
    }[]
    /** How much time a timeline shows at once */
    zoom?: 'day' | 'week' | 'month' | 'quarter'
    /** Of a calendar, a schedule and a timeline; the object’s roles unless said */
    dateField?: string
    endField?: string
    /** A user, select or relation field whose values are the columns of a schedule */
    resourceField?: string
    /** The select field whose colours the entries of a calendar wear */
    colorField?: string
    /** Of the cards of a gallery */
    cardFields?: string[]
    /** The picture of a card; initials without one */
    imageField?: string
  }
  visibility: 'private' | 'everyone' | 'roles'
  roles: string[]
  locked: boolean
  defaultFor: string[]
  /** Opens first for the caller */
  isDefault: boolean
  /** The caller has it in the navigation */
  pinned: boolean
  /** Whether the caller may change what it shows */
  mayChange: boolean
  /** Whether the caller may also name, share, lock and remove it */
  mayAdminister: boolean
  ownedByMe: boolean
  system: boolean
  /** Grows with every change of a shared view; for If-Match. */
  version: number
}

export interface WholeMetadataVersion {
  number: number
  at: string
  by: {
    id: string
    name: string | null
  } | null
  operation: string | null
  undoes: number | null
  restores: number | null
  undoneBy: number | null
  summary: string
  changeCount: number
  changes: MetadataChange[]
}

export interface WholeWorkflowVersion {
  version: number
  createdAt: string
  createdBy: {
    id: string
    name: string
  } | null
  isCurrent: boolean
  definition: WorkflowDefinition
}

export interface Widget {
  key: string
  type:
    | 'metric'
    | 'chart'
    | 'heatmap'
    | 'pivot'
    | 'table'
    | 'leaderboard'
    | 'goal'
    | 'recent'
    | 'pipeline'
    | 'calendar'
    | 'tasks'
    | 'text'
  /** All but texts and tasks are about one */
  object?: string
  /** On a grid of twelve columns */
  position: {
    x: number
    y: number
    w: number
    h: number
  }
  /** The count of records unless said */
  measure?: {
    op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
    field?: string
  }
  /** Of tables and pivots */
  measures?: {
    op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
    field?: string
  }[]
  /** The filter language */
  filter?: unknown
  period?: {
    /** The date that ranges apply to; the one that is grouped by unless said */
    field?: string
    range?: DashboardRange
    /** The range of the whole dashboard does not apply */
    fixed?: boolean
  }
  compare?: 'previous' | 'lastYear'
  sparkline?: 'day' | 'week' | 'month'
  groupBy?: {
    field: string
    /** Of dates only; month unless said */
    interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
  }
  /** The series of a chart, the columns of a pivot or a heat map */
  thenBy?: {
    field: string
    /** Of dates only; month unless said */
    interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
  }
  chart?: 'bar' | 'line' | 'area' | 'pie' | 'funnel'
  stacked?: boolean
  /** Of a goal; of money in whole units of the workspace’s currency */
  target?: number
  fields?: string[]
  sort?: string[]
  limit?: number
  icon?: string
  color?:
    | 'gray'
    | 'red'
    | 'pink'
    | 'grape'
    | 'violet'
    | 'indigo'
    | 'blue'
    | 'cyan'
    | 'teal'
    | 'green'
    | 'lime'
    | 'yellow'
    | 'orange'
  title: string
  text?: string
}

export interface WidgetCategory {
  value: unknown
  /** Empty without a value; of dates the first day */
  label: string
  color:
    | 'gray'
    | 'red'
    | 'pink'
    | 'grape'
    | 'violet'
    | 'indigo'
    | 'blue'
    | 'cyan'
    | 'teal'
    | 'green'
    | 'lime'
    | 'yellow'
    | 'orange'
    | null
  /** The filter language; null where it has no words for the group */
  filter: unknown
}

export interface WidgetFigures {
  key: string
  type: string
  object: string | null
  period: {
    from: string
    to: string
  } | null
  comparedWith: {
    from: string
    to: string
  } | null
  /** A filter of the dashboard names what the widget’s object does not have */
  unfiltered: boolean
  /** The list behind the widget */
  drill: {
    object: string
    /** The filter language; null where it has no words for the group */
    filter: unknown
  } | null
  data:
    | MetricData
    | GoalData
    | ChartData
    | CrossData
    | TableData
    | LeaderboardData
    | RecentData
    | PipelineData
    | CalendarData
    | TasksData
    | TextData
    | null
  /** Why there are no data */
  problem: {
    code: string
    message: string
  } | null
}

export type WidgetValue =
  | number
  | string
  | {
      amount: string
      currency: string
    }
  | {
      amount: null
      currency: null
      mixed: true
      amounts?: {
        amount: string
        currency: string
      }[]
    }
  | null

export interface WorkflowAddress {
  url: string
  secret: string
}

export interface WorkflowApproval {
  id: string
  workflow: {
    id: string
    label: string
  }
  runId: string
  record: {
    object: string
    id: string
    title: string
  } | null
  message: string
  state: 'open' | 'approved' | 'rejected' | 'withdrawn'
  askedAt: string
  escalateAt: string | null
  decidedBy: {
    id: string
    name: string
  } | null
  decidedAt: string | null
  note: string | null
}

export interface WorkflowButton {
  id: string
  label: string
  icon: string | null
  confirm: string | null
}

export interface WorkflowCall {
  runId: string
}

export interface WorkflowDefinition {
  key: string
  label: {
    [key: string]: string
  }
  trigger: {
    type: string
    [key: string]: unknown
  }
  steps: unknown[]
  [key: string]: unknown
}

export interface WorkflowDefinitionInput {
  key?: '' | string
  label:
    | string
    | {
        [key: string]: string
      }
  description?: string
  /** Slug of what it is about */
  object?: string
  trigger: {
    type: string
    [key: string]: unknown
  }
  condition?: unknown
  blocking?: boolean
  runAs?: string
  /** Whether imported records start it too */
  onImport?: boolean
  steps: unknown[]
}

export interface WorkflowDetail {
  id: string
  key: string
  label: string
  description: string | null
  object: string | null
  trigger: {
    type: string
    [key: string]: unknown
  }
  blocking: boolean
  enabled: boolean
  /** Whether it has steps: a new one has none before its draft is published. */
  published: boolean
  version: number
  owner: {
    id: string
    name: string
  } | null
  folder: string | null
  hasDraft: boolean
  lastRunAt: string | null
  /** Of those that failed the ones of the last 30 days; 10,000 stands for more. */
  counts: {
    running: number
    waiting: number
    failed: number
  }
  definition: WorkflowDefinition
  draft: WorkflowDraft | null
  problems: WorkflowProblem[]
  webhook: {
    ending: string
    madeAt: string
    calledAt: string | null
  } | null
}

export interface WorkflowDraft {
  definition: WorkflowDefinition
  version: number
  savedAt: string
  savedBy: {
    id: string
    name: string
  } | null
  basedOn: number
  problems: WorkflowProblem[]
}

export interface WorkflowDryRun {
  days: {
    day: string
    count: number
  }[]
  total: number
  examples: {
    at: string
    record: {
      object: string
      id: string
      title: string
    }
  }[]
  /** Why the number is not exact, or cannot be told. */
  remark: string | null
}

export interface WorkflowField {
  path: string
  label: string
  type: string
  writable: boolean
  options?: {
    value: string
    label: string
  }[]
}

export interface WorkflowFigures {
  states: {
    ready: number
    waiting: number
    done: number
    failed: number
    stopped: number
  }
  /** How many runs wait at which step. */
  waiting: {
    [key: string]: number
  }
  days: {
    day: string
    done: number
    failed: number
    stopped: number
  }[]
}

export interface WorkflowPreview {
  value: unknown
  error: string | null
}

export interface WorkflowProblem {
  path: string
  step: string | null
  message: string
}

export interface WorkflowRetention {
  /** Days for which a run is kept after its end. */
  days: number
  /** Days for which a run that failed is kept: as many, or more. */
  failedDays: number
}

export interface WorkflowRun {
  id: string
  workflow: {
    id: string
    label: string
  }
  version: number
  /** Null where it is about none, or about one that the caller may not see. */
  record: {
    object: string
    id: string
    title: string
  } | null
  state: 'ready' | 'waiting' | 'done' | 'failed' | 'stopped'
  /** The kind of trigger that began it. */
  startedBy: string
  error: string | null
  attempt: number
  /** When it goes on at the latest. */
  wakeAt: string | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

export interface WorkflowRunDetail {
  id: string
  workflow: {
    id: string
    label: string
  }
  version: number
  /** Null where it is about none, or about one that the caller may not see. */
  record: {
    object: string
    id: string
    title: string
  } | null
  state: 'ready' | 'waiting' | 'done' | 'failed' | 'stopped'
  /** The kind of trigger that began it. */
  startedBy: string
  error: string | null
  attempt: number
  /** When it goes on at the latest. */
  wakeAt: string | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
  trigger: {
    [key: string]: unknown
  }
  /** As it was when the run began. */
  definition: {
    [key: string]: unknown
  }
  steps: WorkflowRunStep[]
}

export interface WorkflowRunStep {
  /** The id of the step; within a loop loop[3]/step. */
  path: string
  step: string
  type: string
  state: 'done' | 'waiting' | 'sent' | 'failed' | 'skipped'
  attempt: number
  input: unknown
  output: unknown
  error: string | null
  startedAt: string | null
  endedAt: string | null
}

export interface WorkflowSigningSecret {
  secret: string
}

export interface WorkflowSummary {
  id: string
  key: string
  label: string
  description: string | null
  object: string | null
  trigger: {
    type: string
    [key: string]: unknown
  }
  blocking: boolean
  enabled: boolean
  /** Whether it has steps: a new one has none before its draft is published. */
  published: boolean
  version: number
  owner: {
    id: string
    name: string
  } | null
  folder: string | null
  hasDraft: boolean
  lastRunAt: string | null
  /** Of those that failed the ones of the last 30 days; 10,000 stands for more. */
  counts: {
    running: number
    waiting: number
    failed: number
  }
}

export interface WorkflowTrace {
  /** Whether the record passes the condition: the steps are walked either way. */
  passes: boolean
  state: 'done' | 'failed' | 'stopped'
  error: string | null
  steps: WorkflowTraceStep[]
}

export interface WorkflowTraceStep {
  /** The id of the step; within a loop loop[3]/step. */
  path: string
  step: string
  type: string
  state: 'done' | 'waiting' | 'sent' | 'failed' | 'skipped'
  attempt: number
  input: unknown
  output: unknown
  error: string | null
  startedAt: string | null
  endedAt: string | null
  /** What was taken to have happened; null of steps that wait for nobody. */
  assumed: 'came' | 'timed_out' | 'approved' | 'rejected' | 'escalated' | null
}

export interface WorkflowVersion {
  version: number
  createdAt: string
  createdBy: {
    id: string
    name: string
  } | null
  isCurrent: boolean
}

export interface WorkflowVocabulary {
  triggers: {
    type: string
    needsObject: boolean
  }[]
  steps: {
    type: string
    needsObject: boolean
    blocking: boolean
  }[]
  objects: {
    slug: string
    label: string
  }[]
  /** Of the object that was asked about. */
  fields: WorkflowField[]
  /** Fields over one relation that leads to one record. */
  related: WorkflowField[]
  relations: {
    key: string
    label: string
    objects: string[]
    toMany: boolean
  }[]
  pipelines: {
    key: string
    label: string
    field: string
    stages: {
      value: string
      label: string
    }[]
  }[]
  roles: {
    key: string
    label: string
  }[]
  members: {
    id: string
    name: string
    email: string
  }[]
  workflows: {
    key: string
    label: string
    object: string | null
  }[]
  /** By their ids. */
  forms: {
    key: string
    label: string
  }[]
  operations: {
    name: string
    summary: string
    tag: string
    /** JSON Schema */
    input: unknown
  }[]
  variables: {
    path: string
    about: string
  }[]
}

export interface Workspace {
  id: string
  name: string
  slug: string
  locale: string
  currency: string
  /** ISO 3166. Phone numbers without a country code are read as dialled there. */
  country: string | null
  timeZone: string
  template: {
    slug: string
    version: string
    name: string
  } | null
  user: {
    id: string
    email: string
    name: string
    locale: string | null
    timeZone: string | null
    emailVerified: boolean
    /** Whether they are new here, and are shown what to try first. */
    firstDay: boolean
  }
  roles: {
    key: string
    label: string
  }[]
  permissions: {
    admin: string[]
    objects: {
      [key: string]: ObjectPermissions
    }
  }
  objects: ObjectSummary[]
  /** The caller’s sidebar. */
  navigation: NavigationGroup[]
  metadataVersion: number
  /** For administrators: what the plan is about to run out of. */
  warnings: PlanWarning[]
}

export interface WorkspaceDomain {
  domain: string | null
  status: 'none' | 'pending' | 'verified'
  /** What to publish in the DNS of the domain, to show that it is yours. */
  record: {
    type: 'TXT'
    name: string
    value: string
  } | null
  verifiedAt: string | null
  /** What takes the place of the verified domain as soon as it is verified itself. */
  next: {
    domain: string
    record: {
      type: 'TXT'
      name: string
      value: string
    }
  } | null
}

export interface Operations {
  /** A calendar by its secret address, as RFC 5545 has it */
  'calendarFeed.content': {
    method: 'GET'
    path: '/calendar-feed/{token}'
    params: { token: string }
    query: never
    body: never
    data: Blob
  }
  /** A dashboard as a PDF or a PNG */
  'dashboards.export': {
    method: 'POST'
    path: '/dashboards/{id}/export'
    params: { id: string }
    query: never
    body: {
      /** The dashboard’s own unless said; null for none */
      range?: DashboardRange | null
      /** The dashboard’s own unless said */
      filters?: {
        object?: string
        filter: unknown
      }[]
      format: 'pdf' | 'png'
    }
    data: Blob
  }
  /** A dashboard with its widgets */
  'dashboards.get': {
    method: 'GET'
    path: '/dashboards/{id}'
    params: { id: string }
    query: never
    body: never
    data: Dashboard
  }
  /** A file with its versions */
  'files.get': {
    method: 'GET'
    path: '/files/{id}'
    params: { id: string }
    query: never
    body: never
    data: RecordFileWithVersions
  }
  /** A form */
  'forms.get': {
    method: 'GET'
    path: '/forms/{id}'
    params: { id: string }
    query: never
    body: never
    data: Form
  }
  /** A form, to be filled in by a member */
  'forms.open': {
    method: 'GET'
    path: '/forms/{id}/questions'
    params: { id: string }
    query: never
    body: never
    data: AskedForm
  }
  /** A published form by its address, with the work that is asked of whoever sends it */
  'forms.openPublic': {
    method: 'GET'
    path: '/public-forms/{address}'
    params: { address: string }
    query: never
    body: never
    data: AskedForm
  }
  /** A run with what each of its steps did */
  'workflowRuns.get': {
    method: 'GET'
    path: '/workflow-runs/{id}'
    params: { id: string }
    query: never
    body: never
    data: WorkflowRunDetail
  }
  /** A small picture of a file */
  'files.thumbnail': {
    method: 'GET'
    path: '/files/{id}/thumbnail'
    params: { id: string }
    query: { version?: number }
    body: never
    data: Blob
  }
  /** A workflow as it was in one of its versions */
  'workflows.version': {
    method: 'GET'
    path: '/workflows/{id}/versions/{number}'
    params: { id: string; number: number }
    query: never
    body: never
    data: WholeWorkflowVersion
  }
  /** A workflow with its definition and its draft */
  'workflows.get': {
    method: 'GET'
    path: '/workflows/{id}'
    params: { id: string }
    query: never
    body: never
    data: WorkflowDetail
  }
  /** Accept an invitation as who is signed in */
  'invitations.join': {
    method: 'POST'
    path: '/auth/invitations/join'
    params: never
    query: never
    body: {
      /** What stands behind the # of the link. */
      token: string
    }
    data: {
      /** Left out for the web page, which gets cookies. */
      accessToken?: string
      /** Left out for the web page, which gets cookies. */
      refreshToken?: string
      /** Seconds that the access token lasts. */
      expiresIn: number
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
    }
  }
  /** Accept an invitation, with a new account or with the password of yours */
  'invitations.accept': {
    method: 'POST'
    path: '/auth/invitations/accept'
    params: never
    query: never
    body: {
      /** What stands behind the # of the link. */
      token: string
      name?: string
      password: string
      /** Six digits, or a backup code. */
      otp?: string
    }
    data: {
      /** Left out for the web page, which gets cookies. */
      accessToken?: string
      /** Left out for the web page, which gets cookies. */
      refreshToken?: string
      /** Seconds that the access token lasts. */
      expiresIn: number
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
    }
  }
  /** Add a field */
  'fields.create': {
    method: 'POST'
    path: '/objects/{object}/fields'
    params: { object: string }
    query: never
    body: {
      label:
        | string
        | {
            en: string
            [key: string]: string
          }
      help?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      section?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      required?: boolean
      unique?: boolean
      /** Of a unique field: José and Jose are the same */
      ignoreAccents?: boolean
      sortable?: boolean
      searchable?: boolean
      phi?: boolean
      options?: (
        | string
        | {
            value: string
            label?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            color?:
              | 'gray'
              | 'red'
              | 'pink'
              | 'grape'
              | 'violet'
              | 'indigo'
              | 'blue'
              | 'cyan'
              | 'teal'
              | 'green'
              | 'lime'
              | 'yellow'
              | 'orange'
              | null
            kind?: 'open' | 'won' | 'lost'
            probability?: number | null
          }
      )[]
      rules?: {
        minLength?: number
        maxLength?: number
        pattern?: string
        patternMessage?:
          | string
          | {
              en: string
              [key: string]: string
            }
        min?: number
        max?: number
        decimals?: number
        /** Of numbers: digits stand together, as those of a year do */
        ungrouped?: boolean
        notBefore?: string
        notAfter?: string
        minItems?: number
        maxItems?: number
        /** Of files: whether a value is a list of them */
        several?: boolean
        /** Of files: only these */
        kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
        /** Of files: in bytes */
        maxSize?: number
        /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
        exclusive?: boolean | 'refuse'
      } | null
      conditions?: {
        /** While it does not hold, the field is not shown and has no value */
        visible?: unknown
        /** The filter language */
        required?: unknown
        /** A value may not be changed while it holds before and after the change */
        readOnly?: unknown
        /** The first whose `when` holds names the options that may be chosen */
        options?: {
          /** The filter language */
          when: unknown
          values: string[]
        }[]
      } | null
      /** A value, or {"formula": CEL} to be worked out when a record is made */
      default?: unknown
      numbering?: {
        /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
        pattern: string
        restart?: 'never' | 'year' | 'month'
        perLocation?: boolean
      } | null
      currency?: string | null
      computed?: {
        /** Of a formula: CEL over the record and what it points to. */
        expression?: string
        /** Of a lookup or rollup: a relation of the object, in either direction. */
        relation?: string
        /** The field at its other side; a count does without. */
        field?: string
        op?: 'count' | 'sum' | 'avg' | 'min' | 'max'
        /** Of a rollup without a relation: when the record was last contacted, or when what is open about it is due. */
        activities?: 'last' | 'next'
        /** Of a rollup: only those records at the other side. */
        filter?: unknown
        /** What the results of a formula are; worked out unless named. */
        resultType?:
          | 'text'
          | 'longtext'
          | 'richtext'
          | 'number'
          | 'integer'
          | 'money'
          | 'percent'
          | 'boolean'
          | 'date'
          | 'datetime'
          | 'time'
          | 'duration'
          | 'select'
          | 'multiselect'
          | 'tags'
          | 'email'
          | 'phone'
          | 'url'
          | 'address'
          | 'user'
          | 'relation'
          | 'file'
          | 'rating'
          | 'checklist'
          | 'autonumber'
          | 'formula'
          | 'lookup'
          | 'rollup'
          | 'json'
        /** Whoever may read the field sees it, also over records that they cannot open. */
        shared?: boolean
      }
      key: string
      type:
        | 'text'
        | 'longtext'
        | 'richtext'
        | 'number'
        | 'integer'
        | 'money'
        | 'percent'
        | 'boolean'
        | 'date'
        | 'datetime'
        | 'time'
        | 'duration'
        | 'select'
        | 'multiselect'
        | 'tags'
        | 'email'
        | 'phone'
        | 'url'
        | 'address'
        | 'user'
        | 'relation'
        | 'file'
        | 'rating'
        | 'checklist'
        | 'autonumber'
        | 'formula'
        | 'lookup'
        | 'rollup'
        | 'json'
      relation?: {
        object: string
        /** Further objects that it may point at */
        others?: string[]
        many?: boolean
        inverse: {
          key: string
          label:
            | string
            | {
                en: string
                [key: string]: string
              }
          many?: boolean
        }
        onDelete?: 'keep' | 'clear' | 'cascade' | 'refuse'
        /** What is said of each link: the role of a person at a company */
        attributes?: {
          key: string
          label:
            | string
            | {
                en: string
                [key: string]: string
              }
          type:
            | 'text'
            | 'longtext'
            | 'number'
            | 'integer'
            | 'money'
            | 'percent'
            | 'boolean'
            | 'date'
            | 'datetime'
            | 'time'
            | 'duration'
            | 'select'
            | 'multiselect'
            | 'tags'
            | 'email'
            | 'phone'
            | 'url'
            | 'rating'
          required?: boolean
          options?: (
            | string
            | {
                value: string
                label?:
                  | string
                  | {
                      en: string
                      [key: string]: string
                    }
                color?:
                  | 'gray'
                  | 'red'
                  | 'pink'
                  | 'grape'
                  | 'violet'
                  | 'indigo'
                  | 'blue'
                  | 'cyan'
                  | 'teal'
                  | 'green'
                  | 'lime'
                  | 'yellow'
                  | 'orange'
                  | null
                kind?: 'open' | 'won' | 'lost'
                probability?: number | null
              }
          )[]
          rules?: {
            minLength?: number
            maxLength?: number
            pattern?: string
            patternMessage?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            min?: number
            max?: number
            decimals?: number
            /** Of numbers: digits stand together, as those of a year do */
            ungrouped?: boolean
            notBefore?: string
            notAfter?: string
            minItems?: number
            maxItems?: number
            /** Of files: whether a value is a list of them */
            several?: boolean
            /** Of files: only these */
            kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
            /** Of files: in bytes */
            maxSize?: number
            /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
            exclusive?: boolean | 'refuse'
          } | null
        }[]
        /** Whether one link of a record may be marked as the primary one */
        primary?: boolean
      }
    }
    data: Field
  }
  /** Add a further template to the workspace, in one version that can be taken back */
  'templates.add': {
    method: 'POST'
    path: '/workspace/template/add'
    params: never
    query: never
    body: {
      /** The slug of one that is offered, or a file. */
      template: unknown
      resolutions?: {
        [key: string]: {
          use: 'mine' | 'merge' | 'rename'
          to?: string
        }
      }
      sampleData?: boolean
      dryRun?: boolean
    }
    data: TemplateAdding
  }
  /** Add a location */
  'locations.create': {
    method: 'POST'
    path: '/locations'
    params: never
    query: never
    body: {
      name: string
      /** Made from the name when it is not given */
      code?: string
      /** As a field of type address: an object of its parts, or text */
      address?: unknown
      timeZone?: string
      hours?: OpeningHoursInput
      holidays?: {
        date: string
        name: string
        /** When it is open nevertheless; closed all day unless said. */
        hours?: {
          from: string
          to: string
        }[]
      }[]
      active?: boolean
    }
    data: Location
  }
  /** Add a picture that templates can show */
  'mailImages.add': {
    method: 'POST'
    path: '/mail-images'
    params: never
    query: never
    body: {
      name: string
      content: string
    }
    data: {
      id: string
    }
  }
  /** Add a pipeline over a select field */
  'pipelines.create': {
    method: 'POST'
    path: '/objects/{object}/pipelines'
    params: { object: string }
    query: never
    body: {
      key: string
      label:
        | string
        | {
            en: string
            [key: string]: string
          }
      /** A select field, whose options become the stages, or the key of a new one */
      field: string
      stages?: {
        value: string
        label?:
          | string
          | {
              en: string
              [key: string]: string
            }
        color?:
          | 'gray'
          | 'red'
          | 'pink'
          | 'grape'
          | 'violet'
          | 'indigo'
          | 'blue'
          | 'cyan'
          | 'teal'
          | 'green'
          | 'lime'
          | 'yellow'
          | 'orange'
          | null
        kind?: 'open' | 'won' | 'lost'
        probability?: number | null
        /** Fields that must have a value when a record enters */
        requires?: string[] | null
        /** Dates with a time that are filled with now when a record moves here, where they are empty */
        moments?: string[] | null
        /** Stages that may come next; null: any */
        moves?: string[] | null
        checklist?:
          | {
              key: string
              label:
                | string
                | {
                    en: string
                    [key: string]: string
                  }
              /** Whether it must be done before a record leaves, unless it is lost */
              required?: boolean
            }[]
          | null
        reasons?: {
          required?: boolean
          options: {
            value: string
            label?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            color?:
              | 'gray'
              | 'red'
              | 'pink'
              | 'grape'
              | 'violet'
              | 'indigo'
              | 'blue'
              | 'cyan'
              | 'teal'
              | 'green'
              | 'lime'
              | 'yellow'
              | 'orange'
              | null
          }[]
        } | null
        /** Records that are here longer are rotting */
        rottingDays?: number | null
      }[]
    }
    data: Object
  }
  /** Add a role */
  'roles.create': {
    method: 'POST'
    path: '/access/roles'
    params: never
    query: never
    body: {
      /** By object slug; * stands for every object that is not named. */
      objects?: {
        [key: string]: ObjectGrantInput
      }
      /** Administrative permissions; * is all of them. */
      admin?: (
        | 'objects'
        | 'users'
        | 'roles'
        | 'templates'
        | 'views'
        | 'automation'
        | 'audit'
        | 'imports'
        | 'settings'
        | '*'
      )[]
      /** How many relations may be followed one after the other. */
      depth?: number | null
      /** Ways over relations that are closed: patients.primary_doctor.department */
      forbiddenPaths?: string[]
      key?: string
      label:
        | string
        | {
            en: string
            [key: string]: string
          }
      description?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      /** Takes over what is not given. */
      copyOf?: string
    }
    data: Role
  }
  /** Add a team */
  'teams.create': {
    method: 'POST'
    path: '/access/teams'
    params: never
    query: never
    body: {
      name: string
      parentId?: string | null
    }
    data: Team
  }
  /** Add an object */
  'objects.create': {
    method: 'POST'
    path: '/objects'
    params: never
    query: never
    body: {
      label:
        | string
        | {
            en: string
            [key: string]: string
          }
      labelPlural:
        | string
        | {
            en: string
            [key: string]: string
          }
      description?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      icon?: string
      color?:
        | 'gray'
        | 'red'
        | 'pink'
        | 'grape'
        | 'violet'
        | 'indigo'
        | 'blue'
        | 'cyan'
        | 'teal'
        | 'green'
        | 'lime'
        | 'yellow'
        | 'orange'
        | null
      group?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      numberPrefix?: string
      /** Whether its records belong to locations. */
      located?: boolean
      roles?: {
        title?: string | null
        stage?: string | null
        amount?: string | null
        startsAt?: string | null
        endsAt?: string | null
        dueAt?: string | null
        email?: string | null
        phone?: string | null
      }
      rules?: {
        key: string
        message:
          | string
          | {
              en: string
              [key: string]: string
            }
        when?: unknown
        /** What must hold: a filter, or a CEL formula that gives true or false */
        check: unknown
        /** Where the message stands */
        field?: string | null
        active?: boolean
      }[]
      uniqueKeys?: {
        key: string
        label?:
          | string
          | {
              en: string
              [key: string]: string
            }
          | null
        /** Keys of fields, ownerId or locationId */
        fields: string[]
        ignoreCase?: boolean
        ignoreAccents?: boolean
        ignoreSpaces?: boolean
      }[]
      /** Null: the prefix and six digits */
      numbering?: {
        /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
        pattern: string
        restart?: 'never' | 'year' | 'month'
        perLocation?: boolean
      } | null
      slug: string
      fields: {
        label:
          | string
          | {
              en: string
              [key: string]: string
            }
        help?:
          | string
          | {
              en: string
              [key: string]: string
            }
          | null
        section?:
          | string
          | {
              en: string
              [key: string]: string
            }
          | null
        required?: boolean
        unique?: boolean
        /** Of a unique field: José and Jose are the same */
        ignoreAccents?: boolean
        sortable?: boolean
        searchable?: boolean
        phi?: boolean
        options?: (
          | string
          | {
              value: string
              label?:
                | string
                | {
                    en: string
                    [key: string]: string
                  }
              color?:
                | 'gray'
                | 'red'
                | 'pink'
                | 'grape'
                | 'violet'
                | 'indigo'
                | 'blue'
                | 'cyan'
                | 'teal'
                | 'green'
                | 'lime'
                | 'yellow'
                | 'orange'
                | null
              kind?: 'open' | 'won' | 'lost'
              probability?: number | null
            }
        )[]
        rules?: {
          minLength?: number
          maxLength?: number
          pattern?: string
          patternMessage?:
            | string
            | {
                en: string
                [key: string]: string
              }
          min?: number
          max?: number
          decimals?: number
          /** Of numbers: digits stand together, as those of a year do */
          ungrouped?: boolean
          notBefore?: string
          notAfter?: string
          minItems?: number
          maxItems?: number
          /** Of files: whether a value is a list of them */
          several?: boolean
          /** Of files: only these */
          kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
          /** Of files: in bytes */
          maxSize?: number
          /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
          exclusive?: boolean | 'refuse'
        } | null
        conditions?: {
          /** While it does not hold, the field is not shown and has no value */
          visible?: unknown
          /** The filter language */
          required?: unknown
          /** A value may not be changed while it holds before and after the change */
          readOnly?: unknown
          /** The first whose `when` holds names the options that may be chosen */
          options?: {
            /** The filter language */
            when: unknown
            values: string[]
          }[]
        } | null
        /** A value, or {"formula": CEL} to be worked out when a record is made */
        default?: unknown
        numbering?: {
          /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
          pattern: string
          restart?: 'never' | 'year' | 'month'
          perLocation?: boolean
        } | null
        currency?: string | null
        computed?: {
          /** Of a formula: CEL over the record and what it points to. */
          expression?: string
          /** Of a lookup or rollup: a relation of the object, in either direction. */
          relation?: string
          /** The field at its other side; a count does without. */
          field?: string
          op?: 'count' | 'sum' | 'avg' | 'min' | 'max'
          /** Of a rollup without a relation: when the record was last contacted, or when what is open about it is due. */
          activities?: 'last' | 'next'
          /** Of a rollup: only those records at the other side. */
          filter?: unknown
          /** What the results of a formula are; worked out unless named. */
          resultType?:
            | 'text'
            | 'longtext'
            | 'richtext'
            | 'number'
            | 'integer'
            | 'money'
            | 'percent'
            | 'boolean'
            | 'date'
            | 'datetime'
            | 'time'
            | 'duration'
            | 'select'
            | 'multiselect'
            | 'tags'
            | 'email'
            | 'phone'
            | 'url'
            | 'address'
            | 'user'
            | 'relation'
            | 'file'
            | 'rating'
            | 'checklist'
            | 'autonumber'
            | 'formula'
            | 'lookup'
            | 'rollup'
            | 'json'
          /** Whoever may read the field sees it, also over records that they cannot open. */
          shared?: boolean
        }
        key: string
        type:
          | 'text'
          | 'longtext'
          | 'richtext'
          | 'number'
          | 'integer'
          | 'money'
          | 'percent'
          | 'boolean'
          | 'date'
          | 'datetime'
          | 'time'
          | 'duration'
          | 'select'
          | 'multiselect'
          | 'tags'
          | 'email'
          | 'phone'
          | 'url'
          | 'address'
          | 'user'
          | 'relation'
          | 'file'
          | 'rating'
          | 'checklist'
          | 'autonumber'
          | 'formula'
          | 'lookup'
          | 'rollup'
          | 'json'
        relation?: {
          object: string
          /** Further objects that it may point at */
          others?: string[]
          many?: boolean
          inverse: {
            key: string
            label:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            many?: boolean
          }
          onDelete?: 'keep' | 'clear' | 'cascade' | 'refuse'
          /** What is said of each link: the role of a person at a company */
          attributes?: {
            key: string
            label:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            type:
              | 'text'
              | 'longtext'
              | 'number'
              | 'integer'
              | 'money'
              | 'percent'
              | 'boolean'
              | 'date'
              | 'datetime'
              | 'time'
              | 'duration'
              | 'select'
              | 'multiselect'
              | 'tags'
              | 'email'
              | 'phone'
              | 'url'
              | 'rating'
            required?: boolean
            options?: (
              | string
              | {
                  value: string
                  label?:
                    | string
                    | {
                        en: string
                        [key: string]: string
                      }
                  color?:
                    | 'gray'
                    | 'red'
                    | 'pink'
                    | 'grape'
                    | 'violet'
                    | 'indigo'
                    | 'blue'
                    | 'cyan'
                    | 'teal'
                    | 'green'
                    | 'lime'
                    | 'yellow'
                    | 'orange'
                    | null
                  kind?: 'open' | 'won' | 'lost'
                  probability?: number | null
                }
            )[]
            rules?: {
              minLength?: number
              maxLength?: number
              pattern?: string
              patternMessage?:
                | string
                | {
                    en: string
                    [key: string]: string
                  }
              min?: number
              max?: number
              decimals?: number
              /** Of numbers: digits stand together, as those of a year do */
              ungrouped?: boolean
              notBefore?: string
              notAfter?: string
              minItems?: number
              maxItems?: number
              /** Of files: whether a value is a list of them */
              several?: boolean
              /** Of files: only these */
              kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
              /** Of files: in bytes */
              maxSize?: number
              /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
              exclusive?: boolean | 'refuse'
            } | null
          }[]
          /** Whether one link of a record may be marked as the primary one */
          primary?: boolean
        }
      }[]
    }
    data: Object
  }
  /** All members with their roles and teams */
  'access.members': {
    method: 'GET'
    path: '/access/members'
    params: never
    query: never
    body: never
    data: MemberAccess[]
  }
  /** All objects with their fields, in sidebar order */
  'objects.list': {
    method: 'GET'
    path: '/objects'
    params: never
    query: never
    body: never
    data: Object[]
  }
  /** All roles with what they allow */
  'roles.list': {
    method: 'GET'
    path: '/access/roles'
    params: never
    query: never
    body: never
    data: Role[]
  }
  /** All teams with their members */
  'teams.list': {
    method: 'GET'
    path: '/access/teams'
    params: never
    query: never
    body: never
    data: Team[]
  }
  /** All templates of the installation, and which workspaces are on which version */
  'installation.templates': {
    method: 'GET'
    path: '/installation/templates'
    params: never
    query: never
    body: never
    data: InstallationTemplate[]
  }
  /** All texts of the workspace with their translations into a language */
  'translations.list': {
    method: 'GET'
    path: '/workspace/translations'
    params: never
    query: { locale: string; object?: string; missing?: string }
    body: never
    data: {
      locale: string
      total: number
      /** How many have no text in this language: English stands in */
      missing: number
      texts: Translation[]
    }
  }
  /** All workspaces of this installation */
  'installation.workspaces': {
    method: 'GET'
    path: '/installation/workspaces'
    params: never
    query: {
      search?: string
      sort?:
        | 'name'
        | '-name'
        | 'createdAt'
        | '-createdAt'
        | 'members'
        | '-members'
        | 'records'
        | '-records'
        | 'storageBytes'
        | '-storageBytes'
        | 'lastSeenAt'
        | '-lastSeenAt'
      cursor?: string
      page?: number
      limit?: number
    }
    body: never
    data: InstallationWorkspace[]
    pagination: PagePagination | CursorPagination
  }
  /** Allow a network */
  'networks.create': {
    method: 'POST'
    path: '/networks'
    params: never
    query: never
    body: {
      /** CIDR: 203.0.113.0/24, 2001:db8::/32; a single address stands for itself */
      network: string
      comment?: string | null
      active?: boolean
      locationId?: string | null
    }
    data: NetworkRule
  }
  /** An address to fetch several files of a record from, as one ZIP archive */
  'files.archive': {
    method: 'POST'
    path: '/{object}/{id}/files/archive'
    params: { object: string; id: string }
    query: never
    body: {
      ids?: string[]
    }
    data: {
      url: string
      expiresAt: string
      /** In bytes */
      size: number
    }
  }
  /** An address to fetch the content of a file from */
  'files.link': {
    method: 'POST'
    path: '/files/{id}/link'
    params: { id: string }
    query: never
    body: {
      version?: number
      inline?: boolean
    }
    data: {
      url: string
      expiresAt: string
    }
  }
  /** An archive of files, by a signed address */
  'files.archiveContent': {
    method: 'GET'
    path: '/file-archives/{token}'
    params: { token: string }
    query: never
    body: never
    data: Blob
  }
  /** Arrange the navigation for everybody or for a role */
  'navigation.set': {
    method: 'PUT'
    path: '/workspace/navigation'
    params: never
    query: never
    body: {
      /** A role that gets an arrangement of its own; everybody’s without it */
      role?: string | null
      /** Null: no arrangement, as the objects’ own groups say */
      groups:
        | {
            key: string
            /** Null: no heading */
            label?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
              | null
            icon?: string | null
            objects: string[]
          }[]
        | null
      /** Objects that stay out of the navigation */
      hidden?: string[]
    }
    data: Navigation
  }
  /** Arrange the sections of an object for everybody or for a role */
  'layouts.set': {
    method: 'PUT'
    path: '/objects/{object}/layout'
    params: { object: string }
    query: never
    body: {
      /** A role that gets an arrangement of its own; everybody’s without it */
      role?: string | null
      /** Null: no arrangement, as the sections of the fields say */
      sections:
        | {
            key: string
            /** Null: no heading */
            label?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
              | null
            columns?: 1 | 2
            collapsed?: boolean
            fields: string[]
          }[]
        | null
    }
    data: Layout
  }
  /** Begin to add a file to a form before it is sent */
  'forms.beginFile': {
    method: 'POST'
    path: '/forms/{id}/files'
    params: { id: string }
    query: never
    body: {
      /** That of the form it belongs to */
      token: string
      /** Not asked of who is signed in */
      proof?: number
      /** Id of the question that it answers */
      question: string
      name: string
      /** In bytes, at most 100 MB */
      size: number
    }
    data: FormFile
  }
  /** Begin to add a file to a published form before it is sent */
  'forms.beginFilePublic': {
    method: 'POST'
    path: '/public-forms/{address}/files'
    params: { address: string }
    query: never
    body: {
      /** That of the form it belongs to */
      token: string
      /** Not asked of who is signed in */
      proof?: number
      /** Id of the question that it answers */
      question: string
      name: string
      /** In bytes, at most 100 MB */
      size: number
    }
    data: FormFile
  }
  /** Begin to look at the workspace as a member sees it */
  'access.viewAs': {
    method: 'POST'
    path: '/access/view-as'
    params: never
    query: never
    body: {
      userId: string
    }
    data: {
      userId: string
      name: string
      email: string
      roles: {
        key: string
        label: string
      }[]
    }
  }
  /** Begin to upload a file for a field */
  'files.beginForField': {
    method: 'POST'
    path: '/file-uploads'
    params: never
    query: never
    body: {
      /** A field of the type file */
      fieldId: string
      name: string
      size: number
    }
    data: FieldFileUpload
  }
  /** Begin to upload a file to a record */
  'files.begin': {
    method: 'POST'
    path: '/{object}/{id}/files'
    params: { object: string; id: string }
    query: never
    body: {
      name: string
      size: number
      folder?: string
      /** Makes it a new version of that file */
      fileId?: string
    }
    data: FileUpload
  }
  /** Bring a record back from the trash */
  'records.restore': {
    method: 'POST'
    path: '/{object}/{id}/restore'
    params: { object: string; id: string }
    query: never
    body: never
    data: Record
  }
  /** Bring a retired field back with its values */
  'fields.restore': {
    method: 'POST'
    path: '/objects/{object}/fields/{key}/restore'
    params: { object: string; key: string }
    query: never
    body: never
    data: Field
  }
  /** Bring back earlier values of a record */
  'records.bringBack': {
    method: 'POST'
    path: '/{object}/{id}/history/restore'
    params: { object: string; id: string }
    query: never
    body: {
      /** Entry of the history of the record */
      entry: string
      /** The values as the entry found them, or as it left them */
      side?: 'before' | 'after'
      /** Keys of these fields alone; all that changed since unless said */
      fields?: string[]
      /** Only tell what would change */
      dryRun?: boolean
    }
    data: BroughtBack
  }
  /** Bring everything back as it was at a version */
  'versions.restore': {
    method: 'POST'
    path: '/workspace/versions/{number}/restore'
    params: { number: number }
    query: never
    body: {
      /** Tells what would come of it and changes nothing */
      dryRun?: boolean
    }
    data: UndoneVersion
  }
  /** By which rules records of an object may be the same */
  'duplicates.settings': {
    method: 'GET'
    path: '/objects/{object}/duplicates'
    params: { object: string }
    query: never
    body: never
    data: DuplicateSettings
  }
  /** Change a comment of one’s own */
  'comments.update': {
    method: 'PATCH'
    path: '/{object}/{id}/comments/{commentId}'
    params: { object: string; id: string; commentId: string }
    query: never
    body: {
      body: string
    }
    data: Comment
  }
  /** Change a dashboard */
  'dashboards.update': {
    method: 'PATCH'
    path: '/dashboards/{id}'
    params: { id: string }
    query: never
    body: {
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      visibility?: 'private' | 'everyone' | 'roles'
      /** Keys of the roles that see it, where the visibility is “roles” */
      roles?: string[]
      /** Keys of the roles for which a shared one opens first */
      defaultFor?: string[]
      /** What it shows unless somebody asks for another range */
      range?: DashboardRange | null
      /** Without an object one narrows every widget whose object knows the fields that it names */
      filters?: {
        object?: string
        filter: unknown
      }[]
      widgets?: {
        key: string
        type:
          | 'metric'
          | 'chart'
          | 'heatmap'
          | 'pivot'
          | 'table'
          | 'leaderboard'
          | 'goal'
          | 'recent'
          | 'pipeline'
          | 'calendar'
          | 'tasks'
          | 'text'
        /** All but texts and tasks are about one */
        object?: string
        /** On a grid of twelve columns */
        position: {
          x: number
          y: number
          w: number
          h: number
        }
        /** The count of records unless said */
        measure?: {
          op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
          field?: string
        }
        /** Of tables and pivots */
        measures?: {
          op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
          field?: string
        }[]
        /** The filter language */
        filter?: unknown
        period?: {
          /** The date that ranges apply to; the one that is grouped by unless said */
          field?: string
          range?: DashboardRange
          /** The range of the whole dashboard does not apply */
          fixed?: boolean
        }
        compare?: 'previous' | 'lastYear'
        sparkline?: 'day' | 'week' | 'month'
        groupBy?: {
          field: string
          /** Of dates only; month unless said */
          interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
        }
        /** The series of a chart, the columns of a pivot or a heat map */
        thenBy?: {
          field: string
          /** Of dates only; month unless said */
          interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
        }
        chart?: 'bar' | 'line' | 'area' | 'pie' | 'funnel'
        stacked?: boolean
        /** Of a goal; of money in whole units of the workspace’s currency */
        target?: number
        fields?: string[]
        sort?: string[]
        limit?: number
        icon?: string
        color?:
          | 'gray'
          | 'red'
          | 'pink'
          | 'grape'
          | 'violet'
          | 'indigo'
          | 'blue'
          | 'cyan'
          | 'teal'
          | 'green'
          | 'lime'
          | 'yellow'
          | 'orange'
        title:
          | string
          | {
              en: string
              [key: string]: string
            }
        text?:
          | string
          | {
              en: string
              [key: string]: string
            }
      }[]
    }
    data: Dashboard
  }
  /** Change a field; key and type stay */
  'fields.update': {
    method: 'PATCH'
    path: '/objects/{object}/fields/{key}'
    params: { object: string; key: string }
    query: never
    body: {
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      help?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      section?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      required?: boolean
      unique?: boolean
      /** Of a unique field: José and Jose are the same */
      ignoreAccents?: boolean
      sortable?: boolean
      searchable?: boolean
      phi?: boolean
      options?: (
        | string
        | {
            value: string
            label?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            color?:
              | 'gray'
              | 'red'
              | 'pink'
              | 'grape'
              | 'violet'
              | 'indigo'
              | 'blue'
              | 'cyan'
              | 'teal'
              | 'green'
              | 'lime'
              | 'yellow'
              | 'orange'
              | null
            kind?: 'open' | 'won' | 'lost'
            probability?: number | null
          }
      )[]
      rules?: {
        minLength?: number
        maxLength?: number
        pattern?: string
        patternMessage?:
          | string
          | {
              en: string
              [key: string]: string
            }
        min?: number
        max?: number
        decimals?: number
        /** Of numbers: digits stand together, as those of a year do */
        ungrouped?: boolean
        notBefore?: string
        notAfter?: string
        minItems?: number
        maxItems?: number
        /** Of files: whether a value is a list of them */
        several?: boolean
        /** Of files: only these */
        kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
        /** Of files: in bytes */
        maxSize?: number
        /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
        exclusive?: boolean | 'refuse'
      } | null
      conditions?: {
        /** While it does not hold, the field is not shown and has no value */
        visible?: unknown
        /** The filter language */
        required?: unknown
        /** A value may not be changed while it holds before and after the change */
        readOnly?: unknown
        /** The first whose `when` holds names the options that may be chosen */
        options?: {
          /** The filter language */
          when: unknown
          values: string[]
        }[]
      } | null
      /** A value, or {"formula": CEL} to be worked out when a record is made */
      default?: unknown
      numbering?: {
        /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
        pattern: string
        restart?: 'never' | 'year' | 'month'
        perLocation?: boolean
      } | null
      currency?: string | null
      computed?: {
        /** Of a formula: CEL over the record and what it points to. */
        expression?: string
        /** Of a lookup or rollup: a relation of the object, in either direction. */
        relation?: string
        /** The field at its other side; a count does without. */
        field?: string
        op?: 'count' | 'sum' | 'avg' | 'min' | 'max'
        /** Of a rollup without a relation: when the record was last contacted, or when what is open about it is due. */
        activities?: 'last' | 'next'
        /** Of a rollup: only those records at the other side. */
        filter?: unknown
        /** What the results of a formula are; worked out unless named. */
        resultType?:
          | 'text'
          | 'longtext'
          | 'richtext'
          | 'number'
          | 'integer'
          | 'money'
          | 'percent'
          | 'boolean'
          | 'date'
          | 'datetime'
          | 'time'
          | 'duration'
          | 'select'
          | 'multiselect'
          | 'tags'
          | 'email'
          | 'phone'
          | 'url'
          | 'address'
          | 'user'
          | 'relation'
          | 'file'
          | 'rating'
          | 'checklist'
          | 'autonumber'
          | 'formula'
          | 'lookup'
          | 'rollup'
          | 'json'
        /** Whoever may read the field sees it, also over records that they cannot open. */
        shared?: boolean
      }
      /** What records get instead of options that are no more: another option, or null for nothing */
      replace?: {
        [key: string]: string | null
      }
      /** Where it leads and how many it takes stay as they were made */
      relation?: {
        inverse?: {
          label:
            | string
            | {
                en: string
                [key: string]: string
              }
        }
        onDelete?: 'keep' | 'clear' | 'cascade' | 'refuse'
        attributes?: {
          key: string
          label:
            | string
            | {
                en: string
                [key: string]: string
              }
          type:
            | 'text'
            | 'longtext'
            | 'number'
            | 'integer'
            | 'money'
            | 'percent'
            | 'boolean'
            | 'date'
            | 'datetime'
            | 'time'
            | 'duration'
            | 'select'
            | 'multiselect'
            | 'tags'
            | 'email'
            | 'phone'
            | 'url'
            | 'rating'
          required?: boolean
          options?: (
            | string
            | {
                value: string
                label?:
                  | string
                  | {
                      en: string
                      [key: string]: string
                    }
                color?:
                  | 'gray'
                  | 'red'
                  | 'pink'
                  | 'grape'
                  | 'violet'
                  | 'indigo'
                  | 'blue'
                  | 'cyan'
                  | 'teal'
                  | 'green'
                  | 'lime'
                  | 'yellow'
                  | 'orange'
                  | null
                kind?: 'open' | 'won' | 'lost'
                probability?: number | null
              }
          )[]
          rules?: {
            minLength?: number
            maxLength?: number
            pattern?: string
            patternMessage?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            min?: number
            max?: number
            decimals?: number
            /** Of numbers: digits stand together, as those of a year do */
            ungrouped?: boolean
            notBefore?: string
            notAfter?: string
            minItems?: number
            maxItems?: number
            /** Of files: whether a value is a list of them */
            several?: boolean
            /** Of files: only these */
            kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
            /** Of files: in bytes */
            maxSize?: number
            /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
            exclusive?: boolean | 'refuse'
          } | null
        }[]
        primary?: boolean
      }
    }
    data: Field
  }
  /** Change a form, open it or close it */
  'forms.update': {
    method: 'PATCH'
    path: '/forms/{id}'
    params: { id: string }
    query: never
    body: {
      name?: string
      audience?: 'public' | 'internal'
      published?: boolean
      definition?: {
        title:
          | string
          | {
              en: string
              [key: string]: string
            }
        intro?:
          | string
          | {
              en: string
              [key: string]: string
            }
        submit?:
          | string
          | {
              en: string
              [key: string]: string
            }
        steps: {
          id: string
          title?:
            | string
            | {
                en: string
                [key: string]: string
              }
          questions: unknown[]
        }[]
        /** Set in every record that the form makes */
        values?: {
          [key: string]: unknown
        }
        /** What becomes of answers about somebody who is known already */
        match?: unknown
        thanks: {
          title:
            | string
            | {
                en: string
                [key: string]: string
              }
          text?:
            | string
            | {
                en: string
                [key: string]: string
              }
          redirect?: string
        }
      }
    }
    data: Form
  }
  /** Change a location; its hours and holidays are replaced as a whole */
  'locations.update': {
    method: 'PATCH'
    path: '/locations/{id}'
    params: { id: string }
    query: never
    body: {
      name?: string
      /** Made from the name when it is not given */
      code?: string
      /** As a field of type address: an object of its parts, or text */
      address?: unknown
      timeZone?: string
      hours?: OpeningHoursInput
      holidays?: {
        date: string
        name: string
        /** When it is open nevertheless; closed all day unless said. */
        hours?: {
          from: string
          to: string
        }[]
      }[]
      active?: boolean
      position?: number
    }
    data: Location
  }
  /** Change a note template; notes that began with it stay as they are */
  'noteTemplates.update': {
    method: 'PUT'
    path: '/note-templates/{id}'
    params: { id: string }
    query: never
    body: {
      name: string
      body: string
      objects?: string[] | null
    }
    data: NoteTemplate
  }
  /** Change a role; each part that is given is replaced as a whole */
  'roles.update': {
    method: 'PATCH'
    path: '/access/roles/{key}'
    params: { key: string }
    query: never
    body: {
      /** By object slug; * stands for every object that is not named. */
      objects?: {
        [key: string]: ObjectGrantInput
      }
      /** Administrative permissions; * is all of them. */
      admin?: (
        | 'objects'
        | 'users'
        | 'roles'
        | 'templates'
        | 'views'
        | 'automation'
        | 'audit'
        | 'imports'
        | 'settings'
        | '*'
      )[]
      /** How many relations may be followed one after the other. */
      depth?: number | null
      /** Ways over relations that are closed: patients.primary_doctor.department */
      forbiddenPaths?: string[]
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      description?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      position?: number
    }
    data: Role
  }
  /** Change a template of messages */
  'mailTemplates.update': {
    method: 'PUT'
    path: '/mail-templates/{id}'
    params: { id: string }
    query: never
    body: {
      name: string
      folder?: string
      /** Of whose records its merge fields are; null: of none. */
      object?: string | null
      /** `visual`: blocks; `source`: MJML. */
      mode?: 'visual' | 'source'
      /** Whether receivers may end it: the message says how. */
      marketing?: boolean
      content: {
        [key: string]: {
          subject: string
          /** Of the visual editor. */
          blocks?: unknown[]
          /** Of the source. */
          mjml?: string
          /** Made of the HTML where empty. */
          text?: string
        }
      }
    }
    data: MailTemplate
  }
  /** Change a view */
  'views.update': {
    method: 'PATCH'
    path: '/objects/{object}/views/{id}'
    params: { object: string; id: string }
    query: never
    body: {
      key?: string
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      type?: 'table' | 'kanban' | 'calendar' | 'schedule' | 'gallery' | 'timeline'
      filter?: unknown
      sort?: string[] | null
      columns?: string[] | null
      groupBy?: string | null
      /** Replaces all that was set */
      settings?: {
        /** The second grouping of a table */
        thenBy?: string
        /** Of groups by dates; month unless said */
        interval?: 'day' | 'week' | 'month' | 'quarter' | 'year'
        density?: 'compact' | 'normal' | 'tall'
        columnSettings?: {
          field: string
          width?: number
          /** Stays in sight while the table is scrolled sideways */
          pinned?: boolean
          /** At the foot of the table and of each group */
          total?: 'sum' | 'avg' | 'min' | 'max' | 'count'
        }[]
        /** Rows that pass a filter stand out; the first that fits counts */
        colors?: {
          filter: unknown
          color:
            | 'gray'
            | 'red'
            | 'pink'
            | 'grape'
            | 'violet'
            | 'indigo'
            | 'blue'
            | 'cyan'
            | 'teal'
            | 'green'
            | 'lime'
            | 'yellow'
            | 'orange'
        }[]
        /** The field whose values are the lanes of a board and the groups of a timeline */
        laneField?: string
        /** How many cards the columns of a board should hold at most: a warning, no refusal */
        columnLimits?: {
          /** The option; null for the records without one */
          value: string | null
          most: number
        }[]
        /** How much time a timeline shows at once */
        zoom?: 'day' | 'week' | 'month' | 'quarter'
        /** Of a calendar, a schedule and a timeline; the object’s roles unless said */
        dateField?: string
        endField?: string
        /** A user, select or relation field whose values are the columns of a schedule */
        resourceField?: string
        /** The select field whose colours the entries of a calendar wear */
        colorField?: string
        /** Of the cards of a gallery */
        cardFields?: string[]
        /** The picture of a card; initials without one */
        imageField?: string
      }
      visibility?: 'private' | 'everyone' | 'roles'
      /** Keys of the roles that see it, where the visibility is “roles” */
      roles?: string[]
      /** Of a shared view: whether only those who administer views change it */
      locked?: boolean
      /** Keys of the roles for which a shared view opens first */
      defaultFor?: string[]
    }
    data: View
  }
  /** Change how long runs of workflows are kept */
  'workflowRetention.update': {
    method: 'PUT'
    path: '/workflow-retention'
    params: never
    query: never
    body: {
      /** Days for which a run is kept after its end. */
      days: number
      /** Days for which a run that failed is kept: as many, or more. */
      failedDays: number
    }
    data: WorkflowRetention
  }
  /** Change labels, icon, order number prefix or roles of an object */
  'objects.update': {
    method: 'PATCH'
    path: '/objects/{object}'
    params: { object: string }
    query: never
    body: {
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      labelPlural?:
        | string
        | {
            en: string
            [key: string]: string
          }
      description?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      icon?: string
      color?:
        | 'gray'
        | 'red'
        | 'pink'
        | 'grape'
        | 'violet'
        | 'indigo'
        | 'blue'
        | 'cyan'
        | 'teal'
        | 'green'
        | 'lime'
        | 'yellow'
        | 'orange'
        | null
      group?:
        | string
        | {
            en: string
            [key: string]: string
          }
        | null
      numberPrefix?: string
      /** Whether its records belong to locations. */
      located?: boolean
      roles?: {
        title?: string | null
        stage?: string | null
        amount?: string | null
        startsAt?: string | null
        endsAt?: string | null
        dueAt?: string | null
        email?: string | null
        phone?: string | null
      }
      rules?: {
        key: string
        message:
          | string
          | {
              en: string
              [key: string]: string
            }
        when?: unknown
        /** What must hold: a filter, or a CEL formula that gives true or false */
        check: unknown
        /** Where the message stands */
        field?: string | null
        active?: boolean
      }[]
      uniqueKeys?: {
        key: string
        label?:
          | string
          | {
              en: string
              [key: string]: string
            }
          | null
        /** Keys of fields, ownerId or locationId */
        fields: string[]
        ignoreCase?: boolean
        ignoreAccents?: boolean
        ignoreSpaces?: boolean
      }[]
      /** Null: the prefix and six digits */
      numbering?: {
        /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
        pattern: string
        restart?: 'never' | 'year' | 'month'
        perLocation?: boolean
      } | null
    }
    data: Object
  }
  /** Change many records in the same way */
  'records.bulkUpdate': {
    method: 'PATCH'
    path: '/{object}/bulk'
    params: { object: string }
    query: never
    body: {
      ids: string[]
      /** The fields by key, flat */
      updates: {
        [key: string]: unknown
      }
    }
    data: {
      updated: number
      failed: number
      results: {
        index: number
        success: boolean
        id?: string
        recordNumber?: string
        version?: number
        error?: {
          code: string
          message: string
          details?: FieldProblem[]
          /** The record as it stands, where it was changed since the version named */
          current?: Record
        }
      }[]
    }
  }
  /** Change many records, each in its own way */
  'records.updateCells': {
    method: 'PATCH'
    path: '/{object}/bulk/cells'
    params: { object: string }
    query: never
    body: {
      changes: {
        /** Id of the record; each may be named once */
        id: string
        /** The version the change was made on: as If-Match */
        version?: number
        /** The fields by key, flat */
        updates: {
          [key: string]: unknown
        }
      }[]
    }
    data: {
      updated: number
      failed: number
      results: {
        index: number
        success: boolean
        id?: string
        recordNumber?: string
        version?: number
        error?: {
          code: string
          message: string
          details?: FieldProblem[]
          /** The record as it stands, where it was changed since the version named */
          current?: Record
        }
        /** As it is now; absent where the caller does not see it any more */
        record?: Record
        /** Fields that stayed as they were, and why */
        refused?: FieldProblem[]
      }[]
    }
  }
  /** Change name, language, currency, country or time zone */
  'workspace.update': {
    method: 'PATCH'
    path: '/workspace'
    params: never
    query: never
    body: {
      name?: string
      locale?: 'en' | 'es' | 'de'
      currency?: string
      country?: string
      timeZone?: string
    }
    data: Workspace
  }
  /** Change some fields of a record */
  'records.update': {
    method: 'PATCH'
    path: '/{object}/{id}'
    params: { object: string; id: string }
    query: never
    body: {
      [key: string]: unknown
    }
    data: Record
  }
  /** Change the label and the stages of a pipeline */
  'pipelines.update': {
    method: 'PATCH'
    path: '/objects/{object}/pipelines/{key}'
    params: { object: string; key: string }
    query: never
    body: {
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      /** The whole list in its order; what a stage does not name stays as it is */
      stages?: {
        value: string
        label?:
          | string
          | {
              en: string
              [key: string]: string
            }
        color?:
          | 'gray'
          | 'red'
          | 'pink'
          | 'grape'
          | 'violet'
          | 'indigo'
          | 'blue'
          | 'cyan'
          | 'teal'
          | 'green'
          | 'lime'
          | 'yellow'
          | 'orange'
          | null
        kind?: 'open' | 'won' | 'lost'
        probability?: number | null
        /** Fields that must have a value when a record enters */
        requires?: string[] | null
        /** Dates with a time that are filled with now when a record moves here, where they are empty */
        moments?: string[] | null
        /** Stages that may come next; null: any */
        moves?: string[] | null
        checklist?:
          | {
              key: string
              label:
                | string
                | {
                    en: string
                    [key: string]: string
                  }
              /** Whether it must be done before a record leaves, unless it is lost */
              required?: boolean
            }[]
          | null
        reasons?: {
          required?: boolean
          options: {
            value: string
            label?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            color?:
              | 'gray'
              | 'red'
              | 'pink'
              | 'grape'
              | 'violet'
              | 'indigo'
              | 'blue'
              | 'cyan'
              | 'teal'
              | 'green'
              | 'lime'
              | 'yellow'
              | 'orange'
              | null
          }[]
        } | null
        /** Records that are here longer are rotting */
        rottingDays?: number | null
      }[]
      /** Where the records of stages that are no more go: a stage, or null for none */
      replace?: {
        [key: string]: string | null
      }
    }
    data: Object
  }
  /** Change the rule of a network */
  'networks.update': {
    method: 'PATCH'
    path: '/networks/{id}'
    params: { id: string }
    query: never
    body: {
      /** CIDR: 203.0.113.0/24, 2001:db8::/32; a single address stands for itself */
      network?: string
      comment?: string | null
      active?: boolean
      locationId?: string | null
    }
    data: NetworkRule
  }
  /** Change the rules of signing in */
  'security.update': {
    method: 'PATCH'
    path: '/security'
    params: never
    query: never
    body: {
      /** Minutes without a request after which people are signed out; null for never. */
      idleMinutes?: number | null
      /** Roles whose members need a second factor. */
      requireSecondFactor?: string[]
    }
    data: {
      /** Minutes without a request after which people are signed out; null for never. */
      idleMinutes: number | null
      /** Roles whose members need a second factor. */
      requireSecondFactor: string[]
    }
  }
  /** Change the rules; what they find is looked for by a job */
  'duplicates.change': {
    method: 'PUT'
    path: '/objects/{object}/duplicates'
    params: { object: string }
    query: never
    body: {
      active?: boolean
      /** From how sure on two records are offered */
      threshold?: number
      /** Null: such as the fields suggest */
      rules?:
        | {
            key: string
            /** How sure it makes by itself, in percent */
            weight: number
            parts: {
              field: string
              compare: 'exact' | 'normalised' | 'similar' | 'domain'
            }[]
          }[]
        | null
    }
    data: DuplicateSettings
  }
  /** Change what is said of a published template, or take it from the offer */
  'installation.changeTemplate': {
    method: 'PATCH'
    path: '/installation/templates/{slug}'
    params: { slug: string }
    query: never
    body: {
      name?: {
        en: string
        [key: string]: string
      }
      description?: {
        en: string
        [key: string]: string
      }
      highlights?: {
        en: string
        [key: string]: string
      }[]
      retired?: boolean
    }
    data: InstallationTemplate
  }
  /** Change what one follows without a choice */
  'following.change': {
    method: 'PATCH'
    path: '/following/settings'
    params: never
    query: never
    body: {
      owned?: boolean
      created?: boolean
    }
    data: FollowSettings
  }
  /** Change what one wishes to be told of, and how */
  'notifications.prefer': {
    method: 'PATCH'
    path: '/notifications/preferences'
    params: never
    query: never
    body: {
      kinds?: {
        mention?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        assigned?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        answered?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        moved?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        noted?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        commented?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        changed?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        reminder?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        workflow?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        job_ended?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
        invitation_accepted?: {
          page?: boolean
          mail?: 'at_once' | 'hourly' | 'daily' | 'never'
        }
      }
      dailyAt?: string
    }
    data: NotificationPreferences
  }
  /** Change what your calendar shows to who knows its address */
  'calendarFeed.update': {
    method: 'PATCH'
    path: '/calendar-feed'
    params: never
    query: never
    body: {
      tasks: boolean
    }
    data: CalendarFeed
  }
  /** Change when a dashboard goes out by mail */
  'dashboards.changePlan': {
    method: 'PATCH'
    path: '/dashboards/{id}/schedules/{scheduleId}'
    params: { id: string; scheduleId: string }
    query: never
    body: {
      frequency?: 'daily' | 'weekly' | 'monthly'
      /** Of weekly mails: 1 is Monday, which it is unless said */
      weekday?: number
      /** Of monthly mails: the last day of shorter months; 1 unless said */
      dayOfMonth?: number
      /** On the workspace’s clock */
      hour?: number
      minute?: 0 | 15 | 30 | 45
      /** The dashboard’s own unless said */
      range?: DashboardRange | null
      /** Without an object one narrows every widget whose object knows the fields that it names */
      filters?: {
        object?: string
        filter: unknown
      }[]
      /** User ids of members: each gets the figures that they may see */
      receivers?: string[]
      active?: boolean
    }
    data: DashboardSchedule
  }
  /** Change your own name, language or time zone */
  'auth.updateMe': {
    method: 'PATCH'
    path: '/auth/me'
    params: never
    query: never
    body: {
      name?: string
      locale?: 'en' | 'es' | 'de'
      timeZone?: string
    }
    data: {
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
      roles: string[]
      /** After so many minutes without a request the session ends. */
      idleMinutes: number | null
    }
  }
  /** Change your own password */
  'auth.changePassword': {
    method: 'POST'
    path: '/auth/password'
    params: never
    query: never
    body: {
      currentPassword: string
      newPassword: string
    }
    data: undefined
  }
  /** Change, delete, restore or remove many records */
  'bulk.start': {
    method: 'POST'
    path: '/{object}/bulk/jobs'
    params: { object: string }
    query: never
    body: {
      /** `restore` and `purge` choose from the trash; `purge` removes for good. */
      action: 'update' | 'delete' | 'restore' | 'purge'
      ids?: string[]
      /** The filter language, as for lists */
      filter?: unknown
      /** Words that must all be found in the record */
      search?: string
      /** Every record of the object */
      all?: true
      /** New values by key; `ownerId`, `locationId` and `stage` among them */
      updates?: {
        [key: string]: unknown
      }
      /** What lists gain: options, tags, links */
      add?: {
        [key: string]: unknown[]
      }
      /** What lists lose */
      remove?: {
        [key: string]: unknown[]
      }
    }
    data: AcceptedBulkChange
  }
  /** Changes of the workspace’s shape, the latest first */
  'versions.list': {
    method: 'GET'
    path: '/workspace/versions'
    params: never
    query: { object?: string; cursor?: number; limit?: number }
    body: never
    data: MetadataVersion[]
    pagination: CursorPagination
  }
  /** Check a file of translations and take what fits */
  'translations.import': {
    method: 'POST'
    path: '/workspace/translations/file'
    params: never
    query: never
    body: {
      locale: string
      format: 'csv' | 'json'
      content: string
      /** Only checks */
      dryRun?: boolean
    }
    data: {
      dryRun: boolean
      changed: number
      unchanged: number
      problems: {
        line: number
        id: string
        message: string
      }[]
    }
  }
  /** Check a formula, and work it out for a record */
  'formulas.check': {
    method: 'POST'
    path: '/objects/{object}/formulas/check'
    params: { object: string }
    query: never
    body: {
      expression: string
      /** What its values are to be; worked out unless named. */
      resultType?:
        | 'text'
        | 'longtext'
        | 'richtext'
        | 'number'
        | 'integer'
        | 'money'
        | 'percent'
        | 'boolean'
        | 'date'
        | 'datetime'
        | 'time'
        | 'duration'
        | 'select'
        | 'multiselect'
        | 'tags'
        | 'email'
        | 'phone'
        | 'url'
        | 'address'
        | 'user'
        | 'relation'
        | 'file'
        | 'rating'
        | 'checklist'
        | 'autonumber'
        | 'formula'
        | 'lookup'
        | 'rollup'
        | 'json'
      /** For amounts that name none. */
      currency?: string
      /** The record to work it out for. */
      recordId?: string
      /** The field that is being changed. */
      key?: string
    }
    data: FormulaCheck
  }
  /** Choose a new password with the link that was sent */
  'auth.resetPassword': {
    method: 'POST'
    path: '/auth/password/reset'
    params: never
    query: never
    body: {
      /** What stands behind the # of the link. */
      token: string
      newPassword: string
    }
    data: undefined
  }
  /** Claim a domain for the workspace */
  'domain.set': {
    method: 'PUT'
    path: '/workspace/domain'
    params: never
    query: never
    body: {
      domain: string
    }
    data: WorkspaceDomain
  }
  /** Comment on a record or on one of its notes */
  'comments.add': {
    method: 'POST'
    path: '/{object}/{id}/comments'
    params: { object: string; id: string }
    query: never
    body: {
      /** The note that is commented on; none for the record. */
      noteId?: string
      body: string
    }
    data: Comment
  }
  /** Compare all records of an object */
  'duplicates.scan': {
    method: 'POST'
    path: '/{object}/duplicates/scan'
    params: { object: string }
    query: never
    body: never
    data: AcceptedJob
  }
  /** Confirm an e-mail address with the link that was sent to it */
  'auth.verifyEmail': {
    method: 'POST'
    path: '/auth/verify'
    params: never
    query: never
    body: {
      /** What stands behind the # of the link. */
      token: string
    }
    data: {
      email: string
    }
  }
  /** Confirm that it is still you */
  'auth.stepUp': {
    method: 'POST'
    path: '/auth/step-up'
    params: never
    query: never
    body: {
      password?: string
      /** Six digits, or a backup code. */
      otp?: string
    }
    data: undefined
  }
  /** Confirm the second factor with a first code */
  'auth.confirmSecondFactor': {
    method: 'POST'
    path: '/auth/mfa/confirm'
    params: never
    query: never
    body: {
      /** Six digits, or a backup code. */
      otp: string
    }
    data: {
      /** Each signs in once in place of a code. Shown this once. */
      backupCodes: string[]
    }
  }
  /** Copy a workflow, or its draft; the copy is off */
  'workflows.duplicate': {
    method: 'POST'
    path: '/workflows/{id}/duplicate'
    params: { id: string }
    query: never
    body: {
      label?:
        | string
        | {
            [key: string]: string
          }
    }
    data: WorkflowDetail
  }
  /** Count records */
  'records.count': {
    method: 'POST'
    path: '/{object}/count'
    params: { object: string }
    query: never
    body: {
      filter?: Filter
      /** Words that must all be found in the record */
      search?: string
      /** The trash instead of the living records */
      deleted?: boolean
    }
    data: {
      count: number
    }
  }
  /** Count that a form is looked at, or begun */
  'forms.note': {
    method: 'POST'
    path: '/forms/{id}/noted'
    params: { id: string }
    query: never
    body: {
      what: 'seen' | 'begun'
    }
    data: undefined
  }
  /** Count that a published form is looked at, or begun */
  'forms.notePublic': {
    method: 'POST'
    path: '/public-forms/{address}/noted'
    params: { address: string }
    query: never
    body: {
      what: 'seen' | 'begun'
    }
    data: undefined
  }
  /** Count the records that break the rules of an object, or drafts of rules */
  'objects.checkRules': {
    method: 'POST'
    path: '/objects/{object}/rules/check'
    params: { object: string }
    query: never
    body: {
      rules?: {
        key: string
        message:
          | string
          | {
              en: string
              [key: string]: string
            }
        when?: unknown
        /** What must hold: a filter, or a CEL formula that gives true or false */
        check: unknown
        /** Where the message stands */
        field?: string | null
        active?: boolean
      }[]
    }
    data: BrokenRule[]
  }
  /** Count, sum and average, grouped */
  'records.aggregate': {
    method: 'POST'
    path: '/{object}/aggregate'
    params: { object: string }
    query: never
    body: {
      filter?: Filter
      search?: string
      groupBy?: (
        | string
        | {
            field: string
            interval?: 'day' | 'week' | 'month' | 'quarter' | 'year'
          }
      )[]
      measures?: {
        op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
        field?: string
      }[]
      /** What comes first: names of groups and measures such as -count or sum(amount), a minus sorts downwards */
      sort?: string[]
      /** Groups at the most; `meta.truncated` says that there are more */
      limit?: number
    }
    data: {
      [key: string]: unknown
    }[]
    pagination?: CursorPagination
  }
  /** Create a record */
  'records.create': {
    method: 'POST'
    path: '/{object}'
    params: { object: string }
    query: never
    body: {
      [key: string]: unknown
    }
    data: Record
  }
  /** Create many records; each stands for itself */
  'records.bulkCreate': {
    method: 'POST'
    path: '/{object}/bulk'
    params: { object: string }
    query: never
    body: {
      records: {
        [key: string]: unknown
      }[]
    }
    data: {
      created: number
      failed: number
      results: {
        index: number
        success: boolean
        id?: string
        recordNumber?: string
        version?: number
        error?: {
          code: string
          message: string
          details?: FieldProblem[]
          /** The record as it stands, where it was changed since the version named */
          current?: Record
        }
      }[]
    }
  }
  /** Dashboards that the caller may look at */
  'dashboards.list': {
    method: 'GET'
    path: '/dashboards'
    params: never
    query: never
    body: never
    data: DashboardSummary[]
  }
  /** Decline an invitation */
  'invitations.decline': {
    method: 'POST'
    path: '/auth/invitations/decline'
    params: never
    query: never
    body: {
      /** What stands behind the # of the link. */
      token: string
    }
    data: undefined
  }
  /** Delete a comment of one’s own */
  'comments.delete': {
    method: 'DELETE'
    path: '/{object}/{id}/comments/{commentId}'
    params: { object: string; id: string; commentId: string }
    query: never
    body: never
    data: undefined
  }
  /** Delete a form; the records it made stay */
  'forms.remove': {
    method: 'DELETE'
    path: '/forms/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Delete a location that nothing belongs to */
  'locations.delete': {
    method: 'DELETE'
    path: '/locations/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Delete a note template; notes that began with it stay as they are */
  'noteTemplates.delete': {
    method: 'DELETE'
    path: '/note-templates/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Delete a template of messages; what was sent stays as it was */
  'mailTemplates.delete': {
    method: 'DELETE'
    path: '/mail-templates/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Delete the rule of a network */
  'networks.delete': {
    method: 'DELETE'
    path: '/networks/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** End all your sessions but this one */
  'sessions.endOthers': {
    method: 'POST'
    path: '/auth/sessions/end-others'
    params: never
    query: never
    body: never
    data: {
      ended: number
    }
  }
  /** End one of your sessions */
  'sessions.end': {
    method: 'DELETE'
    path: '/auth/sessions/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** End the address by which a workflow is called from outside */
  'workflows.removeAddress': {
    method: 'DELETE'
    path: '/workflows/{id}/webhook-address'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** End the address of your calendar */
  'calendarFeed.remove': {
    method: 'DELETE'
    path: '/calendar-feed'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** End the marketing that goes to one’s own address */
  'mailSuppressions.end': {
    method: 'POST'
    path: '/mail-suppressions/end'
    params: never
    query: never
    body: {
      token: string
    }
    data: undefined
  }
  /** End the session */
  'auth.logout': {
    method: 'POST'
    path: '/auth/logout'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Erase a file that is in the trash, with all its versions */
  'files.erase': {
    method: 'POST'
    path: '/files/{id}/erase'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Everything that a member may do, and which role or exception says so */
  'access.effective': {
    method: 'GET'
    path: '/access/members/{userId}/effective'
    params: { userId: string }
    query: never
    body: never
    data: EffectiveAccess
  }
  /** Exchange a refresh token for a new pair of tokens */
  'auth.refresh': {
    method: 'POST'
    path: '/auth/refresh'
    params: never
    query: never
    body: {
      refreshToken?: string
    }
    data: {
      /** Left out for the web page, which gets cookies. */
      accessToken?: string
      /** Left out for the web page, which gets cookies. */
      refreshToken?: string
      /** Seconds that the access token lasts. */
      expiresIn: number
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
    }
  }
  /** Export a list as CSV, XLSX or JSON */
  'exports.stream': {
    method: 'GET'
    path: '/{object}/export'
    params: { object: string }
    query: {
      format?: 'csv' | 'xlsx' | 'json'
      filter?: unknown
      search?: string
      sort?: string[]
      fields?: string[]
      deleted?: boolean
    }
    body: never
    data: Blob
  }
  /** Export a list as a file to fetch later */
  'exports.start': {
    method: 'POST'
    path: '/{object}/export'
    params: { object: string }
    query: never
    body: {
      format?: 'csv' | 'xlsx' | 'json'
      /** The filter language, as for lists */
      filter?: unknown
      search?: string
      /** createdAt unless said */
      sort?: string[]
      /** Columns in this order; all that the caller sees unless said */
      fields?: string[]
      /** The trash instead of the living records */
      deleted?: boolean
    }
    data: AcceptedJob
  }
  /** Export a list, the query in the body */
  'exports.query': {
    method: 'POST'
    path: '/{object}/export/file'
    params: { object: string }
    query: never
    body: {
      format?: 'csv' | 'xlsx' | 'json'
      /** The filter language, as for lists */
      filter?: unknown
      search?: string
      /** createdAt unless said */
      sort?: string[]
      /** Columns in this order; all that the caller sees unless said */
      fields?: string[]
      /** The trash instead of the living records */
      deleted?: boolean
    }
    data: Blob
  }
  /** Fields that were taken out of sight */
  'fields.retired': {
    method: 'GET'
    path: '/objects/{object}/fields/retired'
    params: { object: string }
    query: never
    body: never
    data: {
      key: string
      label: string
      type: string
    }[]
  }
  /** Follow a record */
  'following.follow': {
    method: 'PUT'
    path: '/{object}/{id}/follow'
    params: { object: string; id: string }
    query: never
    body: never
    data: Followers
  }
  /** Follow a record no more, also where it is one’s own */
  'following.unfollow': {
    method: 'DELETE'
    path: '/{object}/{id}/follow'
    params: { object: string; id: string }
    query: never
    body: never
    data: undefined
  }
  /** Forms of the workspace, with what became of them in the last 30 days */
  'forms.list': {
    method: 'GET'
    path: '/forms'
    params: never
    query: never
    body: never
    data: Form[]
  }
  /** Get a secret for an authenticator app */
  'auth.enrolSecondFactor': {
    method: 'POST'
    path: '/auth/mfa/enrol'
    params: never
    query: never
    body: never
    data: {
      secret: string
      /** otpauth://…, to be drawn as a QR code. */
      uri: string
    }
  }
  /** Get no more mails of notifications */
  'notifications.unsubscribe': {
    method: 'POST'
    path: '/notifications/unsubscribe'
    params: never
    query: never
    body: {
      token: string
    }
    data: undefined
  }
  /** Get ten new backup codes in place of the old ones */
  'auth.renewBackupCodes': {
    method: 'POST'
    path: '/auth/mfa/backup-codes'
    params: never
    query: never
    body: never
    data: {
      /** Each signs in once in place of a code. Shown this once. */
      backupCodes: string[]
    }
  }
  /** Give a field another key; all that names it follows */
  'fields.rename': {
    method: 'POST'
    path: '/objects/{object}/fields/{key}/rename'
    params: { object: string; key: string }
    query: never
    body: {
      name: string
    }
    data: Object
  }
  /** Give a field another type */
  'fields.convert': {
    method: 'POST'
    path: '/objects/{object}/fields/{key}/convert'
    params: { object: string; key: string }
    query: never
    body: {
      type:
        | 'text'
        | 'longtext'
        | 'richtext'
        | 'number'
        | 'integer'
        | 'money'
        | 'percent'
        | 'boolean'
        | 'date'
        | 'datetime'
        | 'time'
        | 'duration'
        | 'select'
        | 'multiselect'
        | 'tags'
        | 'email'
        | 'phone'
        | 'url'
        | 'address'
        | 'user'
        | 'relation'
        | 'file'
        | 'rating'
        | 'checklist'
        | 'autonumber'
        | 'formula'
        | 'lookup'
        | 'rollup'
        | 'json'
      options?: {
        value: string
        label?: string
      }[]
      currency?: string
      dryRun?: boolean
    }
    data: FieldConversion
  }
  /** Give a member these roles and no others */
  'access.setRoles': {
    method: 'PUT'
    path: '/access/members/{userId}/roles'
    params: { userId: string }
    query: never
    body: {
      roles: {
        key: string
        locationId?: string | null
      }[]
    }
    data: MemberAccessDetail
  }
  /** Give a workspace another plan */
  'installation.setPlan': {
    method: 'PUT'
    path: '/installation/workspaces/{id}/plan'
    params: { id: string }
    query: never
    body: {
      plan: 'starter' | 'professional' | 'business' | 'enterprise' | 'unlimited'
      trialEndsAt?: string | null
    }
    data: InstallationWorkspace
  }
  /** Give an object another slug; all that names it follows */
  'objects.rename': {
    method: 'POST'
    path: '/objects/{object}/rename'
    params: { object: string }
    query: never
    body: {
      name: string
    }
    data: Object
  }
  /** Give the workspace the shape of an industry */
  'templates.apply': {
    method: 'POST'
    path: '/workspace/template'
    params: never
    query: never
    body: {
      /** The slug of one that is offered, or a file. */
      template: unknown
      sampleData?: boolean
    }
    data: Workspace
  }
  /** Give up an upload */
  'files.abandon': {
    method: 'DELETE'
    path: '/file-uploads/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Give up the address to which you can forward mail */
  'mailAddress.remove': {
    method: 'DELETE'
    path: '/mail-address'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Give up the workspace’s own domain */
  'domain.remove': {
    method: 'DELETE'
    path: '/workspace/domain'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Go on with a job that was cancelled or failed, from where it stood */
  'jobs.resume': {
    method: 'POST'
    path: '/jobs/{id}/resume'
    params: { id: string }
    query: never
    body: never
    data: Job
  }
  /** Go to another workspace */
  'auth.switchWorkspace': {
    method: 'POST'
    path: '/auth/switch'
    params: never
    query: never
    body: {
      /** Slug or id of the workspace. */
      tenant: string
    }
    data: {
      /** Left out for the web page, which gets cookies. */
      accessToken?: string
      /** Left out for the web page, which gets cookies. */
      refreshToken?: string
      /** Seconds that the access token lasts. */
      expiresIn: number
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
    }
  }
  /** Grant or deny one person a single thing */
  'access.addException': {
    method: 'POST'
    path: '/access/members/{userId}/exceptions'
    params: { userId: string }
    query: never
    body: unknown
    data: AccessException
  }
  /** How far a job has come */
  'jobs.get': {
    method: 'GET'
    path: '/jobs/{id}'
    params: { id: string }
    query: never
    body: never
    data: Job
  }
  /** How many comments records have */
  'comments.count': {
    method: 'GET'
    path: '/{object}/comments/counts'
    params: { object: string }
    query: { ids: string }
    body: never
    data: {
      [key: string]: number
    }
  }
  /** How many notifications are unread */
  'notifications.unread': {
    method: 'GET'
    path: '/notifications/unread'
    params: never
    query: never
    body: never
    data: UnreadCount
  }
  /** How many sample records there are, and how many of them people have touched */
  'samples.count': {
    method: 'GET'
    path: '/workspace/samples'
    params: never
    query: never
    body: never
    data: {
      total: number
      touched: number
    }
  }
  /** How much of an upload is there */
  'files.uploaded': {
    method: 'GET'
    path: '/file-uploads/{id}'
    params: { id: string }
    query: never
    body: never
    data: FileUpload
  }
  /** How often a form was looked at, begun, sent and refused, by day */
  'forms.figures': {
    method: 'GET'
    path: '/forms/{id}/figures'
    params: { id: string }
    query: { days?: number }
    body: never
    data: FormDay[]
  }
  /** How often a workflow ran in the last 30 days, and where its runs wait */
  'workflows.figures': {
    method: 'GET'
    path: '/workflows/{id}/figures'
    params: { id: string }
    query: never
    body: never
    data: WorkflowFigures
  }
  /** How the navigation is arranged, for everybody and for single roles */
  'navigation.get': {
    method: 'GET'
    path: '/workspace/navigation'
    params: never
    query: never
    body: never
    data: Navigation
  }
  /** Import a CSV, XLSX or JSON file */
  'imports.start': {
    method: 'POST'
    path: '/{object}/import'
    params: { object: string }
    query: never
    body: {
      [key: string]: unknown
    }
    data: AcceptedJob
  }
  /** In which sections the fields of an object stand, for everybody and for single roles */
  'layouts.get': {
    method: 'GET'
    path: '/objects/{object}/layout'
    params: { object: string }
    query: never
    body: never
    data: Layout
  }
  /** Invite somebody by e-mail */
  'invitations.create': {
    method: 'POST'
    path: '/members/invitations'
    params: never
    query: never
    body: {
      email: string
      roles: string[]
      locations?: string[]
    }
    data: Invitation
  }
  /** Invite the attendees of a meeting by mail, or tell them what has changed */
  'meetings.invite': {
    method: 'POST'
    path: '/{object}/{id}/invitations'
    params: { object: string; id: string }
    query: never
    body: never
    data: MeetingInvitations
  }
  /** Keep a file that is to become an object of its own */
  'uploads.create': {
    method: 'POST'
    path: '/uploads'
    params: never
    query: never
    body: {
      [key: string]: unknown
    }
    data: Upload
  }
  /** Keep a template of messages */
  'mailTemplates.create': {
    method: 'POST'
    path: '/mail-templates'
    params: never
    query: never
    body: {
      name: string
      folder?: string
      /** Of whose records its merge fields are; null: of none. */
      object?: string | null
      /** `visual`: blocks; `source`: MJML. */
      mode?: 'visual' | 'source'
      /** Whether receivers may end it: the message says how. */
      marketing?: boolean
      content: {
        [key: string]: {
          subject: string
          /** Of the visual editor. */
          blocks?: unknown[]
          /** Of the source. */
          mjml?: string
          /** Made of the HTML where empty. */
          text?: string
        }
      }
    }
    data: MailTemplate
  }
  /** Keep a text that notes can begin with */
  'noteTemplates.create': {
    method: 'POST'
    path: '/note-templates'
    params: never
    query: never
    body: {
      name: string
      body: string
      objects?: string[] | null
    }
    data: NoteTemplate
  }
  /** Keep a workflow as it is being built */
  'workflows.saveDraft': {
    method: 'PUT'
    path: '/workflows/{id}/draft'
    params: { id: string }
    query: never
    body: {
      definition: WorkflowDefinitionInput
    }
    data: WorkflowDraft
  }
  /** Leave the workspace */
  'auth.leave': {
    method: 'POST'
    path: '/auth/leave'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Let a deactivated member in again */
  'members.reactivate': {
    method: 'POST'
    path: '/members/{id}/reactivate'
    params: { id: string }
    query: never
    body: never
    data: Member
  }
  /** Let a run do its steps again */
  'workflowRuns.replay': {
    method: 'POST'
    path: '/workflow-runs/{id}/replay'
    params: { id: string }
    query: never
    body: {
      fromPath?: string
      version?: 'own' | 'latest'
    }
    data: WorkflowRun
  }
  /** Let calendars name protected records and the people in them, or not */
  'calendarFeed.allowNames': {
    method: 'PATCH'
    path: '/workspace/calendar-feeds'
    params: never
    query: never
    body: {
      names: boolean
    }
    data: {
      names: boolean
    }
  }
  /** Link two records, or change what is said of their link */
  'records.link': {
    method: 'PUT'
    path: '/{object}/{id}/links/{relation}/{otherId}'
    params: { object: string; id: string; relation: string; otherId: string }
    query: never
    body: {
      /** What the link says of itself, by key; null clears one, what is not named stays */
      attributes?: {
        [key: string]: unknown
      }
      /** Marks the link; the one that had the mark loses it */
      primary?: boolean
    }
    data: undefined
  }
  /** List API keys, the latest first */
  'keys.list': {
    method: 'GET'
    path: '/api-keys'
    params: never
    query: never
    body: never
    data: ApiKey[]
  }
  /** List addresses that are written to no more, the latest first */
  'mailSuppressions.list': {
    method: 'GET'
    path: '/mail-suppressions'
    params: never
    query: { search?: string; page?: number; limit?: number }
    body: never
    data: MailSuppression[]
    pagination: PagePagination
  }
  /** List changes of many records, the latest first */
  'bulk.list': {
    method: 'GET'
    path: '/bulk-jobs'
    params: never
    query: { object?: string }
    body: never
    data: BulkChange[]
  }
  /** List imports, the latest first */
  'imports.list': {
    method: 'GET'
    path: '/imports'
    params: never
    query: never
    body: never
    data: Import[]
  }
  /** List invitations, the latest first */
  'invitations.list': {
    method: 'GET'
    path: '/members/invitations'
    params: never
    query: never
    body: never
    data: Invitation[]
  }
  /** List outgoing messages, the latest first */
  'outbox.list': {
    method: 'GET'
    path: '/outbox'
    params: never
    query: {
      scope?: 'workspace' | 'installation'
      state?: 'kept' | 'queued' | 'sending' | 'sent' | 'failed'
      page?: number
      limit?: number
    }
    body: never
    data: OutgoingMessage[]
    pagination: PagePagination
  }
  /** List records */
  'records.list': {
    method: 'GET'
    path: '/{object}'
    params: { object: string }
    query: {
      filter?: Filter
      search?: string
      deleted?: boolean
      sort?: string[]
      fields?: string[]
      include?: string[]
      limit?: number
      page?: number
      cursor?: string
    }
    body: never
    data: Record[]
    pagination: PagePagination | CursorPagination
  }
  /** List records, the query in the body */
  'records.query': {
    method: 'POST'
    path: '/{object}/query'
    params: { object: string }
    query: never
    body: {
      filter?: Filter
      /** Words that must all be found in the record */
      search?: string
      /** The trash instead of the living records */
      deleted?: boolean
      /** Field keys, a minus sorts downwards; -createdAt unless said */
      sort?: string[]
      /** Only these attributes; id, object and version always */
      fields?: string[]
      /** Relations to expand: primary_doctor, account.contacts */
      include?: string[]
      limit?: number
      /** Page mode; not with cursor */
      page?: number
      /** Cursor mode; empty starts */
      cursor?: string
    }
    data: Record[]
    pagination: PagePagination | CursorPagination
  }
  /** List the files of a record */
  'files.list': {
    method: 'GET'
    path: '/{object}/{id}/files'
    params: { object: string; id: string }
    query: { deleted?: string }
    body: never
    data: RecordFile[]
  }
  /** List the files of several records */
  'files.ofRecords': {
    method: 'GET'
    path: '/{object}/files'
    params: { object: string }
    query: { ids: string }
    body: never
    data: RecordFile[]
  }
  /** List the locations of the workspace */
  'locations.list': {
    method: 'GET'
    path: '/locations'
    params: never
    query: never
    body: never
    data: Location[]
  }
  /** List the networks that people may come from, and the caller’s own address */
  'networks.list': {
    method: 'GET'
    path: '/networks'
    params: never
    query: never
    body: never
    data: {
      address: string | null
      rules: NetworkRule[]
    }
  }
  /** List the workspaces that you may go to, the one used last first */
  'auth.workspaces': {
    method: 'GET'
    path: '/auth/workspaces'
    params: never
    query: never
    body: never
    data: {
      id: string
      name: string
      slug: string
      current: boolean
      lastUsedAt: string | null
    }[]
  }
  /** List who is invited to a meeting, and what they answered */
  'meetings.invitations': {
    method: 'GET'
    path: '/{object}/{id}/invitations'
    params: { object: string; id: string }
    query: never
    body: never
    data: MeetingInvitations
  }
  /** List who is or was a member of the workspace */
  'members.list': {
    method: 'GET'
    path: '/members'
    params: never
    query: { status?: 'active' | 'deactivated' | 'left'; kind?: 'person' | 'service' }
    body: never
    data: Member[]
  }
  /** List your sessions, the one used last first */
  'sessions.list': {
    method: 'GET'
    path: '/auth/sessions'
    params: never
    query: never
    body: never
    data: {
      id: string
      current: boolean
      workspace: {
        id: string
        name: string
      }
      device: {
        browser: string | null
        system: string | null
        kind: 'desktop' | 'mobile' | 'tablet' | 'program'
      }
      ip: string | null
      createdAt: string
      /** To the minute. */
      lastUsedAt: string
      expiresAt: string
    }[]
  }
  /** Load the sample records of the template */
  'samples.load': {
    method: 'POST'
    path: '/workspace/samples'
    params: never
    query: never
    body: never
    data: {
      loaded: number
    }
  }
  /** Look at a file before importing it */
  'imports.preview': {
    method: 'POST'
    path: '/{object}/import/preview'
    params: { object: string }
    query: never
    body: {
      [key: string]: unknown
    }
    data: ImportPreview
  }
  /** Look at the invitation that a link is for */
  'invitations.view': {
    method: 'POST'
    path: '/auth/invitations/view'
    params: never
    query: never
    body: {
      /** What stands behind the # of the link. */
      token: string
    }
    data: {
      workspace: {
        name: string
      }
      email: string
      /** What the roles are called. */
      roles: string[]
      invitedBy: string | null
      /** Whether the address has an account already. */
      account: 'new' | 'existing'
      expiresAt: string
    }
  }
  /** Look for the record that shows that the domain is yours */
  'domain.verify': {
    method: 'POST'
    path: '/workspace/domain/verify'
    params: never
    query: never
    body: never
    data: WorkspaceDomain
  }
  /** Make a copy of a dashboard */
  'dashboards.duplicate': {
    method: 'POST'
    path: '/dashboards/{id}/duplicate'
    params: { id: string }
    query: never
    body: {
      label?:
        | string
        | {
            en: string
            [key: string]: string
          }
      visibility?: 'private' | 'everyone'
    }
    data: Dashboard
  }
  /** Make a copy of a form, which is closed and has an address of its own */
  'forms.duplicate': {
    method: 'POST'
    path: '/forms/{id}/duplicate'
    params: { id: string }
    query: never
    body: {
      name: string
    }
    data: Form
  }
  /** Make a dashboard */
  'dashboards.create': {
    method: 'POST'
    path: '/dashboards'
    params: never
    query: never
    body: {
      label:
        | string
        | {
            en: string
            [key: string]: string
          }
      visibility?: 'private' | 'everyone' | 'roles'
      /** Keys of the roles that see it, where the visibility is “roles” */
      roles?: string[]
      /** Keys of the roles for which a shared one opens first */
      defaultFor?: string[]
      /** What it shows unless somebody asks for another range */
      range?: DashboardRange | null
      /** Without an object one narrows every widget whose object knows the fields that it names */
      filters?: {
        object?: string
        filter: unknown
      }[]
      widgets: {
        key: string
        type:
          | 'metric'
          | 'chart'
          | 'heatmap'
          | 'pivot'
          | 'table'
          | 'leaderboard'
          | 'goal'
          | 'recent'
          | 'pipeline'
          | 'calendar'
          | 'tasks'
          | 'text'
        /** All but texts and tasks are about one */
        object?: string
        /** On a grid of twelve columns */
        position: {
          x: number
          y: number
          w: number
          h: number
        }
        /** The count of records unless said */
        measure?: {
          op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
          field?: string
        }
        /** Of tables and pivots */
        measures?: {
          op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
          field?: string
        }[]
        /** The filter language */
        filter?: unknown
        period?: {
          /** The date that ranges apply to; the one that is grouped by unless said */
          field?: string
          range?: DashboardRange
          /** The range of the whole dashboard does not apply */
          fixed?: boolean
        }
        compare?: 'previous' | 'lastYear'
        sparkline?: 'day' | 'week' | 'month'
        groupBy?: {
          field: string
          /** Of dates only; month unless said */
          interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
        }
        /** The series of a chart, the columns of a pivot or a heat map */
        thenBy?: {
          field: string
          /** Of dates only; month unless said */
          interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
        }
        chart?: 'bar' | 'line' | 'area' | 'pie' | 'funnel'
        stacked?: boolean
        /** Of a goal; of money in whole units of the workspace’s currency */
        target?: number
        fields?: string[]
        sort?: string[]
        limit?: number
        icon?: string
        color?:
          | 'gray'
          | 'red'
          | 'pink'
          | 'grape'
          | 'violet'
          | 'indigo'
          | 'blue'
          | 'cyan'
          | 'teal'
          | 'green'
          | 'lime'
          | 'yellow'
          | 'orange'
        title:
          | string
          | {
              en: string
              [key: string]: string
            }
        text?:
          | string
          | {
              en: string
              [key: string]: string
            }
      }[]
    }
    data: Dashboard
  }
  /** Make a form; it is open once it is published */
  'forms.create': {
    method: 'POST'
    path: '/forms'
    params: never
    query: never
    body: {
      name: string
      /** Slug of the object whose records it makes */
      object: string
      audience?: 'public' | 'internal'
      definition: {
        title:
          | string
          | {
              en: string
              [key: string]: string
            }
        intro?:
          | string
          | {
              en: string
              [key: string]: string
            }
        submit?:
          | string
          | {
              en: string
              [key: string]: string
            }
        steps: {
          id: string
          title?:
            | string
            | {
                en: string
                [key: string]: string
              }
          questions: unknown[]
        }[]
        /** Set in every record that the form makes */
        values?: {
          [key: string]: unknown
        }
        /** What becomes of answers about somebody who is known already */
        match?: unknown
        thanks: {
          title:
            | string
            | {
                en: string
                [key: string]: string
              }
          text?:
            | string
            | {
                en: string
                [key: string]: string
              }
          redirect?: string
        }
      }
    }
    data: Form
  }
  /** Make a record, a view or a page a favourite */
  'favourites.add': {
    method: 'PUT'
    path: '/favourites'
    params: never
    query: never
    body: {
      object?: string
      recordId?: string
      viewId?: string
      page?: string
      label?: string
    }
    data: Favourite[]
    pagination: PagePagination
  }
  /** Make a workflow */
  'workflows.create': {
    method: 'POST'
    path: '/workflows'
    params: never
    query: never
    body: {
      definition: WorkflowDefinitionInput
      folder?: string
      enabled?: boolean
    }
    data: WorkflowDetail
  }
  /** Make an API key */
  'keys.create': {
    method: 'POST'
    path: '/api-keys'
    params: never
    query: never
    body: {
      name: string
      roles?: string[]
      operations?: string[]
      expiresAt?: string
      /** Id of a service account, for a further key. */
      account?: string
      /** Weighted, as in GET /usage: a write counts 2, an export 20. Beside the limit of the workspace. */
      requestsPerMinute?: number
    }
    data: {
      id: string
      name: string
      /** How the key begins, to recognise it by. */
      prefix: string
      /** The service account that the key acts as. */
      account: {
        id: string
        name: string
      }
      roles: string[]
      /** What the key is limited to; null is all that the roles allow. */
      operations: string[] | null
      createdAt: string
      createdBy: {
        id: string
        name: string
      } | null
      expiresAt: string | null
      /** To the minute. */
      lastUsedAt: string | null
      requestsPerMinute: number | null
      status: 'active' | 'expired' | 'revoked'
      key: string
    }
  }
  /** Make an address by which a workflow is called from outside; the one before ends */
  'workflows.renewAddress': {
    method: 'POST'
    path: '/workflows/{id}/webhook-address'
    params: { id: string }
    query: never
    body: never
    data: WorkflowAddress
  }
  /** Make an address to subscribe to your calendar by; the one before ends */
  'calendarFeed.renew': {
    method: 'POST'
    path: '/calendar-feed'
    params: never
    query: never
    body: never
    data: NewCalendarFeed
  }
  /** Make an address to which you can forward mail; the one before ends */
  'mailAddress.renew': {
    method: 'POST'
    path: '/mail-address'
    params: never
    query: never
    body: never
    data: MailAddress
  }
  /** Make an object and import an uploaded file into it */
  'objects.createFromUpload': {
    method: 'POST'
    path: '/objects/from-upload'
    params: never
    query: never
    body: {
      uploadId: string
      object: {
        label:
          | string
          | {
              en: string
              [key: string]: string
            }
        labelPlural:
          | string
          | {
              en: string
              [key: string]: string
            }
        description?:
          | string
          | {
              en: string
              [key: string]: string
            }
          | null
        icon?: string
        color?:
          | 'gray'
          | 'red'
          | 'pink'
          | 'grape'
          | 'violet'
          | 'indigo'
          | 'blue'
          | 'cyan'
          | 'teal'
          | 'green'
          | 'lime'
          | 'yellow'
          | 'orange'
          | null
        group?:
          | string
          | {
              en: string
              [key: string]: string
            }
          | null
        numberPrefix?: string
        /** Whether its records belong to locations. */
        located?: boolean
        roles?: {
          title?: string | null
          stage?: string | null
          amount?: string | null
          startsAt?: string | null
          endsAt?: string | null
          dueAt?: string | null
          email?: string | null
          phone?: string | null
        }
        rules?: {
          key: string
          message:
            | string
            | {
                en: string
                [key: string]: string
              }
          when?: unknown
          /** What must hold: a filter, or a CEL formula that gives true or false */
          check: unknown
          /** Where the message stands */
          field?: string | null
          active?: boolean
        }[]
        uniqueKeys?: {
          key: string
          label?:
            | string
            | {
                en: string
                [key: string]: string
              }
            | null
          /** Keys of fields, ownerId or locationId */
          fields: string[]
          ignoreCase?: boolean
          ignoreAccents?: boolean
          ignoreSpaces?: boolean
        }[]
        /** Null: the prefix and six digits */
        numbering?: {
          /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
          pattern: string
          restart?: 'never' | 'year' | 'month'
          perLocation?: boolean
        } | null
        slug: string
        fields: {
          label:
            | string
            | {
                en: string
                [key: string]: string
              }
          help?:
            | string
            | {
                en: string
                [key: string]: string
              }
            | null
          section?:
            | string
            | {
                en: string
                [key: string]: string
              }
            | null
          required?: boolean
          unique?: boolean
          /** Of a unique field: José and Jose are the same */
          ignoreAccents?: boolean
          sortable?: boolean
          searchable?: boolean
          phi?: boolean
          options?: (
            | string
            | {
                value: string
                label?:
                  | string
                  | {
                      en: string
                      [key: string]: string
                    }
                color?:
                  | 'gray'
                  | 'red'
                  | 'pink'
                  | 'grape'
                  | 'violet'
                  | 'indigo'
                  | 'blue'
                  | 'cyan'
                  | 'teal'
                  | 'green'
                  | 'lime'
                  | 'yellow'
                  | 'orange'
                  | null
                kind?: 'open' | 'won' | 'lost'
                probability?: number | null
              }
          )[]
          rules?: {
            minLength?: number
            maxLength?: number
            pattern?: string
            patternMessage?:
              | string
              | {
                  en: string
                  [key: string]: string
                }
            min?: number
            max?: number
            decimals?: number
            /** Of numbers: digits stand together, as those of a year do */
            ungrouped?: boolean
            notBefore?: string
            notAfter?: string
            minItems?: number
            maxItems?: number
            /** Of files: whether a value is a list of them */
            several?: boolean
            /** Of files: only these */
            kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
            /** Of files: in bytes */
            maxSize?: number
            /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
            exclusive?: boolean | 'refuse'
          } | null
          conditions?: {
            /** While it does not hold, the field is not shown and has no value */
            visible?: unknown
            /** The filter language */
            required?: unknown
            /** A value may not be changed while it holds before and after the change */
            readOnly?: unknown
            /** The first whose `when` holds names the options that may be chosen */
            options?: {
              /** The filter language */
              when: unknown
              values: string[]
            }[]
          } | null
          /** A value, or {"formula": CEL} to be worked out when a record is made */
          default?: unknown
          numbering?: {
            /** INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter */
            pattern: string
            restart?: 'never' | 'year' | 'month'
            perLocation?: boolean
          } | null
          currency?: string | null
          computed?: {
            /** Of a formula: CEL over the record and what it points to. */
            expression?: string
            /** Of a lookup or rollup: a relation of the object, in either direction. */
            relation?: string
            /** The field at its other side; a count does without. */
            field?: string
            op?: 'count' | 'sum' | 'avg' | 'min' | 'max'
            /** Of a rollup without a relation: when the record was last contacted, or when what is open about it is due. */
            activities?: 'last' | 'next'
            /** Of a rollup: only those records at the other side. */
            filter?: unknown
            /** What the results of a formula are; worked out unless named. */
            resultType?:
              | 'text'
              | 'longtext'
              | 'richtext'
              | 'number'
              | 'integer'
              | 'money'
              | 'percent'
              | 'boolean'
              | 'date'
              | 'datetime'
              | 'time'
              | 'duration'
              | 'select'
              | 'multiselect'
              | 'tags'
              | 'email'
              | 'phone'
              | 'url'
              | 'address'
              | 'user'
              | 'relation'
              | 'file'
              | 'rating'
              | 'checklist'
              | 'autonumber'
              | 'formula'
              | 'lookup'
              | 'rollup'
              | 'json'
            /** Whoever may read the field sees it, also over records that they cannot open. */
            shared?: boolean
          }
          key: string
          type:
            | 'text'
            | 'longtext'
            | 'richtext'
            | 'number'
            | 'integer'
            | 'money'
            | 'percent'
            | 'boolean'
            | 'date'
            | 'datetime'
            | 'time'
            | 'duration'
            | 'select'
            | 'multiselect'
            | 'tags'
            | 'email'
            | 'phone'
            | 'url'
            | 'address'
            | 'user'
            | 'relation'
            | 'file'
            | 'rating'
            | 'checklist'
            | 'autonumber'
            | 'formula'
            | 'lookup'
            | 'rollup'
            | 'json'
          relation?: {
            object: string
            /** Further objects that it may point at */
            others?: string[]
            many?: boolean
            inverse: {
              key: string
              label:
                | string
                | {
                    en: string
                    [key: string]: string
                  }
              many?: boolean
            }
            onDelete?: 'keep' | 'clear' | 'cascade' | 'refuse'
            /** What is said of each link: the role of a person at a company */
            attributes?: {
              key: string
              label:
                | string
                | {
                    en: string
                    [key: string]: string
                  }
              type:
                | 'text'
                | 'longtext'
                | 'number'
                | 'integer'
                | 'money'
                | 'percent'
                | 'boolean'
                | 'date'
                | 'datetime'
                | 'time'
                | 'duration'
                | 'select'
                | 'multiselect'
                | 'tags'
                | 'email'
                | 'phone'
                | 'url'
                | 'rating'
              required?: boolean
              options?: (
                | string
                | {
                    value: string
                    label?:
                      | string
                      | {
                          en: string
                          [key: string]: string
                        }
                    color?:
                      | 'gray'
                      | 'red'
                      | 'pink'
                      | 'grape'
                      | 'violet'
                      | 'indigo'
                      | 'blue'
                      | 'cyan'
                      | 'teal'
                      | 'green'
                      | 'lime'
                      | 'yellow'
                      | 'orange'
                      | null
                    kind?: 'open' | 'won' | 'lost'
                    probability?: number | null
                  }
              )[]
              rules?: {
                minLength?: number
                maxLength?: number
                pattern?: string
                patternMessage?:
                  | string
                  | {
                      en: string
                      [key: string]: string
                    }
                min?: number
                max?: number
                decimals?: number
                /** Of numbers: digits stand together, as those of a year do */
                ungrouped?: boolean
                notBefore?: string
                notAfter?: string
                minItems?: number
                maxItems?: number
                /** Of files: whether a value is a list of them */
                several?: boolean
                /** Of files: only these */
                kinds?: ('image' | 'pdf' | 'document' | 'text' | 'audio' | 'video')[]
                /** Of files: in bytes */
                maxSize?: number
                /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused */
                exclusive?: boolean | 'refuse'
              } | null
            }[]
            /** Whether one link of a record may be marked as the primary one */
            primary?: boolean
          }
        }[]
      }
      /** Column index to the key of one of the fields; null leaves the column out. */
      mapping: {
        [key: string]: string | null
      }
      dateOrder?: 'DMY' | 'MDY' | 'YMD' | 'auto'
      /** What stands before the decimals of numbers and amounts; by itself each column tells. */
      decimalMark?: '.' | ',' | 'auto'
      /** Name of the sheet of a workbook; the first without it. */
      sheet?: string
      delimiter?: ',' | ';' | '\t' | '|'
      encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
    }
    data: AcceptedJob
  }
  /** Make the draft of a workflow what runs */
  'workflows.publish': {
    method: 'POST'
    path: '/workflows/{id}/publish'
    params: { id: string }
    query: never
    body: never
    data: WorkflowDetail
  }
  /** Mark notifications as read */
  'notifications.read': {
    method: 'POST'
    path: '/notifications/read'
    params: never
    query: never
    body: {
      ids?: string[]
      upTo?: string
    }
    data: UnreadCount
  }
  /** Members who can be mentioned on a record: those who may see it */
  'notifications.mentionable': {
    method: 'GET'
    path: '/{object}/{id}/mentionable'
    params: { object: string; id: string }
    query: { q?: string }
    body: never
    data: {
      id: string
      name: string
    }[]
  }
  /** Merge two records */
  'records.merge': {
    method: 'POST'
    path: '/{object}/merge'
    params: { object: string }
    query: never
    body: {
      keep: string
      from: string
      /** Whose value the survivor gets, by field, relation, ownerId or locationId */
      values?: {
        [key: string]:
          | 'keep'
          | 'from'
          | {
              value: unknown
            }
      }
      /** Refuses if one of the two has moved on */
      versions?: {
        keep?: number
        from?: number
      }
    }
    data: Merged
  }
  /** Move a file to the trash */
  'files.delete': {
    method: 'DELETE'
    path: '/files/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Move a record to the trash */
  'records.delete': {
    method: 'DELETE'
    path: '/{object}/{id}'
    params: { object: string; id: string }
    query: never
    body: never
    data: undefined
  }
  /** Move many records to the trash */
  'records.bulkDelete': {
    method: 'DELETE'
    path: '/{object}/bulk'
    params: { object: string }
    query: never
    body: {
      ids: string[]
    }
    data: {
      deleted: number
      failed: number
      results: {
        index: number
        success: boolean
        id?: string
        recordNumber?: string
        version?: number
        error?: {
          code: string
          message: string
          details?: FieldProblem[]
          /** The record as it stands, where it was changed since the version named */
          current?: Record
        }
      }[]
    }
  }
  /** Move several files of a record to another folder */
  'files.moveMany': {
    method: 'POST'
    path: '/{object}/{id}/files/move'
    params: { object: string; id: string }
    query: never
    body: {
      ids: string[]
      folder: string
    }
    data: RecordFile[]
  }
  /** Move several files of a record to the trash */
  'files.deleteMany': {
    method: 'POST'
    path: '/{object}/{id}/files/delete'
    params: { object: string; id: string }
    query: never
    body: {
      ids: string[]
    }
    data: RecordFile[]
  }
  /** Note that the caller opened a record */
  'records.visit': {
    method: 'POST'
    path: '/{object}/{id}/visits'
    params: { object: string; id: string }
    query: never
    body: never
    data: undefined
  }
  /** Offer a pair again */
  'duplicates.reopen': {
    method: 'POST'
    path: '/duplicates/{id}/reopen'
    params: { id: string }
    query: never
    body: never
    data: DuplicatePair
  }
  /** One object with its fields, stages and relations */
  'objects.get': {
    method: 'GET'
    path: '/objects/{object}'
    params: { object: string }
    query: never
    body: never
    data: Object
  }
  /** One role */
  'roles.get': {
    method: 'GET'
    path: '/access/roles/{key}'
    params: { key: string }
    query: never
    body: never
    data: Role
  }
  /** One template with everything it brings */
  'templates.get': {
    method: 'GET'
    path: '/templates/{slug}'
    params: { slug: string }
    query: never
    body: never
    data: Template
  }
  /** One version with all that it changed */
  'versions.get': {
    method: 'GET'
    path: '/workspace/versions/{number}'
    params: { number: number }
    query: never
    body: never
    data: WholeMetadataVersion
  }
  /** One workspace: how much it keeps, and whom to talk to */
  'installation.workspace': {
    method: 'GET'
    path: '/installation/workspaces/{id}'
    params: { id: string }
    query: never
    body: never
    data: InstallationWorkspaceDetail
  }
  /** Pairs of records that may be the same, the surest first */
  'duplicates.list': {
    method: 'GET'
    path: '/duplicates'
    params: never
    query: { object: string; state?: 'open' | 'dismissed' | 'merged'; limit?: number; cursor?: string }
    body: never
    data: DuplicatePair[]
    pagination: CursorPagination
  }
  /** Pin a note to the top of the story of its record, or let it go */
  'activities.pinNote': {
    method: 'PUT'
    path: '/{object}/{id}/notes/{noteId}/pin'
    params: { object: string; id: string; noteId: string }
    query: never
    body: {
      pinned: boolean
    }
    data: Activity
  }
  /** Publish a version of a template for all workspaces of the installation */
  'installation.publishTemplate': {
    method: 'POST'
    path: '/installation/templates'
    params: never
    query: never
    body: {
      template: unknown
      /** What is new in it, for who may upgrade. */
      notes?: string | null
    }
    data: {
      slug: string
      version: string
    }
  }
  /** Put a dashboard back to what the template brought */
  'dashboards.reset': {
    method: 'POST'
    path: '/dashboards/{id}/reset'
    params: { id: string }
    query: never
    body: never
    data: Dashboard
  }
  /** Put a view into one’s navigation, or take it out */
  'views.pin': {
    method: 'PUT'
    path: '/objects/{object}/views/{id}/pin'
    params: { object: string; id: string }
    query: never
    body: {
      pinned: boolean
    }
    data: View
  }
  /** Put dashboards into an order */
  'dashboards.arrange': {
    method: 'PUT'
    path: '/dashboards/order'
    params: never
    query: never
    body: {
      ids: string[]
    }
    data: DashboardSummary[]
  }
  /** Put favourites into another order */
  'favourites.arrange': {
    method: 'PUT'
    path: '/favourites/order'
    params: never
    query: never
    body: {
      ids: string[]
    }
    data: Favourite[]
  }
  /** Put the fields in order */
  'fields.order': {
    method: 'PUT'
    path: '/objects/{object}/fields/order'
    params: { object: string }
    query: never
    body: {
      keys: string[]
    }
    data: undefined
  }
  /** Put the links of a record in order */
  'records.orderLinks': {
    method: 'PUT'
    path: '/{object}/{id}/links/{relation}'
    params: { object: string; id: string; relation: string }
    query: never
    body: {
      ids: string[]
    }
    data: undefined
  }
  /** Put the locations in order */
  'locations.order': {
    method: 'PUT'
    path: '/locations/order'
    params: never
    query: never
    body: {
      ids: string[]
    }
    data: undefined
  }
  /** Put the objects of the sidebar in order */
  'objects.order': {
    method: 'PUT'
    path: '/objects'
    params: never
    query: never
    body: {
      order: string[]
    }
    data: undefined
  }
  /** Put the pipelines of an object in order */
  'pipelines.order': {
    method: 'PUT'
    path: '/objects/{object}/pipelines/order'
    params: { object: string }
    query: never
    body: {
      keys: string[]
    }
    data: undefined
  }
  /** Put the views of an object into an order */
  'views.arrange': {
    method: 'PUT'
    path: '/objects/{object}/views/order'
    params: { object: string }
    query: never
    body: {
      ids: string[]
    }
    data: View[]
  }
  /** Reach the mail server of the workspace and sign in there */
  'mailServer.check': {
    method: 'POST'
    path: '/mail-server/check'
    params: never
    query: never
    body: never
    data: MailServer
  }
  /** Read a location */
  'locations.get': {
    method: 'GET'
    path: '/locations/{id}'
    params: { id: string }
    query: never
    body: never
    data: Location
  }
  /** Read a record */
  'records.get': {
    method: 'GET'
    path: '/{object}/{id}'
    params: { object: string; id: string }
    query: { include?: string[]; fields?: string[]; deleted?: boolean }
    body: never
    data: Record
  }
  /** Read a template of messages */
  'mailTemplates.get': {
    method: 'GET'
    path: '/mail-templates/{id}'
    params: { id: string }
    query: never
    body: never
    data: MailTemplate
  }
  /** Read the address to which you can forward mail */
  'mailAddress.get': {
    method: 'GET'
    path: '/mail-address'
    params: never
    query: never
    body: never
    data: MailAddress
  }
  /** Read what your e-mails end with */
  'mailSignature.get': {
    method: 'GET'
    path: '/mail-signature'
    params: never
    query: never
    body: never
    data: {
      html: string
    }
  }
  /** Records for which a formula has no result, and why */
  'fields.errors': {
    method: 'GET'
    path: '/objects/{object}/fields/{key}/errors'
    params: { object: string; key: string }
    query: never
    body: never
    data: FailingRecords
  }
  /** Records linked under a relation */
  'records.links': {
    method: 'GET'
    path: '/{object}/{id}/links/{relation}'
    params: { object: string; id: string; relation: string }
    query: { limit?: number; page?: number; cursor?: string; sort?: 'order' | 'since' | '-since' | 'title' | '-title' }
    body: never
    data: LinkedRecord[]
    pagination: PagePagination | CursorPagination
  }
  /** Register a user with a new workspace, and sign in */
  'auth.register': {
    method: 'POST'
    path: '/auth/register'
    params: never
    query: never
    body: {
      email: string
      password: string
      name: string
      workspace: string
    }
    data: {
      /** Left out for the web page, which gets cookies. */
      accessToken?: string
      /** Left out for the web page, which gets cookies. */
      refreshToken?: string
      /** Seconds that the access token lasts. */
      expiresIn: number
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
    }
  }
  /** Remove a dashboard */
  'dashboards.delete': {
    method: 'DELETE'
    path: '/dashboards/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Remove a role that nobody holds */
  'roles.delete': {
    method: 'DELETE'
    path: '/access/roles/{key}'
    params: { key: string }
    query: never
    body: never
    data: undefined
  }
  /** Remove a team that has none below it */
  'teams.delete': {
    method: 'DELETE'
    path: '/access/teams/{teamId}'
    params: { teamId: string }
    query: never
    body: never
    data: undefined
  }
  /** Remove a view */
  'views.delete': {
    method: 'DELETE'
    path: '/objects/{object}/views/{id}'
    params: { object: string; id: string }
    query: never
    body: never
    data: undefined
  }
  /** Remove a workflow with its runs */
  'workflows.delete': {
    method: 'DELETE'
    path: '/workflows/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Remove favourites */
  'favourites.remove': {
    method: 'DELETE'
    path: '/favourites'
    params: never
    query: never
    body: {
      ids: string[]
    }
    data: undefined
  }
  /** Remove the sample records */
  'samples.remove': {
    method: 'DELETE'
    path: '/workspace/samples'
    params: never
    query: { touched?: 'keep' | 'trash' }
    body: never
    data: {
      removed: number
      trashed: number
      kept: number
    }
  }
  /** Remove your second factor */
  'auth.removeSecondFactor': {
    method: 'POST'
    path: '/auth/mfa/disable'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Rename a file or move it to another folder */
  'files.update': {
    method: 'PATCH'
    path: '/files/{id}'
    params: { id: string }
    query: never
    body: {
      name?: string
      folder?: string
    }
    data: RecordFile
  }
  /** Rename a team or put it below another */
  'teams.update': {
    method: 'PATCH'
    path: '/access/teams/{teamId}'
    params: { teamId: string }
    query: never
    body: {
      name?: string
      parentId?: string | null
    }
    data: Team
  }
  /** Rename an API key, or change how many requests it may make */
  'keys.update': {
    method: 'PATCH'
    path: '/api-keys/{id}'
    params: { id: string }
    query: never
    body: {
      name?: string
      /** Null: as many as the workspace may. */
      requestsPerMinute?: number | null
    }
    data: ApiKey
  }
  /** Replace the fields of a record */
  'records.replace': {
    method: 'PUT'
    path: '/{object}/{id}'
    params: { object: string; id: string }
    query: never
    body: {
      [key: string]: unknown
    }
    data: Record
  }
  /** Resume a workspace that was suspended */
  'installation.resume': {
    method: 'POST'
    path: '/installation/workspaces/{id}/resume'
    params: { id: string }
    query: never
    body: never
    data: InstallationWorkspace
  }
  /** Revoke an API key */
  'keys.revoke': {
    method: 'DELETE'
    path: '/api-keys/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Runs of a workflow, the latest first */
  'workflowRuns.ofWorkflow': {
    method: 'GET'
    path: '/workflows/{id}/runs'
    params: { id: string }
    query: {
      state?: 'ready' | 'waiting' | 'done' | 'failed' | 'stopped' | 'open'
      record?: string
      cursor?: string
      limit?: number
    }
    body: never
    data: WorkflowRun[]
    pagination: CursorPagination
  }
  /** Runs of all workflows, the latest first */
  'workflowRuns.list': {
    method: 'GET'
    path: '/workflow-runs'
    params: never
    query: {
      workflow?: string
      state?: 'ready' | 'waiting' | 'done' | 'failed' | 'stopped' | 'open'
      record?: string
      cursor?: string
      limit?: number
    }
    body: never
    data: WorkflowRun[]
    pagination: CursorPagination
  }
  /** Save a view */
  'views.create': {
    method: 'POST'
    path: '/objects/{object}/views'
    params: { object: string }
    query: never
    body: {
      key?: string
      label:
        | string
        | {
            en: string
            [key: string]: string
          }
      type?: 'table' | 'kanban' | 'calendar' | 'schedule' | 'gallery' | 'timeline'
      filter?: unknown
      sort?: string[] | null
      columns?: string[] | null
      groupBy?: string | null
      /** Replaces all that was set */
      settings?: {
        /** The second grouping of a table */
        thenBy?: string
        /** Of groups by dates; month unless said */
        interval?: 'day' | 'week' | 'month' | 'quarter' | 'year'
        density?: 'compact' | 'normal' | 'tall'
        columnSettings?: {
          field: string
          width?: number
          /** Stays in sight while the table is scrolled sideways */
          pinned?: boolean
          /** At the foot of the table and of each group */
          total?: 'sum' | 'avg' | 'min' | 'max' | 'count'
        }[]
        /** Rows that pass a filter stand out; the first that fits counts */
        colors?: {
          filter: unknown
          color:
            | 'gray'
            | 'red'
            | 'pink'
            | 'grape'
            | 'violet'
            | 'indigo'
            | 'blue'
            | 'cyan'
            | 'teal'
            | 'green'
            | 'lime'
            | 'yellow'
            | 'orange'
        }[]
        /** The field whose values are the lanes of a board and the groups of a timeline */
        laneField?: string
        /** How many cards the columns of a board should hold at most: a warning, no refusal */
        columnLimits?: {
          /** The option; null for the records without one */
          value: string | null
          most: number
        }[]
        /** How much time a timeline shows at once */
        zoom?: 'day' | 'week' | 'month' | 'quarter'
        /** Of a calendar, a schedule and a timeline; the object’s roles unless said */
        dateField?: string
        endField?: string
        /** A user, select or relation field whose values are the columns of a schedule */
        resourceField?: string
        /** The select field whose colours the entries of a calendar wear */
        colorField?: string
        /** Of the cards of a gallery */
        cardFields?: string[]
        /** The picture of a card; initials without one */
        imageField?: string
      }
      visibility?: 'private' | 'everyone' | 'roles'
      /** Keys of the roles that see it, where the visibility is “roles” */
      roles?: string[]
      /** Of a shared view: whether only those who administer views change it */
      locked?: boolean
      /** Keys of the roles for which a shared view opens first */
      defaultFor?: string[]
    }
    data: View
  }
  /** Say all that is wrong with a template file */
  'templates.check': {
    method: 'POST'
    path: '/workspace/template/check'
    params: never
    query: never
    body: {
      template: unknown
    }
    data: {
      /** Null where there are problems. */
      template: {
        slug: string
        version: string
        name: string
        objects: number
      } | null
      problems: {
        path: string
        message: string
      }[]
    }
  }
  /** Say that two records are not the same */
  'duplicates.dismiss': {
    method: 'POST'
    path: '/duplicates/{id}/dismiss'
    params: { id: string }
    query: never
    body: never
    data: DuplicatePair
  }
  /** Say what was seen of the first day, or that it is over */
  'firstDay.change': {
    method: 'PATCH'
    path: '/first-day'
    params: never
    query: never
    body: {
      seen?: ('search' | 'board')[]
      over?: boolean
    }
    data: FirstDay
  }
  /** Say what your e-mails end with */
  'mailSignature.set': {
    method: 'PUT'
    path: '/mail-signature'
    params: never
    query: never
    body: {
      html: string
    }
    data: {
      html: string
    }
  }
  /** Say who belongs to a team */
  'teams.setMembers': {
    method: 'PUT'
    path: '/access/teams/{teamId}/members'
    params: { teamId: string }
    query: never
    body: {
      userIds: string[]
    }
    data: Team
  }
  /** Say yes or no to what a workflow asks */
  'workflowApprovals.decide': {
    method: 'POST'
    path: '/workflow-approvals/{id}'
    params: { id: string }
    query: never
    body: {
      approved: boolean
      note?: string
    }
    data: WorkflowApproval
  }
  /** Search all objects the caller may read */
  'records.search': {
    method: 'GET'
    path: '/search'
    params: never
    query: { q: string; limit?: number }
    body: never
    data: SearchHit[]
    pagination?: CursorPagination
  }
  /** Search all objects the caller may read, the words in the body */
  'records.find': {
    method: 'POST'
    path: '/search'
    params: never
    query: never
    body: {
      q: string
      limit?: number
    }
    data: SearchHit[]
    pagination?: CursorPagination
  }
  /** Search the records of one object */
  'records.searchObject': {
    method: 'GET'
    path: '/{object}/search'
    params: { object: string }
    query: { q: string; limit?: number; cursor?: string }
    body: never
    data: Record[]
    pagination: CursorPagination
  }
  /** Search the records of one object, the words in the body */
  'records.findInObject': {
    method: 'POST'
    path: '/{object}/search'
    params: { object: string }
    query: never
    body: {
      q: string
      limit?: number
      /** Cursor mode; empty starts */
      cursor?: string
    }
    data: Record[]
    pagination: CursorPagination
  }
  /** Send a dashboard by mail no more */
  'dashboards.removePlan': {
    method: 'DELETE'
    path: '/dashboards/{id}/schedules/{scheduleId}'
    params: { id: string; scheduleId: string }
    query: never
    body: never
    data: undefined
  }
  /** Send a dashboard by mail, again and again */
  'dashboards.plan': {
    method: 'POST'
    path: '/dashboards/{id}/schedules'
    params: { id: string }
    query: never
    body: {
      frequency: 'daily' | 'weekly' | 'monthly'
      /** Of weekly mails: 1 is Monday, which it is unless said */
      weekday?: number
      /** Of monthly mails: the last day of shorter months; 1 unless said */
      dayOfMonth?: number
      /** On the workspace’s clock */
      hour: number
      minute?: 0 | 15 | 30 | 45
      /** The dashboard’s own unless said */
      range?: DashboardRange | null
      /** Without an object one narrows every widget whose object knows the fields that it names */
      filters?: {
        object?: string
        filter: unknown
      }[]
      /** User ids of members: each gets the figures that they may see */
      receivers: string[]
      active?: boolean
    }
    data: DashboardSchedule
  }
  /** Send a form as a member, whose rights decide what becomes of it */
  'forms.send': {
    method: 'POST'
    path: '/forms/{id}/submissions'
    params: { id: string }
    query: never
    body: {
      token: string
      /** Not asked of who is signed in */
      proof?: number
      answers?: {
        [key: string]: unknown
      }
      /** Ids of what was agreed to */
      consents?: string[]
      /** By question */
      files?: {
        [key: string]: string[]
      }
      /** Stays empty: no person sees it */
      website?: string
    }
    data: FormReceived
  }
  /** Send a link to choose a new password */
  'auth.forgotPassword': {
    method: 'POST'
    path: '/auth/password/forgot'
    params: never
    query: never
    body: {
      email: string
    }
    data: undefined
  }
  /** Send a message that was kept or could not be sent */
  'outbox.retry': {
    method: 'POST'
    path: '/outbox/{id}/retry'
    params: { id: string }
    query: never
    body: {
      /** Messages that belong to a person, such as password resets, are the installation’s: its super admin sees them. */
      scope?: 'workspace' | 'installation'
    }
    data: OutgoingMessage
  }
  /** Send a published form */
  'forms.sendPublic': {
    method: 'POST'
    path: '/public-forms/{address}/submissions'
    params: { address: string }
    query: never
    body: {
      token: string
      /** Not asked of who is signed in */
      proof?: number
      answers?: {
        [key: string]: unknown
      }
      /** Ids of what was agreed to */
      consents?: string[]
      /** By question */
      files?: {
        [key: string]: string[]
      }
      /** Stays empty: no person sees it */
      website?: string
    }
    data: FormReceived
  }
  /** Send an invitation again, with a new link */
  'invitations.resend': {
    method: 'POST'
    path: '/members/invitations/{id}/resend'
    params: { id: string }
    query: never
    body: never
    data: Invitation
  }
  /** Send by the installation’s server again */
  'mailServer.remove': {
    method: 'DELETE'
    path: '/mail-server'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Send the link that confirms your e-mail address again */
  'auth.resendVerification': {
    method: 'POST'
    path: '/auth/verify/resend'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Send the next part of a file of a form */
  'forms.appendFile': {
    method: 'PATCH'
    path: '/forms/{id}/files/{file}'
    params: { id: string; file: string }
    query: never
    body: never
    data: FormFile
  }
  /** Send the next part of a file of a published form */
  'forms.appendFilePublic': {
    method: 'PATCH'
    path: '/public-forms/{address}/files/{file}'
    params: { address: string; file: string }
    query: never
    body: never
    data: FormFile
  }
  /** Send the next part of an upload */
  'files.append': {
    method: 'PATCH'
    path: '/file-uploads/{id}'
    params: { id: string }
    query: never
    body: never
    data: FileUploadProgress
  }
  /** Send the workspace’s messages by a server of its own */
  'mailServer.set': {
    method: 'PUT'
    path: '/mail-server'
    params: never
    query: never
    body: {
      host: string
      port: number
      /** `tls` from the first byte (465), `starttls` after the greeting (587), `none` in the open. */
      security: 'tls' | 'starttls' | 'none'
      /** Null where the server asks for no password. */
      username: string | null
      fromName: string
      fromAddress: string
      /** More wait for their turn. */
      perMinute?: number
      perDay?: number
      password?: string | null
    }
    data: MailServer
  }
  /** Shut a member out */
  'members.deactivate': {
    method: 'POST'
    path: '/members/{id}/deactivate'
    params: { id: string }
    query: never
    body: never
    data: Member
  }
  /** Sign in with e-mail address and password */
  'auth.login': {
    method: 'POST'
    path: '/auth/login'
    params: never
    query: never
    body: {
      email: string
      password: string
      /** Slug or id of the workspace; that of the address, or the one used last, without it. */
      tenant?: string
      /** Six digits, or a backup code. */
      otp?: string
    }
    data: {
      /** Left out for the web page, which gets cookies. */
      accessToken?: string
      /** Left out for the web page, which gets cookies. */
      refreshToken?: string
      /** Seconds that the access token lasts. */
      expiresIn: number
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
    }
  }
  /** Start a workflow on a record, or on several */
  'workflowButtons.press': {
    method: 'POST'
    path: '/workflows/{id}/press'
    params: { id: string }
    query: never
    body: {
      recordIds?: string[]
    }
    data: PressedButton
  }
  /** Start the workflow at a secret address */
  'workflows.call': {
    method: 'POST'
    path: '/hooks/{secret}'
    params: { secret: string }
    query: never
    body: {
      body?: unknown
    }
    data: WorkflowCall
  }
  /** Stop a job; what it has done stays */
  'jobs.cancel': {
    method: 'POST'
    path: '/jobs/{id}/cancel'
    params: { id: string }
    query: never
    body: never
    data: Job
  }
  /** Stop a run before it goes on */
  'workflowRuns.stop': {
    method: 'POST'
    path: '/workflow-runs/{id}/stop'
    params: { id: string }
    query: never
    body: {
      reason?: string
    }
    data: WorkflowRun
  }
  /** Stop looking at the workspace as somebody else */
  'access.endViewAs': {
    method: 'DELETE'
    path: '/access/view-as'
    params: never
    query: never
    body: never
    data: undefined
  }
  /** Suspend a workspace */
  'installation.suspend': {
    method: 'POST'
    path: '/installation/workspaces/{id}/suspend'
    params: { id: string }
    query: never
    body: {
      reason: string
    }
    data: InstallationWorkspace
  }
  /** Take a change of many records back */
  'bulk.undo': {
    method: 'POST'
    path: '/bulk-jobs/{id}/undo'
    params: { id: string }
    query: never
    body: never
    data: AcceptedBulkChange
  }
  /** Take a field out of sight; its values are kept */
  'fields.retire': {
    method: 'DELETE'
    path: '/objects/{object}/fields/{key}'
    params: { object: string; key: string }
    query: { force?: string }
    body: never
    data: undefined
  }
  /** Take a file out of the trash */
  'files.restore': {
    method: 'POST'
    path: '/files/{id}/restore'
    params: { id: string }
    query: never
    body: never
    data: RecordFile
  }
  /** Take a link away */
  'records.unlink': {
    method: 'DELETE'
    path: '/{object}/{id}/links/{relation}/{otherId}'
    params: { object: string; id: string; relation: string; otherId: string }
    query: never
    body: never
    data: undefined
  }
  /** Take a pipeline away; its field stays */
  'pipelines.delete': {
    method: 'DELETE'
    path: '/objects/{object}/pipelines/{key}'
    params: { object: string; key: string }
    query: never
    body: never
    data: undefined
  }
  /** Take a single grant or denial back */
  'access.removeException': {
    method: 'DELETE'
    path: '/access/members/{userId}/exceptions/{exceptionId}'
    params: { userId: string; exceptionId: string }
    query: never
    body: never
    data: undefined
  }
  /** Take a whole import back */
  'imports.undo': {
    method: 'POST'
    path: '/imports/{id}/undo'
    params: { id: string }
    query: never
    body: never
    data: AcceptedJob
  }
  /** Take an object out of sight */
  'objects.delete': {
    method: 'DELETE'
    path: '/objects/{object}'
    params: { object: string }
    query: { force?: string }
    body: never
    data: undefined
  }
  /** Take an option, a stage or a tag away, with something else in its place */
  'options.retire': {
    method: 'POST'
    path: '/objects/{object}/fields/{key}/options/{value}/retire'
    params: { object: string; key: string; value: string }
    query: never
    body: {
      /** What records get instead; null: nothing. Without it 409 where records hold it */
      replacement?: string | null
    }
    data: {
      /** How many held it, the trash included */
      records: number
      /** Of many records: the job that replaces it */
      jobId: string | null
    }
  }
  /** Take back what a version changed */
  'versions.undo': {
    method: 'POST'
    path: '/workspace/versions/{number}/undo'
    params: { number: number }
    query: never
    body: {
      /** Tells what would come of it and changes nothing */
      dryRun?: boolean
    }
    data: UndoneVersion
  }
  /** Take back what last came in with a template */
  'templates.undo': {
    method: 'POST'
    path: '/workspace/template/undo'
    params: never
    query: never
    body: {
      /** Slug of one of the workspace’s templates; the first unless said. */
      origin?: string
      dryRun?: boolean
    }
    data: TemplateUndone
  }
  /** Take several files of a record out of the trash */
  'files.restoreMany': {
    method: 'POST'
    path: '/{object}/{id}/files/restore'
    params: { object: string; id: string }
    query: never
    body: {
      ids: string[]
    }
    data: RecordFile[]
  }
  /** Tell everything that is wrong with a definition */
  'workflows.check': {
    method: 'POST'
    path: '/workflows/check'
    params: never
    query: never
    body: {
      definition: WorkflowDefinitionInput
    }
    data: {
      problems: WorkflowProblem[]
    }
  }
  /** Tell how long runs of workflows are kept */
  'workflowRetention.get': {
    method: 'GET'
    path: '/workflow-retention'
    params: never
    query: never
    body: never
    data: WorkflowRetention
  }
  /** Tell how often a workflow would have run in the last days */
  'workflows.dryRun': {
    method: 'POST'
    path: '/workflows/{id}/dry-run'
    params: { id: string }
    query: never
    body: {
      days?: number
      /** The draft, where there is one, in place of what runs */
      draft?: boolean
    }
    data: WorkflowDryRun
  }
  /** Tell the rules of signing in */
  'security.get': {
    method: 'GET'
    path: '/security'
    params: never
    query: never
    body: never
    data: {
      /** Minutes without a request after which people are signed out; null for never. */
      idleMinutes: number | null
      /** Roles whose members need a second factor. */
      requireSecondFactor: string[]
    }
  }
  /** Tell whether there is an address of your calendar */
  'calendarFeed.get': {
    method: 'GET'
    path: '/calendar-feed'
    params: never
    query: never
    body: never
    data: CalendarFeed
  }
  /** Tell whether you have a second factor, and need one */
  'auth.secondFactor': {
    method: 'GET'
    path: '/auth/mfa'
    params: never
    query: never
    body: never
    data: {
      enrolled: boolean
      required: boolean
      backupCodesLeft: number
      enrolledAt: string | null
    }
  }
  /** Tell who is signed in, and where */
  'auth.me': {
    method: 'GET'
    path: '/auth/me'
    params: never
    query: never
    body: never
    data: {
      user: {
        id: string
        email: string
        name: string
        locale: string
        timeZone: string
        emailVerified: boolean
        /** Whether this person looks after the installation as a whole. */
        superAdmin: boolean
        /** Whether signing in asks for a code. */
        secondFactor: boolean
      }
      tenant: {
        id: string
        name: string
        slug: string
      }
      roles: string[]
      /** After so many minutes without a request the session ends. */
      idleMinutes: number | null
    }
  }
  /** The caller’s favourites, in their order */
  'favourites.list': {
    method: 'GET'
    path: '/favourites'
    params: never
    query: never
    body: never
    data: Favourite[]
  }
  /** The comments on a record or on one of its notes, in the order in which they were written */
  'comments.list': {
    method: 'GET'
    path: '/{object}/{id}/comments'
    params: { object: string; id: string }
    query: { noteId?: string; limit?: number; cursor?: string }
    body: never
    data: Comment[]
    pagination: CursorPagination
  }
  /** The content of a file, by a signed address */
  'files.content': {
    method: 'GET'
    path: '/file-contents/{token}'
    params: { token: string }
    query: never
    body: never
    data: Blob
  }
  /** The file that an export job wrote */
  'exports.download': {
    method: 'GET'
    path: '/jobs/{id}/file'
    params: { id: string }
    query: never
    body: never
    data: Blob
  }
  /** The industries a workspace can be made for */
  'templates.list': {
    method: 'GET'
    path: '/templates'
    params: never
    query: { packs?: string }
    body: never
    data: TemplateSummary[]
  }
  /** The mail server of the workspace */
  'mailServer.get': {
    method: 'GET'
    path: '/mail-server'
    params: never
    query: never
    body: never
    data: MailServer | null
  }
  /** The neighbourhood of a record */
  'records.graph': {
    method: 'GET'
    path: '/{object}/{id}/graph'
    params: { object: string; id: string }
    query: { depth?: number; limit?: number; perRelation?: number; relations?: string[] }
    body: never
    data: RecordGraph
  }
  /** The operations that entries can be about */
  'audit.operations': {
    method: 'GET'
    path: '/audit/operations'
    params: never
    query: never
    body: never
    data: {
      name: string
      summary: string
      tag: string
      kind: 'command' | 'query'
    }[]
  }
  /** The plans of this installation */
  'installation.plans': {
    method: 'GET'
    path: '/installation/plans'
    params: never
    query: never
    body: never
    data: {
      name: 'starter' | 'professional' | 'business' | 'enterprise' | 'unlimited'
      /** Null: without limit. */
      requestsPerMinute: number | null
      /** Null: without limit. */
      members: number | null
      /** Null: without limit. */
      records: number | null
      /** Null: without limit. */
      storageBytes: number | null
    }[]
  }
  /** The records that a change refused, as CSV with the reasons */
  'bulk.refused': {
    method: 'GET'
    path: '/bulk-jobs/{id}/refused'
    params: { id: string }
    query: never
    body: never
    data: Blob
  }
  /** The rows an import refused, as CSV with the reasons */
  'imports.refused': {
    method: 'GET'
    path: '/jobs/{id}/refused'
    params: { id: string }
    query: never
    body: never
    data: Blob
  }
  /** The stages that a record has been in, oldest first */
  'records.stays': {
    method: 'GET'
    path: '/{object}/{id}/stages'
    params: { object: string; id: string }
    query: never
    body: never
    data: Stay[]
  }
  /** The templates that messages can begin with */
  'mailTemplates.list': {
    method: 'GET'
    path: '/mail-templates'
    params: never
    query: { object?: string }
    body: never
    data: ListedMailTemplate[]
  }
  /** The templates that the workspace is made from */
  'templates.origins': {
    method: 'GET'
    path: '/workspace/template'
    params: never
    query: never
    body: never
    data: {
      origins: {
        slug: string
        name: string
        version: string
        /** Null: it is not offered any more. */
        latest: string | null
        upgrade: boolean
        /** What is new in the latest version. */
        notes: string | null
        appliedAt: string | null
        appliedBy: {
          id: string
          name: string
        } | null
        undoable: boolean
      }[]
    }
  }
  /** The texts as a file for translators */
  'translations.export': {
    method: 'GET'
    path: '/workspace/translations/file'
    params: never
    query: { locale: string; format?: 'csv' | 'json'; missing?: string }
    body: never
    data: unknown
  }
  /** The texts that notes can begin with */
  'noteTemplates.list': {
    method: 'GET'
    path: '/note-templates'
    params: never
    query: { object?: string }
    body: never
    data: NoteTemplate[]
  }
  /** The versions of records, the latest changed first */
  'records.versions': {
    method: 'POST'
    path: '/{object}/versions'
    params: { object: string }
    query: never
    body: {
      /** Of these records only */
      ids?: string[]
      /** Changed then or later */
      since?: string
      limit?: number
    }
    data: RecordVersion[]
    pagination?: CursorPagination
  }
  /** The words that roles are written in */
  'access.vocabulary': {
    method: 'GET'
    path: '/access/vocabulary'
    params: never
    query: never
    body: never
    data: {
      actions: string[]
      scopes: string[]
      fieldAccess: string[]
      admin: {
        key: string
        label: string
      }[]
      maxDepth: number
    }
  }
  /** The workspace, its objects and what the caller may do */
  'workspace.get': {
    method: 'GET'
    path: '/workspace'
    params: never
    query: never
    body: never
    data: Workspace
  }
  /** The workspace’s own domain */
  'domain.get': {
    method: 'GET'
    path: '/workspace/domain'
    params: never
    query: never
    body: never
    data: WorkspaceDomain
  }
  /** The workspace’s whole shape as a template file */
  'templates.export': {
    method: 'GET'
    path: '/workspace/template/export'
    params: never
    query: { slug?: string; version?: string; name?: string }
    body: never
    data: TemplateFile
  }
  /** Throw the draft of a workflow away */
  'workflows.discardDraft': {
    method: 'DELETE'
    path: '/workflows/{id}/draft'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Tick an item of the checklist of the stage where a record stands, or take the tick back */
  'records.check': {
    method: 'PUT'
    path: '/{object}/{id}/stages/{pipeline}/checklist/{item}'
    params: { object: string; id: string; pipeline: string; item: string }
    query: never
    body: {
      done: boolean
    }
    data: Stay
  }
  /** Tick, write, move and remove items of a checklist */
  'records.changeChecklist': {
    method: 'PATCH'
    path: '/{object}/{id}/checklists/{field}'
    params: { object: string; id: string; field: string }
    query: never
    body: {
      items?: {
        /** Of an item that is there, or that a new one is to have. */
        id?: string
        text?: string
        done?: boolean
        /** The item that it comes after; null puts it first. Unless said, an item stays and a new one comes last. */
        after?: string | null
      }[]
      removed?: string[]
    }
    data: Record
  }
  /** Translate texts of the workspace */
  'translations.set': {
    method: 'PUT'
    path: '/workspace/translations'
    params: never
    query: never
    body: {
      locale: string
      /** By id; null takes a text away */
      texts: {
        [key: string]: string | null
      }
    }
    data: {
      locale: string
      total: number
      /** How many have no text in this language: English stands in */
      missing: number
      changed: number
    }
  }
  /** Turn a workflow on or off, or put it elsewhere */
  'workflows.update': {
    method: 'PATCH'
    path: '/workflows/{id}'
    params: { id: string }
    query: never
    body: {
      enabled?: boolean
      ownerId?: string | null
      folder?: string | null
      label?:
        | string
        | {
            [key: string]: string
          }
    }
    data: WorkflowDetail
  }
  /** Undo a merge */
  'records.unmerge': {
    method: 'POST'
    path: '/merges/{id}/undo'
    params: { id: string }
    query: never
    body: never
    data: Unmerged
  }
  /** Upgrade a template, in one version that can be taken back */
  'templates.upgrade': {
    method: 'POST'
    path: '/workspace/template/upgrade'
    params: never
    query: never
    body: {
      /** Slug of one of the workspace’s templates; the first unless said. */
      origin?: string
      to?: string
      /** What is taken of conflicts, by id: mine, unless said. */
      decisions?: {
        [key: string]: 'mine' | 'theirs'
      }
      dryRun?: boolean
    }
    data: TemplatePlan
  }
  /** Versions of a workflow, the latest first */
  'workflows.versions': {
    method: 'GET'
    path: '/workflows/{id}/versions'
    params: { id: string }
    query: never
    body: never
    data: WorkflowVersion[]
  }
  /** Views of an object that the caller may use */
  'views.list': {
    method: 'GET'
    path: '/objects/{object}/views'
    params: { object: string }
    query: never
    body: never
    data: View[]
  }
  /** Views that the caller has put into the navigation */
  'views.pinned': {
    method: 'GET'
    path: '/views/pinned'
    params: never
    query: never
    body: never
    data: PinnedView[]
  }
  /** Walk through a workflow with a record; nothing of it stays */
  'workflows.test': {
    method: 'POST'
    path: '/workflows/{id}/test'
    params: { id: string }
    query: never
    body: {
      recordId?: string
      /** The draft, where there is one, in place of what runs */
      draft?: boolean
      /** What its steps see as trigger */
      trigger?: {
        [key: string]: unknown
      }
      /** By the id of a step, what comes of it: came or timed_out of a wait for an event; approved, rejected or, where others are asked after a time, escalated of an approval */
      assume?: {
        [key: string]: 'came' | 'timed_out' | 'approved' | 'rejected' | 'escalated'
      }
    }
    data: WorkflowTrace
  }
  /** What a change of a role would give and take, member by member */
  'roles.preview': {
    method: 'POST'
    path: '/access/roles/{key}/preview'
    params: { key: string }
    query: never
    body: {
      /** By object slug; * stands for every object that is not named. */
      objects?: {
        [key: string]: ObjectGrantInput
      }
      /** Administrative permissions; * is all of them. */
      admin?: (
        | 'objects'
        | 'users'
        | 'roles'
        | 'templates'
        | 'views'
        | 'automation'
        | 'audit'
        | 'imports'
        | 'settings'
        | '*'
      )[]
      /** How many relations may be followed one after the other. */
      depth?: number | null
      /** Ways over relations that are closed: patients.primary_doctor.department */
      forbiddenPaths?: string[]
      delete?: boolean
    }
    data: AccessPreview
  }
  /** What a template says of a record, before it is kept */
  'mailTemplates.preview': {
    method: 'POST'
    path: '/mail-templates/preview'
    params: never
    query: never
    body: {
      object?: string | null
      recordId?: string | null
      mode: 'visual' | 'source'
      language?: string
      draft: {
        subject: string
        /** Of the visual editor. */
        blocks?: unknown[]
        /** Of the source. */
        mjml?: string
        /** Made of the HTML where empty. */
        text?: string
      }
    }
    data: {
      subject: string
      html: string
      text: string
      problems: {
        part: 'subject' | 'content' | 'text'
        line: number
        message: string
      }[]
    }
  }
  /** What an e-mail about a record begins with */
  'emails.draft': {
    method: 'GET'
    path: '/{object}/{id}/email-draft'
    params: { object: string; id: string }
    query: { templateId?: string }
    body: never
    data: EmailDraft
  }
  /** What an upgrade of a template would change */
  'templates.planUpgrade': {
    method: 'GET'
    path: '/workspace/template/upgrade'
    params: never
    query: { origin?: string; to?: string }
    body: never
    data: TemplatePlan
  }
  /** What became of e-mails that were written here */
  'emails.states': {
    method: 'GET'
    path: '/email-states'
    params: never
    query: { ids: string }
    body: never
    data: {
      recordId: string
      address: string
      state: 'kept' | 'queued' | 'sending' | 'sent' | 'failed' | 'bounced'
      reason: string | null
    }[]
  }
  /** What becomes of a text or a value with a record */
  'workflows.preview': {
    method: 'POST'
    path: '/workflows/preview'
    params: never
    query: never
    body: {
      object?: string
      recordId?: string
      value: __schema0
      as?: 'text' | 'value'
    }
    data: WorkflowPreview
  }
  /** What calls of workflows to the outside are signed with */
  'workflows.signingSecret': {
    method: 'GET'
    path: '/workflow-signing-secret'
    params: never
    query: never
    body: never
    data: WorkflowSigningSecret
  }
  /** What came in by a form, the latest first */
  'forms.submissions': {
    method: 'GET'
    path: '/forms/{id}/submissions'
    params: { id: string }
    query: { cursor?: string; limit?: number }
    body: never
    data: FormSubmission[]
    pagination: CursorPagination
  }
  /** What came into each stage, moved on, was won or lost, and what is open now */
  'pipelines.figures': {
    method: 'GET'
    path: '/objects/{object}/pipelines/{key}/figures'
    params: { object: string; key: string }
    query: { from?: string; to?: string; owner?: string; groupBy?: 'owner' | 'month' }
    body: never
    data: PipelineFigures
  }
  /** What depends on a field */
  'fields.dependents': {
    method: 'GET'
    path: '/objects/{object}/fields/{key}/dependents'
    params: { object: string; key: string }
    query: never
    body: never
    data: Dependents
  }
  /** What depends on a relation */
  'relations.dependents': {
    method: 'GET'
    path: '/objects/{object}/relations/{key}/dependents'
    params: { object: string; key: string }
    query: never
    body: never
    data: Dependents
  }
  /** What depends on a role */
  'roles.dependents': {
    method: 'GET'
    path: '/access/roles/{key}/dependents'
    params: { key: string }
    query: never
    body: never
    data: Dependents
  }
  /** What depends on an object */
  'objects.dependents': {
    method: 'GET'
    path: '/objects/{object}/dependents'
    params: { object: string }
    query: never
    body: never
    data: Dependents
  }
  /** What depends on an option or a stage of a field */
  'options.dependents': {
    method: 'GET'
    path: '/objects/{object}/fields/{key}/options/{value}/dependents'
    params: { object: string; key: string; value: string }
    query: never
    body: never
    data: Dependents
  }
  /** What happened to a record */
  'records.history': {
    method: 'GET'
    path: '/{object}/{id}/history'
    params: { object: string; id: string }
    query: { limit?: number; cursor?: string }
    body: never
    data: HistoryEntry[]
    pagination: CursorPagination
  }
  /** What has been used of what the plan allows */
  'usage.get': {
    method: 'GET'
    path: '/usage'
    params: never
    query: never
    body: never
    data: Usage
  }
  /** What lies between two versions */
  'versions.compare': {
    method: 'GET'
    path: '/workspace/versions/compare'
    params: never
    query: { from: number; to?: number }
    body: never
    data: {
      from: number
      to: number
      changes: MetadataChange[]
    }
  }
  /** What object an uploaded file could become */
  'uploads.propose': {
    method: 'POST'
    path: '/uploads/{id}/proposal'
    params: { id: string }
    query: never
    body: {
      /** Name of the sheet of a workbook; the first without it. */
      sheet?: string
      delimiter?: ',' | ';' | '\t' | '|'
      encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
    }
    data: ObjectProposal
  }
  /** What one member holds */
  'access.member': {
    method: 'GET'
    path: '/access/members/{userId}'
    params: { userId: string }
    query: never
    body: never
    data: MemberAccessDetail
  }
  /** What other roles would give a member and take from them */
  'access.previewMember': {
    method: 'POST'
    path: '/access/members/{userId}/preview'
    params: { userId: string }
    query: never
    body: {
      roles: {
        key: string
        locationId?: string | null
      }[]
    }
    data: AccessPreview
  }
  /** What rules would find among the newest records */
  'duplicates.preview': {
    method: 'POST'
    path: '/objects/{object}/duplicates/preview'
    params: { object: string }
    query: never
    body: {
      threshold: number
      rules: {
        key: string
        /** How sure it makes by itself, in percent */
        weight: number
        parts: {
          field: string
          compare: 'exact' | 'normalised' | 'similar' | 'domain'
        }[]
      }[]
    }
    data: DuplicatePreview
  }
  /** What the caller follows without a choice */
  'following.settings': {
    method: 'GET'
    path: '/following/settings'
    params: never
    query: never
    body: never
    data: FollowSettings
  }
  /** What the caller may try on their first day, and what they have done of it */
  'firstDay.get': {
    method: 'GET'
    path: '/first-day'
    params: never
    query: never
    body: never
    data: FirstDay
  }
  /** What the caller was told, the latest first */
  'notifications.list': {
    method: 'GET'
    path: '/notifications'
    params: never
    query: { unread?: string; cursor?: string; limit?: number }
    body: never
    data: Notification[]
    pagination: CursorPagination
  }
  /** What the caller wishes to be told of, and how */
  'notifications.preferences': {
    method: 'GET'
    path: '/notifications/preferences'
    params: never
    query: never
    body: never
    data: NotificationPreferences
  }
  /** What the widgets of a dashboard show */
  'dashboards.figures': {
    method: 'POST'
    path: '/dashboards/{id}/figures'
    params: { id: string }
    query: never
    body: {
      /** The dashboard’s own unless said; null for none */
      range?: DashboardRange | null
      /** The dashboard’s own unless said */
      filters?: {
        object?: string
        filter: unknown
      }[]
      /** Keys of the widgets wanted; all unless said */
      widgets?: string[]
    }
    data: DashboardFigures
  }
  /** What was changed of a dashboard since it came with a template */
  'dashboards.difference': {
    method: 'GET'
    path: '/dashboards/{id}/difference'
    params: { id: string }
    query: never
    body: never
    data: DashboardDifference
  }
  /** What was merged into a record, newest first */
  'records.merges': {
    method: 'GET'
    path: '/{object}/{id}/merges'
    params: { object: string; id: string }
    query: never
    body: never
    data: ListedMerge[]
  }
  /** What was noted on a record, newest first */
  'activities.list': {
    method: 'GET'
    path: '/{object}/{id}/activities'
    params: { object: string; id: string }
    query: { limit?: number; cursor?: string; pinned?: 'true' | 'false' }
    body: never
    data: Activity[]
    pagination: CursorPagination
  }
  /** What widgets would show that nobody has saved */
  'dashboards.preview': {
    method: 'POST'
    path: '/dashboards/preview'
    params: never
    query: never
    body: {
      widgets: {
        key: string
        type:
          | 'metric'
          | 'chart'
          | 'heatmap'
          | 'pivot'
          | 'table'
          | 'leaderboard'
          | 'goal'
          | 'recent'
          | 'pipeline'
          | 'calendar'
          | 'tasks'
          | 'text'
        /** All but texts and tasks are about one */
        object?: string
        /** On a grid of twelve columns */
        position: {
          x: number
          y: number
          w: number
          h: number
        }
        /** The count of records unless said */
        measure?: {
          op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
          field?: string
        }
        /** Of tables and pivots */
        measures?: {
          op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
          field?: string
        }[]
        /** The filter language */
        filter?: unknown
        period?: {
          /** The date that ranges apply to; the one that is grouped by unless said */
          field?: string
          range?: DashboardRange
          /** The range of the whole dashboard does not apply */
          fixed?: boolean
        }
        compare?: 'previous' | 'lastYear'
        sparkline?: 'day' | 'week' | 'month'
        groupBy?: {
          field: string
          /** Of dates only; month unless said */
          interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
        }
        /** The series of a chart, the columns of a pivot or a heat map */
        thenBy?: {
          field: string
          /** Of dates only; month unless said */
          interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
        }
        chart?: 'bar' | 'line' | 'area' | 'pie' | 'funnel'
        stacked?: boolean
        /** Of a goal; of money in whole units of the workspace’s currency */
        target?: number
        fields?: string[]
        sort?: string[]
        limit?: number
        icon?: string
        color?:
          | 'gray'
          | 'red'
          | 'pink'
          | 'grape'
          | 'violet'
          | 'indigo'
          | 'blue'
          | 'cyan'
          | 'teal'
          | 'green'
          | 'lime'
          | 'yellow'
          | 'orange'
        title:
          | string
          | {
              en: string
              [key: string]: string
            }
        text?:
          | string
          | {
              en: string
              [key: string]: string
            }
      }[]
      /** The dashboard’s own unless said; null for none */
      range?: DashboardRange | null
      /** The dashboard’s own unless said */
      filters?: {
        object?: string
        filter: unknown
      }[]
    }
    data: DashboardFigures
  }
  /** What workflows ask of you, the oldest first */
  'workflowApprovals.list': {
    method: 'GET'
    path: '/workflow-approvals'
    params: never
    query: never
    body: never
    data: WorkflowApproval[]
  }
  /** What workflows can be made of in this workspace */
  'workflows.vocabulary': {
    method: 'GET'
    path: '/workflows/vocabulary'
    params: never
    query: { object?: string }
    body: never
    data: WorkflowVocabulary
  }
  /** What would stand against a new record, without making it */
  'records.validate': {
    method: 'POST'
    path: '/{object}/validate'
    params: { object: string }
    query: never
    body: {
      /** The fields by key, flat */
      data: {
        [key: string]: unknown
      }
      /** Fields that have been filled in: what stands against others is left out. All without it */
      about?: string[]
    }
    data: {
      /** One a field; none: it can be saved */
      problems: FieldProblem[]
    }
  }
  /** When a dashboard goes out by mail */
  'dashboards.schedules': {
    method: 'GET'
    path: '/dashboards/{id}/schedules'
    params: { id: string }
    query: never
    body: never
    data: DashboardSchedule[]
  }
  /** Whether the figures of a dashboard may have changed */
  'dashboards.stamp': {
    method: 'GET'
    path: '/dashboards/{id}/stamp'
    params: { id: string }
    query: never
    body: never
    data: {
      stamp: string
    }
  }
  /** Whether there is such a record already */
  'duplicates.check': {
    method: 'POST'
    path: '/{object}/duplicates/check'
    params: { object: string }
    query: never
    body: {
      data: {
        [key: string]: unknown
      }
      /** The record that is being edited */
      except?: string
    }
    data: FoundDuplicates
  }
  /** Who did what, as CSV */
  'audit.export': {
    method: 'GET'
    path: '/audit/export'
    params: never
    query: {
      user?: string
      operation?: string
      kind?: 'command' | 'query'
      object?: string
      record?: string
      outcome?: 'done' | 'failed'
      requestId?: string
      from?: string
      to?: string
    }
    body: never
    data: Blob
  }
  /** Who did what, the latest first */
  'audit.list': {
    method: 'GET'
    path: '/audit'
    params: never
    query: {
      user?: string
      operation?: string
      kind?: 'command' | 'query'
      object?: string
      record?: string
      outcome?: 'done' | 'failed'
      requestId?: string
      from?: string
      to?: string
      cursor?: string
      limit?: number
    }
    body: never
    data: LogEntry[]
    pagination: CursorPagination
  }
  /** Who follows a record */
  'following.list': {
    method: 'GET'
    path: '/{object}/{id}/followers'
    params: { object: string; id: string }
    query: never
    body: never
    data: Followers
  }
  /** Who read or changed a record, the latest first */
  'audit.forRecord': {
    method: 'GET'
    path: '/{object}/{id}/accesses'
    params: { object: string; id: string }
    query: {
      user?: string
      operation?: string
      kind?: 'command' | 'query'
      outcome?: 'done' | 'failed'
      requestId?: string
      from?: string
      to?: string
      cursor?: string
      limit?: number
    }
    body: never
    data: LogEntry[]
    pagination: CursorPagination
  }
  /** Whom to ask for a right: those who can give it */
  'access.administrators': {
    method: 'GET'
    path: '/access/administrators'
    params: never
    query: {
      permission?:
        | 'objects'
        | 'users'
        | 'roles'
        | 'templates'
        | 'views'
        | 'automation'
        | 'audit'
        | 'imports'
        | 'settings'
    }
    body: never
    data: {
      userId: string
      name: string
      email: string
    }[]
  }
  /** Why a member may or may not see and change a record */
  'access.explain': {
    method: 'GET'
    path: '/{object}/{id}/access'
    params: { object: string; id: string }
    query: { user?: string }
    body: never
    data: RecordAccess
  }
  /** Withdraw an invitation */
  'invitations.revoke': {
    method: 'DELETE'
    path: '/members/invitations/{id}'
    params: { id: string }
    query: never
    body: never
    data: undefined
  }
  /** Workflows that you may start on records of an object */
  'workflowButtons.list': {
    method: 'GET'
    path: '/workflow-buttons'
    params: never
    query: { object: string }
    body: never
    data: WorkflowButton[]
  }
  /** Workflows, with what runs and waits of them */
  'workflows.list': {
    method: 'GET'
    path: '/workflows'
    params: never
    query: { search?: string; folder?: string; object?: string }
    body: never
    data: WorkflowSummary[]
  }
  /** Write a note on a record */
  'activities.addNote': {
    method: 'POST'
    path: '/{object}/{id}/notes'
    params: { object: string; id: string }
    query: never
    body: {
      body: string
    }
    data: Activity
  }
  /** Write an e-mail about a record */
  'emails.send': {
    method: 'POST'
    path: '/{object}/{id}/email'
    params: { object: string; id: string }
    query: never
    body: {
      to: string
      subject: string
      html?: string
      /** In place of `html`. */
      templateId?: string
      attachments?: {
        name: string
        content: string
      }[]
      /** The e-mail record that it answers: it stands in its thread. */
      answers?: string
    }
    data: {
      id: string
      object: string
    }
  }
  /** Write to an address again */
  'mailSuppressions.lift': {
    method: 'POST'
    path: '/mail-suppressions/lift'
    params: never
    query: never
    body: {
      address: string
      /** All mail, or only what receivers may end. */
      scope: 'all' | 'marketing'
    }
    data: undefined
  }
  /** Write to an address no more */
  'mailSuppressions.add': {
    method: 'POST'
    path: '/mail-suppressions'
    params: never
    query: never
    body: {
      address: string
      /** All mail, or only what receivers may end. */
      scope?: 'all' | 'marketing'
      detail?: string
    }
    data: undefined
  }
}
