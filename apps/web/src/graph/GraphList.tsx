import { Anchor } from '@mantine/core'
import type { RecordGraph } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import classes from './GraphPage.module.css'

/** The same as a list: for whoever rather reads than looks, and to open the records. */
export function GraphList({ graph }: { graph: RecordGraph }) {
  const { t } = useTranslation('graph')
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title ?? node.recordNumber]))
  const depths = [...new Set(graph.nodes.map(({ depth }) => depth))].filter((depth) => depth > 0).toSorted()
  const depthOf = new Map(graph.nodes.map(({ id, depth }) => [id, depth]))
  /** By which links a record hangs on those nearer to the start. */
  const waysTo = (id: string, depth: number) =>
    graph.edges.flatMap(({ from, to, label }) => {
      const other = from === id ? to : to === id ? from : undefined
      if (other === undefined || (depthOf.get(other) ?? depth) >= depth) return []
      return t(from === id ? 'wayOut' : 'wayIn', { label, title: titles.get(other) })
    })
  return (
    <nav className={classes.list} aria-label={t('list')}>
      {depths.length === 0 && <p className={classes.way}>{t('nothing')}</p>}
      {depths.map((depth) => (
        <section key={depth} aria-label={t('step', { count: depth })}>
          <h2 className={classes.step}>{t('step', { count: depth })}</h2>
          <ul className={classes.entries}>
            {graph.nodes
              .filter((node) => node.depth === depth)
              .map(({ id, object, title, recordNumber }) => (
                <li key={id}>
                  <Anchor component={Link} to={paths.record(object, id)} size="sm">
                    {title ?? recordNumber}
                  </Anchor>
                  {waysTo(id, depth).map((way) => (
                    <span key={way} className={classes.way}>
                      {way}
                    </span>
                  ))}
                </li>
              ))}
          </ul>
        </section>
      ))}
      {graph.left.length > 0 && (
        <section aria-label={t('left')}>
          <h2 className={classes.step}>{t('left')}</h2>
          <ul className={classes.entries}>
            {graph.left.map(({ id, relation, label, more }) => (
              <li key={`${id} ${relation}`} className={classes.way}>
                {more === null
                  ? t('moreSome', { title: titles.get(id), label })
                  : t('more', { title: titles.get(id), label, count: more })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  )
}
