import { languages } from '@oneforge/kernel/metadata'

/** The best of our languages for `Accept-Language: es-MX,en;q=0.8`; English where none fits. */
export function localeOf(header: string | null): string {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.split('-')[0]!.toLowerCase(), quality: Number(quality ?? 1) }
    })
    .sort((a, b) => b.quality - a.quality)
  return languages.find((language) => language === wanted.find(isOurs)?.language) ?? 'en'
}

const isOurs = ({ language }: { language: string }): boolean => languages.some((one) => one === language)
