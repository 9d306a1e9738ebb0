/**
 * Workflows to begin with, for the objects that the shipped templates bring. One is offered where the workspace has its
 * object; what does not fit there is named as a problem before it can be published.
 */
import type { Flow } from '../flow/flow.ts'

const inDays = (days: number): string => `P${days}D`

export const readyMade: Flow[] = [
  {
    key: 'nurture_lead',
    label: { en: 'Follow a lead up', es: 'Seguir a un interesado', de: 'Interessenten nachfassen' },
    object: 'leads',
    trigger: { type: 'record_created' },
    steps: [
      { id: 'assign', type: 'assign', method: 'round_robin' },
      {
        id: 'call',
        type: 'create_task',
        title: {
          en: 'Call {{ record.full_name }}',
          es: 'Llamar a {{ record.full_name }}',
          de: '{{ record.full_name }} anrufen',
        },
        assignTo: 'owner',
        dueIn: inDays(1),
      },
      {
        id: 'moved',
        type: 'wait_event',
        event: 'field_changed',
        field: 'status',
        timeout: inDays(3),
        onTimeout: [
          {
            id: 'remind',
            type: 'notify',
            to: 'owner',
            message: {
              en: 'Nothing has happened with {{ record.full_name }} for three days',
              es: 'Hace tres días que no hay novedades de {{ record.full_name }}',
              de: 'Bei {{ record.full_name }} ist seit drei Tagen nichts geschehen',
            },
          },
        ],
      },
    ],
  },
  {
    key: 'approve_quote',
    label: { en: 'Approve large quotes', es: 'Aprobar ofertas grandes', de: 'Große Angebote freigeben' },
    object: 'quotes',
    trigger: { type: 'record_created' },
    condition: { field: 'total', op: 'gt', value: 10_000 },
    steps: [
      {
        id: 'ask',
        type: 'approval',
        from: { role: '' },
        message: {
          en: 'May {{ record.recordNumber }} over {{ record.total }} go out?',
          es: '¿Puede enviarse {{ record.recordNumber }} por {{ record.total }}?',
          de: 'Darf {{ record.recordNumber }} über {{ record.total }} hinausgehen?',
        },
        escalateAfter: inDays(2),
        approved: [
          {
            id: 'yes',
            type: 'notify',
            to: 'owner',
            message: {
              en: '{{ record.recordNumber }} is approved',
              es: '{{ record.recordNumber }} está aprobada',
              de: '{{ record.recordNumber }} ist freigegeben',
            },
          },
        ],
        rejected: [
          {
            id: 'revise',
            type: 'create_task',
            title: {
              en: 'Revise {{ record.recordNumber }}',
              es: 'Revisar {{ record.recordNumber }}',
              de: '{{ record.recordNumber }} überarbeiten',
            },
            assignTo: 'owner',
          },
        ],
      },
    ],
  },
  {
    key: 'after_appointment',
    label: { en: 'Ask how the visit was', es: 'Preguntar por la visita', de: 'Nach dem Besuch fragen' },
    object: 'appointments',
    trigger: { type: 'date_relative', field: 'appointment_date', offset: inDays(1) },
    condition: { field: 'patient.email', op: 'notEmpty' },
    steps: [
      {
        id: 'thank',
        type: 'send_email',
        to: '{{ record.patient.email }}',
        subject: { en: 'Thank you for your visit', es: 'Gracias por su visita', de: 'Danke für Ihren Besuch' },
        body: {
          en: 'Dear {{ record.patient.full_name }},\n\nthank you for coming. How was it? Just answer this message.',
          es: 'Estimado/a {{ record.patient.full_name }}:\n\nGracias por venir. ¿Cómo fue? Responda a este mensaje.',
          de: 'Guten Tag {{ record.patient.full_name }},\n\ndanke für Ihren Besuch. Wie war es? Antworten Sie einfach auf diese Nachricht.',
        },
      },
    ],
  },
  {
    key: 'confirm_by_call',
    label: { en: 'Call who has not confirmed', es: 'Llamar a quien no confirmó', de: 'Unbestätigte anrufen' },
    object: 'bookings',
    trigger: { type: 'date_relative', field: 'starts_at', offset: '-P1D' },
    steps: [
      {
        id: 'confirmed',
        type: 'if',
        condition: { field: 'status', op: 'in', value: ['Scheduled'] },
        // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
        then: [
          {
            id: 'call',
            type: 'create_task',
            title: {
              en: 'Confirm {{ record.recordNumber }} by telephone',
              es: 'Confirmar {{ record.recordNumber }} por teléfono',
              de: '{{ record.recordNumber }} telefonisch bestätigen',
            },
            dueIn: 'PT4H',
            assignTo: 'owner',
          },
        ],
        else: [],
      },
    ],
  },
  {
    key: 'after_viewing',
    label: { en: 'After a viewing', es: 'Tras una visita', de: 'Nach einer Besichtigung' },
    object: 'viewings',
    trigger: { type: 'date_relative', field: 'ends_at', offset: 'PT2H' },
    steps: [
      {
        id: 'opinion',
        type: 'create_task',
        title: {
          en: 'Ask {{ record.contact.full_name }} for an opinion',
          es: 'Pedir opinión a {{ record.contact.full_name }}',
          de: '{{ record.contact.full_name }} nach dem Eindruck fragen',
        },
        dueIn: inDays(1),
        assignTo: 'owner',
      },
    ],
  },
  {
    key: 'stuck_application',
    label: { en: 'Applications that stand still', es: 'Candidaturas paradas', de: 'Bewerbungen, die stehen bleiben' },
    object: 'applications',
    trigger: { type: 'stage_changed' },
    steps: [
      {
        id: 'moved',
        type: 'wait_event',
        event: 'stage_changed',
        timeout: inDays(7),
        onTimeout: [
          {
            id: 'remind',
            type: 'notify',
            to: 'owner',
            message: {
              en: '{{ record.recordNumber }} has not moved for a week',
              es: '{{ record.recordNumber }} lleva una semana parada',
              de: '{{ record.recordNumber }} steht seit einer Woche',
            },
          },
        ],
      },
    ],
  },
  {
    key: 'promise_repair',
    label: { en: 'Keep what was promised', es: 'Cumplir lo prometido', de: 'Zusagen einhalten' },
    object: 'repairs',
    trigger: { type: 'date_relative', field: 'promised_on', offset: '-P2D' },
    condition: { field: 'completed_on', op: 'empty' },
    steps: [
      {
        id: 'finish',
        type: 'create_task',
        title: {
          en: 'Finish {{ record.recordNumber }}: promised on {{ record.promised_on }}',
          es: 'Terminar {{ record.recordNumber }}: prometido para el {{ record.promised_on }}',
          de: '{{ record.recordNumber }} fertigstellen: zugesagt zum {{ record.promised_on }}',
        },
        dueIn: inDays(1),
        assignTo: 'owner',
      },
    ],
  },
]
