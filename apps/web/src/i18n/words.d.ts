/** What build/words.ts makes: the words of several areas in one language. */
declare module 'words:*' {
  const texts: import('i18next').ResourceLanguage
  export default texts
}
