/** Examples of the main operations. A test sends each of them to a running server, in this order. */

export interface OperationExample {
  summary: string
  path?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}

/** Stands for the id of a record that exists. */
export const exampleId = '0190a000-0000-7000-8000-000000000000'

const patients = { object: 'patients' }
const onePatient = { ...patients, id: exampleId }

export const examples: Record<string, OperationExample> = {
  'auth.register': {
    summary: 'Register',
    body: {
      email: 'ann@example.com',
      password: 'a lantern in the orchard',
      name: 'Ann Baker',
      workspace: 'Harbour Hospital',
    },
  },
  'auth.login': { summary: 'Sign in', body: { email: 'ann@example.com', password: 'a lantern in the orchard' } },
  'auth.me': { summary: 'Who am I' },
  'templates.list': { summary: 'Industries' },
  'templates.get': { summary: 'The hospital', path: { slug: 'hospital' } },
  'templates.apply': { summary: 'Make it a hospital', body: { template: 'hospital', sampleData: true } },
  'workspace.get': { summary: 'The workspace' },
  'objects.list': { summary: 'All objects' },
  'objects.get': { summary: 'The fields of patients', path: patients },
  'objects.create': {
    summary: 'An object of your own',
    body: {
      slug: 'ambulances',
      label: 'Ambulance',
      labelPlural: 'Ambulances',
      icon: 'ambulance',
      fields: [
        { key: 'plate', label: 'Number plate', type: 'text', required: true, unique: true },
        { key: 'kind', label: 'Kind', type: 'select', options: ['Emergency', 'Transfer'] },
      ],
    },
  },
  'members.list': { summary: 'The members' },
  'records.create': {
    summary: 'A patient',
    path: patients,
    body: { full_name: 'Sofía Ortega', date_of_birth: '1988-03-14', phone: '+34612345678', blood_group: 'O+' },
  },
  'records.list': {
    summary: 'The newest patients',
    path: patients,
    query: { sort: '-createdAt,full_name', limit: '5' },
  },
  'records.query': {
    summary: 'Patients of two blood groups',
    path: patients,
    body: { filter: { field: 'blood_group', op: 'in', value: ['O+', 'O-'] }, sort: ['full_name'], limit: 10 },
  },
  'records.count': {
    summary: 'Patients born before 1990',
    path: patients,
    body: { filter: { field: 'date_of_birth', op: 'lt', value: '1990-01-01' } },
  },
  'records.get': { summary: 'One patient', path: onePatient },
  'records.update': { summary: 'Another phone', path: onePatient, body: { phone: '+34698765432' } },
  'records.history': { summary: 'What happened', path: onePatient, query: { limit: '10' } },
  'records.aggregate': {
    summary: 'Patients by blood group',
    path: patients,
    body: { groupBy: ['blood_group'], measures: [{ op: 'count' }] },
  },
  'records.bulkCreate': {
    summary: 'Two patients',
    path: patients,
    body: {
      records: [
        { full_name: 'Ken Ito', date_of_birth: '1979-11-02', phone: '+34611111111' },
        { full_name: 'Lena Vogt', date_of_birth: '2001-06-23', phone: '+34622222222' },
      ],
    },
  },
  'records.bulkUpdate': {
    summary: 'The same change to several',
    path: patients,
    body: { ids: [exampleId], updates: { blood_group: 'A+' } },
  },
  'records.search': { summary: 'Find Sofía', query: { q: 'sofia', limit: '5' } },
  'records.searchObject': { summary: 'Find her among the patients', path: patients, query: { q: 'ortega' } },
  'records.find': { summary: 'Find Sofía', body: { q: 'sofia', limit: 5 } },
  'records.findInObject': { summary: 'Find her among the patients', path: patients, body: { q: 'ortega' } },
  'records.delete': { summary: 'To the trash', path: onePatient },
  'records.restore': { summary: 'And back', path: onePatient },
}
