import { initAll } from './vendor/govuk/govuk-frontend.min.js';
import './asked_of.js';
import './search_options.js';

initAll()

// Quick leave: the page goes blank at once, the server signs out, and the next page takes this one's place in the
// history of the tab. Without an answer the form goes as it would without a script. Escape three times does the same.
const PATIENCE = 2000 // milliseconds
const leave = document.querySelector('form[data-quick-leave]')
if (leave) {
  let presses = 0
  let timer
  let leaving = false
  leave.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (leaving) return
    leaving = true
    document.title = ''
    document.body.classList.add('app-blank')
    const body = new URLSearchParams(new FormData(leave))
    const answer = await fetch(leave.action, { method: 'POST', body, keepalive: true, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    if (answer?.ok && answer.redirected) location.replace(answer.url)
    else leave.submit()
  })
  document.addEventListener('keydown', (event) => {
    presses = event.key === 'Escape' ? presses + 1 : 0
    clearTimeout(timer)
    timer = setTimeout(() => { presses = 0 }, 2000)
    if (presses === 3) leave.requestSubmit()
  })
}

// A link to a section opens it where the browser does not do so by itself. A printed page has every section.
const openTarget = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  target?.closest?.('details')?.setAttribute('open', '')
}
addEventListener('hashchange', openTarget)
openTarget()
addEventListener('beforeprint', () => {
  for (const section of document.querySelectorAll('.app-fold > details')) section.open = true
})
