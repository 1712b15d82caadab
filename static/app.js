import { initAll } from './vendor/govuk/govuk-frontend.min.js';

initAll()

// Quick leave: the page goes blank at once, the server signs out. Escape three times does the same.
const leave = document.querySelector('form[data-quick-leave]')
if (leave) {
  let presses = 0
  let timer
  leave.addEventListener('submit', () => {
    document.title = ''
    document.body.classList.add('app-blank')
  })
  document.addEventListener('keydown', (event) => {
    presses = event.key === 'Escape' ? presses + 1 : 0
    clearTimeout(timer)
    timer = setTimeout(() => { presses = 0 }, 2000)
    if (presses === 3) leave.requestSubmit()
  })
}
