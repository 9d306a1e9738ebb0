/** What dashboards show. */
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { seenDashboard, storedWidget } from './dashboards.service.ts'
import { dashboardFile } from './export.service.ts'
import { dashboardFigures, exportInput, figuresInput, previewInput } from './figures.schemas.ts'
import { chosenFor, figuresOf } from './figures.service.ts'
import { stampOf } from './stamp.ts'

const base = { tag: 'Dashboards', access: 'member', kind: 'query', phi: true } as const

/** As many aggregates as a dashboard has widgets. */
const costOfFigures = 5
/** Drawing takes the processor for a good part of a second. */
const costOfFile = 20
/** Asked every few seconds by each page that shows a dashboard. */
const costOfStamp = 0.25

export const figureOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'dashboards.figures',
    summary: 'What the widgets of a dashboard show',
    description:
      'Each widget has its data, or the problem that is in their way. Figures are of what the caller may see; `drill` and the filters of categories lead to the records behind them.',
    input: figuresInput,
    output: dashboardFigures,
    cost: costOfFigures,
    http: { method: 'POST', path: '/dashboards/{id}/figures' },
    async handler(context, { id, widgets: wanted, ...asked }) {
      const { definition } = await seenDashboard(context, id)
      const widgets = definition.widgets.filter(({ key }) => !wanted || wanted.includes(key))
      return figuresOf(context, widgets, chosenFor(definition, asked))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.preview',
    summary: 'What widgets would show that nobody has saved',
    input: previewInput,
    output: dashboardFigures,
    cost: costOfFigures,
    http: { method: 'POST', path: '/dashboards/preview' },
    async handler(context, { widgets, ...asked }) {
      const drawn = widgets.map((widget) => storedWidget(context, widget))
      return figuresOf(context, drawn, chosenFor({}, asked))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.export',
    summary: 'A dashboard as a PDF or a PNG',
    description:
      'Drawn in light colours from the figures that the caller sees, with the range, the time and their name.',
    input: exportInput,
    output: z.string(),
    cost: costOfFile,
    http: { method: 'POST', path: '/dashboards/{id}/export', raw: true },
    async handler(context, { id, format, ...asked }) {
      const { definition } = await seenDashboard(context, id)
      const file = await dashboardFile(context, definition, chosenFor(definition, asked), format)
      return new HttpAnswer(new Uint8Array(file.content), {
        'content-type': file.contentType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      })
    },
  }),
  defineOperation({
    ...base,
    phi: false,
    name: 'dashboards.stamp',
    summary: 'Whether the figures of a dashboard may have changed',
    description: 'Differs from the stamp that came with figures when it is time to ask for them again.',
    input: z.object({ id: z.string() }),
    output: z.object({ stamp: z.string() }),
    cost: costOfStamp,
    http: { method: 'GET', path: '/dashboards/{id}/stamp' },
    async handler(context, { id }) {
      const { definition } = await seenDashboard(context, id)
      return { stamp: await stampOf(context, definition.widgets) }
    },
  }),
]
