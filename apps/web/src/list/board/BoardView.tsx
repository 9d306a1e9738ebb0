import type { ListQuery, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'
import { Board } from './Board.tsx'

export interface BoardViewProps {
  object: ObjectMeta
  list: ListControls
  columns: ColumnControls
  /** Filter, search and fields of the list; columns and lanes come on top. */
  query: ListQuery
  /** Absent when the person may not create. */
  onCreate: (() => void) | undefined
}

/** The board of any object with a choice, whichever it is made of. */
export default function BoardView(props: BoardViewProps) {
  const { t } = useTranslation('list')
  const { board } = props.list
  if (!board) return <EmptyPage icon="layout-kanban" title={t('board.none')} text={t('board.noneText')} />
  return <Board key={board.key} {...props} field={board} />
}
