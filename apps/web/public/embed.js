// Puts a form of OneForge where this script stands, as high as the form is:
// <script src="https://…/embed.js" data-form="address" async></script>
;(() => {
  const script = document.currentScript
  const address = script.dataset.form
  const home = new URL(script.src).origin
  const frame = document.createElement('iframe')
  // What stands in the address of the page goes along: it may fill in answers beforehand.
  frame.src = `${home}/f/${address}${location.search}`
  frame.title = script.dataset.title || 'Form'
  frame.style.cssText = 'display:block;width:100%;border:0;height:480px'
  addEventListener('message', ({ origin, source, data }) => {
    const isOurs = origin === home && source === frame.contentWindow && data?.oneforge === 'form'
    if (isOurs && Number.isFinite(data.height)) frame.style.height = `${Math.ceil(data.height)}px`
  })
  script.after(frame)
})()
