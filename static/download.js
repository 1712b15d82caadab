// A file that takes a while: its rows are counted while they come, and it is saved once it is whole. Where a browser
// cannot do that, and for an answer that is no file, the form goes as it would without a script.
const form = document.querySelector('form[data-download]')
const box = document.querySelector('.app-download')
const ended = document.querySelector('[data-download-ended]')
const [rows, bar, stop] = ['p', 'progress', 'button'].map((name) => box.querySelector(name))
const button = form.querySelector('[type=submit]')
const number = new Intl.NumberFormat('en-GB')
let stopped

// A line break inside quotes belongs to what somebody wrote. The first row has the names of the columns.
const counter = () => {
  let quoted = false
  let found = -1
  return (bytes) => {
    for (const byte of bytes) {
      if (byte === 34) quoted = !quoted
      else if (byte === 10 && !quoted) found++
    }
    return Math.max(0, found)
  }
}

const show = (found, coming) => {
  bar.max = Math.max(1, found, coming)
  bar.value = found
  rows.textContent = `Decisions: ${number.format(found)} of ${number.format(Math.max(found, coming))}`
}

// All of the file, or an error: a connection that breaks off rejects the read.
async function read (answer) {
  const coming = Number(answer.headers.get('X-Decisions'))
  const count = counter()
  const parts = []
  const reader = answer.body.getReader()
  show(0, coming)
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value)
    show(count(part.value), coming)
  }
  return new Blob(parts, { type: 'text/csv' })
}

function save (file) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = form.dataset.download
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

async function take () {
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual', signal: stopped.signal })
  if (!answer.ok || !answer.headers.get('Content-Type').startsWith('text/csv')) return form.submit()
  box.hidden = false
  save(await read(answer))
  ended.textContent = `The file is complete. Decisions in it: ${number.format(bar.value)}.`
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  stopped = new AbortController()
  button.disabled = true
  ended.textContent = ''
  try {
    await take()
  } catch {
    ended.textContent = stopped.signal.aborted
      ? 'You stopped the download. Nothing was saved.'
      : 'The download broke off. Nothing was saved. Download it again.'
  }
  box.hidden = true
  button.disabled = false
})
stop.addEventListener('click', () => stopped.abort())
