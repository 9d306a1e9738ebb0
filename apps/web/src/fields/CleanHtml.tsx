import DOMPurify from 'isomorphic-dompurify'
import classes from './CleanHtml.module.css'

/** HTML from records is not trusted, whoever wrote it: only plain formatting survives. */
export default function CleanHtml({ html }: { html: string }) {
  const clean = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: ['p', 'br', 'strong', 'b', 'em', 'i', 'u', 's', 'ul', 'ol', 'li', 'a', 'blockquote', 'code'],
    ALLOWED_ATTR: ['href'],
  })
  // Cleaned on the lines above.
  return <div className={classes.text} dangerouslySetInnerHTML={{ __html: clean }} />
}
