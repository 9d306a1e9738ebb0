/** Contacts and deals that look like a sales team's, the same at every run. */
import type { RecordData } from '@oneforge/kernel/records'

const first =
  'Ana Luis Marta Jorge Elena Pablo Lucía Diego Sofía Carlos Emma Liam Olivia Noah Ava Ethan Mia Lucas Amara Kwame Yuki Hiro Mei Wei Priya Arjun Fatima Omar Ingrid Lars'.split(
    ' ',
  )
const last =
  'García Smith Müller Rossi Silva Okafor Tanaka Chen Patel Kowalski Novak Jensen Dubois Moreau Fernández Johnson Brown Wilson Nguyen Kim Ali Hassan Eriksson Ivanova Costa Pereira Romano Schmidt Weber Martin'.split(
    ' ',
  )
const sources = ['Website', 'Referral', 'Phone', 'E-mail', 'Event', 'Partner', 'Other']
const statuses = ['New', 'Contacted', 'Qualified', 'Unqualified']
const lifecycle = ['Lead', 'Marketing qualified', 'Sales qualified', 'Opportunity', 'Customer']
const stages = ['Prospecting', 'Qualification', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost']

/** Spreads an index over a list so that neighbours differ and every combination comes. */
const spread = (index: number, salt: number, count: number): number =>
  Math.abs(Math.imul(index + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)) % count
const pick = <T>(list: T[], index: number, salt: number): T => list[spread(index, salt, list.length)]!

/** How many departments so many contacts have: equality on one finds about fifty, whatever the size. */
export const departmentsOf = (contacts: number): number => contacts / 50

export function contact(index: number, contacts = 1_000_000): RecordData {
  const given = pick(first, index, 1)
  const family = `${pick(last, index, 2)} ${pick(last, index, 3)}`
  return {
    full_name: `${given} ${family} ${index.toString(36)}`,
    first_name: given,
    last_name: family,
    job_title: `Manager ${spread(index, 4, 500)}`,
    department: `Department ${spread(index, 5, departmentsOf(contacts))}`,
    email: `${given.toLowerCase()}.${index}@example.com`,
    phone: `+1617555${String(index % 10_000).padStart(4, '0')}`,
    lead_source: pick(sources, index, 6),
    lead_status: pick(statuses, index, 7),
    lifecycle_stage: pick(lifecycle, index, 8),
    lead_score: spread(index, 9, 101),
    tags: ['newsletter', pick(sources, index, 10)],
    do_not_contact: index % 50 === 0,
    active: true,
    notes: `Met at an event in ${2020 + (index % 6)}; wants to hear about the new range in spring.`,
  }
}

export function deal(index: number): RecordData {
  const day = new Date(Date.parse('2025-01-01') + spread(index, 11, 700) * 86_400_000)
  return {
    name: `${pick(last, index, 12)} renewal ${index.toString(36)}`,
    amount: { amount: `${1_000 + spread(index, 13, 90_000)}.00`, currency: 'USD' },
    stage: pick(stages, index, 14),
    expected_close_date: day.toISOString().slice(0, 10),
    probability: spread(index, 15, 100),
    next_step: 'Call back with the new offer',
    tags: ['renewal'],
  }
}
