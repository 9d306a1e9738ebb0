/** A PDF of one page, as small as can be. */
export interface PdfOptions {
  /** In points. */
  width?: number
  height?: number
  /** Further objects, from the number 5 on, and what the page says of those that it uses. */
  objects?: string[]
  resources?: string
}

/** @param content the operators that draw the page. */
export function pdfOf(content: string, options: PdfOptions = {}): Buffer {
  const { width = 595, height = 842, objects = [], resources = '<< >>' } = options
  const bodies = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources ${resources} >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...objects,
  ]
  let text = '%PDF-1.4\n'
  const lines = bodies.map((body, index) => {
    const start = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return `${String(start).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${lines.length + 1}\n0000000000 65535 f \n${lines.join('')}`
  return Buffer.from(
    `${text}${table}trailer << /Size ${lines.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF`,
    'latin1',
  )
}
