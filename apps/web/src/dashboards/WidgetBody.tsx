import type { FieldMeta, ObjectMeta, Widget, WidgetFigures } from '@oneforge/client'
import { useListFields } from '../list/useListFields.ts'
import { CalendarBody } from './widgets/CalendarBody.tsx'
import { ChartBody } from './widgets/ChartBody.tsx'
import { CrossBody } from './widgets/CrossBody.tsx'
import { GoalBody } from './widgets/GoalBody.tsx'
import { LeaderboardBody } from './widgets/LeaderboardBody.tsx'
import { MetricBody } from './widgets/MetricBody.tsx'
import { NothingHere } from './widgets/NothingHere.tsx'
import { PipelineBody } from './widgets/PipelineBody.tsx'
import { RecentBody } from './widgets/RecentBody.tsx'
import { TableBody } from './widgets/TableBody.tsx'
import { TasksBody } from './widgets/TasksBody.tsx'
import { TextBody } from './widgets/TextBody.tsx'

interface WidgetBodyProps {
  widget: Widget
  answer: WidgetFigures
  /** Undefined for widgets without one, and where the person does not see it. */
  object: ObjectMeta | undefined
  /** The figures line for line instead of a drawing. */
  asTable: boolean
}

/** What a widget shows, or why it cannot: a problem of one leaves the others as they are. */
export function WidgetBody({ object, ...props }: WidgetBodyProps) {
  if (props.answer.problem) return <NothingHere text={props.answer.problem.message} />
  return object ? <OfObject {...props} object={object} /> : <Drawn {...props} object={undefined} fields={noFields} />
}

const noFields: FieldMeta[] = []

function OfObject(props: WidgetBodyProps & { object: ObjectMeta }) {
  return <Drawn {...props} fields={useListFields(props.object)} />
}

function Drawn({ answer, asTable, ...others }: WidgetBodyProps & { fields: FieldMeta[] }) {
  if (!answer.data) return <NothingHere />
  switch (answer.type) {
    case 'metric':
      return <MetricBody {...others} answer={answer} data={answer.data} />
    case 'chart':
      return <ChartBody {...others} answer={answer} data={answer.data} asTable={asTable} />
    case 'heatmap':
    case 'pivot':
      return <CrossBody {...others} answer={answer} data={answer.data} />
    case 'table':
      return <TableBody {...others} answer={answer} data={answer.data} />
    case 'leaderboard':
      return <LeaderboardBody {...others} answer={answer} data={answer.data} />
    case 'goal':
      return <GoalBody {...others} answer={answer} data={answer.data} />
    case 'recent':
      return <RecentBody {...others} answer={answer} data={answer.data} />
    case 'pipeline':
      return <PipelineBody {...others} answer={answer} data={answer.data} />
    case 'calendar':
      return <CalendarBody {...others} answer={answer} data={answer.data} />
    case 'tasks':
      return <TasksBody {...others} answer={answer} data={answer.data} />
    case 'text':
      return <TextBody {...others} answer={answer} data={answer.data} />
  }
}
