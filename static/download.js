// A file that takes a while: what it holds is counted while it comes, and it is saved once it is whole. Where a browser
// cannot do that, and for an answer that is no file, the form goes as it would without a script.
const form = document.querySelector('form[data-download]')
const box = document.querySelector('.app-download')
const ended = document.querySelector('[data-download-ended]')
const [rows, bar, stop] = ['p', 'progress', 'button'].map((name) => box.querySelector(name))
const button = form.querySelector('[type=submit]')
// A row of a spreadsheet is a decision. In a bundle each entry of the audit log begins with its chain line.
const { download: name, kind = 'Decisions', type = 'text/csv' } = form.dataset
const number = new Intl.NumberFormat('en-GB')
let stopped

// A line break inside quotes belongs to what somebody wrote. The first row has the names of the columns.
const ofRows = () => {
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

// Of evidence: each entry of the audit log begins with "v1|, at the start of a line or of a file, whose name ends in l.
const ofEntries = () => {
  const start = [34, 118, 49, 124]
  let matched = 0
  let before = 0
  let found = 0
  return (bytes) => {
    for (const byte of bytes) {
      const begins = byte === start[0] && (before === 10 || before === 108)
      matched = matched && byte === start[matched] ? matched + 1 : Number(begins)
      if (matched === start.length) {
        matched = 0
        found++
      }
      before = byte
    }
    return found
  }
}

const show = (found, coming) => {
  bar.max = Math.max(1, found, coming)
  bar.value = found
  rows.textContent = `${kind}: ${number.format(found)} of ${number.format(Math.max(found, coming))}`
}

// All of the file, or an error: a connection that breaks off rejects the read.
async function read (answer) {
  const coming = Number(answer.headers.get('X-Decisions') ?? answer.headers.get('X-Entries'))
  const count = type === 'text/csv' ? ofRows() : ofEntries()
  const parts = []
  const reader = answer.body.getReader()
  show(0, coming)
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value)
    show(count(part.value), coming)
  }
  return new Blob(parts, { type })
}

function save (file) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

async function take () {
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual', signal: stopped.signal })
  if (!answer.ok || !answer.headers.get('Content-Type').startsWith(type)) return form.submit()
  box.hidden = false
  save(await read(answer))
  ended.textContent = `The file is complete. ${kind} in it: ${number.format(bar.value)}.`
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
