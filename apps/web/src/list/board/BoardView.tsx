import { useTranslation } from 'react-i18next'
import { useSeen } from '../../firstday/firstDay.ts'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import { Board, type BoardProps } from './Board.tsx'

/** The board of any object with a choice, whichever it is made of. */
export default function BoardView(props: Omit<BoardProps, 'field'>) {
  const { t } = useTranslation('list')
  const { board } = props.list
  useSeen('board', board !== undefined)
  if (!board) return <EmptyPage icon="layout-kanban" title={t('board.none')} text={t('board.noneText')} />
  return <Board key={board.key} {...props} field={board} />
}
