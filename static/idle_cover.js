// The cover: when nobody has used the page for two minutes, it cannot be read from the screen any more. It is still there
// underneath, with all that was typed, and autosave and the session go on as they would.
const cover = document.querySelector('dialog[data-cover]')
if (cover) {
  const patience = 1000 * cover.dataset.cover
  const title = document.title
  let used = Date.now()
  let alarm

  const look = () => {
    clearTimeout(alarm)
    if (cover.open) return
    const left = used + patience - Date.now()
    if (left > 0) {
      alarm = setTimeout(look, left)
      return
    }
    document.title = cover.dataset.title
    cover.showModal()
  }

  // Whoever comes back to a machine that slept moves the mouse before its timers go on.
  const use = () => {
    if (Date.now() - used < patience) used = Date.now()
    else look()
  }

  for (const sign of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'input', 'focusin']) {
    addEventListener(sign, use, { capture: true, passive: true })
  }
  document.addEventListener('visibilitychange', look)
  cover.addEventListener('cancel', (event) => event.preventDefault())
  cover.addEventListener('close', () => {
    document.title = title
    used = Date.now()
    look()
  })
  // Who stays signed in is there.
  document.querySelector('dialog[data-left]')?.addEventListener('close', () => { if (document.hasFocus()) cover.close() })
  look()
}
