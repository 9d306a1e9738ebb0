import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { Panel, useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import classes from './canvas.module.css'

export function ZoomButtons() {
  const { t } = useTranslation('automation')
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  return (
    <Panel position="bottom-left" className={classes.zoom ?? ''}>
      <IconButton label={t('canvas.zoomIn')} onClick={() => void zoomIn()}>
        <IconPlus size={15} />
      </IconButton>
      <IconButton label={t('canvas.zoomOut')} onClick={() => void zoomOut()}>
        <IconMinus size={15} />
      </IconButton>
      <IconButton label={t('canvas.fit')} onClick={() => void fitView({ maxZoom: 1, padding: 0.08 })}>
        <IconArrowsMaximize size={15} />
      </IconButton>
    </Panel>
  )
}
