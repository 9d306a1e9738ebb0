import type { Template } from '../template.ts'

/** A small template with one of everything and nothing wrong; each call gives a fresh copy to spoil. */
export function clinicTemplate(): Template {
  return structuredClone(clinic)
}

const clinic: Template = {
  slug: 'small-clinic',
  version: '1.0.0',
  name: { en: 'Small clinic', es: 'Clínica pequeña' },
  industry: 'healthcare',
  description: { en: 'A clinic', es: 'Una clínica' },
  highlights: [{ en: 'Patients', es: 'Pacientes' }],
  icon: 'stethoscope',
  color: 'blue',
  currency: 'EUR',
  objects: [
    {
      slug: 'patients',
      label: { en: 'Patient' },
      labelPlural: { en: 'Patients' },
      icon: 'user-heart',
      numberPrefix: 'PAT-',
      roles: { title: 'full_name', stage: 'status', email: 'email' },
      fields: [
        { key: 'full_name', label: { en: 'Name' }, type: 'text', required: true, searchable: true },
        { key: 'email', label: { en: 'E-mail' }, type: 'email', unique: true },
        { key: 'born_on', label: { en: 'Born' }, type: 'date', sortable: true, rules: { notAfter: 'today' } },
        {
          key: 'status',
          label: { en: 'Status' },
          type: 'select',
          options: [
            { value: 'New', label: { en: 'New' }, color: 'blue' },
            { value: 'Active', label: { en: 'Active' }, color: 'green' },
          ],
          default: 'New',
        },
        {
          key: 'doctor',
          label: { en: 'Doctor' },
          type: 'relation',
          relation: { object: 'doctors', inverse: { key: 'patients', label: { en: 'Patients' }, many: true } },
        },
        { key: 'balance', label: { en: 'Balance' }, type: 'money', sortable: true },
        { key: 'notes', label: { en: 'Notes' }, type: 'longtext', phi: true },
        {
          key: 'sent_by',
          label: { en: 'Sent by' },
          type: 'relation',
          relation: {
            object: 'doctors',
            inverse: { key: 'sent_patients', label: { en: 'Sent patients' }, many: true },
          },
        },
      ],
      pipelines: [
        {
          key: 'care',
          label: { en: 'Care' },
          field: 'status',
          stages: [
            { value: 'New', label: { en: 'New' } },
            { value: 'Active', label: { en: 'Active' }, kind: 'won', probability: 100 },
          ],
        },
      ],
      views: [
        {
          key: 'mine',
          label: { en: 'Mine' },
          type: 'table',
          columns: ['full_name', 'doctor.full_name', 'createdAt'],
          filter: {
            and: [
              { field: 'ownerId', op: 'eq', value: { me: true } },
              { field: 'born_on', op: 'eq', value: { relative: 'lastNDays', n: 30 } },
            ],
          },
          sort: ['-born_on', 'full_name'],
        },
        { key: 'board', label: { en: 'Board' }, type: 'kanban', groupBy: 'status' },
      ],
    },
    {
      slug: 'doctors',
      label: { en: 'Doctor' },
      labelPlural: { en: 'Doctors' },
      icon: 'stethoscope',
      numberPrefix: 'DOC-',
      roles: { title: 'full_name' },
      fields: [
        { key: 'full_name', label: { en: 'Name' }, type: 'text', required: true },
        {
          key: 'patient_count',
          label: { en: 'Patients' },
          type: 'rollup',
          computed: { relation: 'patients', op: 'count', resultType: 'integer' },
        },
      ],
    },
    {
      slug: 'rooms',
      label: { en: 'Room' },
      labelPlural: { en: 'Rooms' },
      icon: 'door',
      numberPrefix: 'ROM-',
      roles: { title: 'name' },
      fields: [
        { key: 'name', label: { en: 'Name' }, type: 'text' },
        { key: 'floor', label: { en: 'Floor' }, type: 'integer' },
      ],
    },
  ],
  roles: [
    {
      key: 'owner',
      label: { en: 'Owner' },
      objects: { '*': { create: 'all', read: 'all', update: 'all' } },
      admin: ['*'],
    },
    {
      key: 'receptionist',
      label: { en: 'Receptionist' },
      objects: { patients: { create: 'all', read: 'all', update: 'own', fields: { notes: 'hidden' } } },
    },
  ],
  workflows: [
    {
      key: 'welcome',
      label: { en: 'Welcome' },
      object: 'patients',
      trigger: { type: 'record_created' },
      condition: { field: 'email', op: 'notEmpty' },
      actions: [
        {
          type: 'send_email',
          to: '{{ record.email }}',
          subject: { en: 'Welcome to {{ tenant.name }}' },
          body: { en: 'Your doctor is {{ record.doctor.full_name }}.' },
        },
        { type: 'notify', to: 'receptionist', message: { en: '{{ record.full_name }} is new' } },
      ],
    },
    {
      key: 'activate',
      label: { en: 'Activate' },
      object: 'patients',
      trigger: { type: 'date_relative', field: 'born_on', offset: '-P7D' },
      actions: [{ type: 'update_field', field: 'status', value: 'Active' }],
    },
    {
      key: 'greet',
      label: { en: 'Greet' },
      object: 'patients',
      trigger: { type: 'stage_changed', to: 'Active' },
      actions: [{ type: 'create_task', title: { en: 'Greet {{ record.full_name }}' }, dueIn: 'P1D' }],
    },
  ],
  dashboards: [
    {
      key: 'overview',
      label: { en: 'Overview' },
      roles: ['owner'],
      widgets: [
        {
          key: 'count',
          type: 'metric',
          title: { en: 'Patients' },
          object: 'patients',
          position: { x: 0, y: 0, w: 6, h: 2 },
          measure: { op: 'count' },
        },
        {
          key: 'balance',
          type: 'chart',
          title: { en: 'Balance' },
          object: 'patients',
          position: { x: 6, y: 0, w: 6, h: 2 },
          measure: { op: 'sum', field: 'balance' },
          groupBy: { field: 'born_on', interval: 'year' },
          chart: 'bar',
        },
      ],
    },
  ],
  samples: {
    doctors: [{ ref: 'doc-1', full_name: 'Dr Mei Chen' }],
    patients: [
      {
        ref: 'pat-1',
        full_name: 'Omar Haddad',
        email: 'omar@example.com',
        born_on: 'today-40y',
        doctor: '@doc-1',
        balance: { amount: '12.50', currency: 'EUR' },
      },
      { ref: 'pat-2', full_name: 'Priya Nair', status: 'Active', _owner: 'me' },
    ],
  },
}
