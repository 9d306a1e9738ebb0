import type { FieldMeta, ObjectMeta, Widget, WidgetFigures, WidgetType } from '@oneforge/client'

export type AnswerOf<T extends WidgetType> = Extract<WidgetFigures, { type: T }>
export type DataOf<T extends WidgetType> = NonNullable<AnswerOf<T>['data']>

/** What the inside of a widget is drawn from. */
export interface BodyProps<T extends WidgetType> {
  widget: Widget
  answer: AnswerOf<T>
  data: DataOf<T>
  /** What the widget shows; undefined for texts, and where the person does not see it. */
  object: ObjectMeta | undefined
  /** Of the object, with the attributes that all records have. */
  fields: FieldMeta[]
}
