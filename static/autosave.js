// Nothing typed is lost: forms with data-autosave are sent as they stand, every few seconds, to the address they name.
// What is typed is only ever on this page and on the server, never in the browser's own storage.
const QUIET = 1500 // after the last key
const BUSY = 5000 // while typing goes on
const LONGEST_WAIT = 15
const PATIENCE = 15000 // for an answer
const KEEPALIVE_LIMIT = 60000 // browsers send no more than 64 KiB while a page closes
const SAY = {
  away: 'No connection. What you typed is on this page only. We keep trying.',
  out: 'You were signed out. Your words are still here. Sign in in another tab, then come back to this one.',
  other: 'Somebody else is signed in now. Your words are still here. Sign in again yourself to keep them.',
  stale: 'This page was changed in another tab or on another device. Nothing was overwritten, and your words are still here.',
  gone: 'This page is closed now: it was recorded or thrown away somewhere else. Your words are only here. Copy what you need.',
  refused: 'What you typed could not be kept. Your words are still here. Press the button to send them.'
}
const dialog = document.querySelector('dialog[data-left]')
const here = dialog?.querySelector('form').action

const ask = (address, options) => fetch(address, {
  credentials: 'same-origin', redirect: 'manual', signal: options?.keepalive ? null : AbortSignal.timeout(PATIENCE), ...options,
  headers: { Accept: 'application/json', ...options?.headers }
})

class Autosave {
  constructor (form) {
    this.form = form
    this.address = form.dataset.autosave
    this.saved = this.first = this.words()
    this.waits = 0
    this.quiet = note('app-autosave', false)
    this.loud = note('app-autosave app-autosave--trouble', true)
    form.append(this.quiet, this.loud)
    form.addEventListener('input', () => this.typed())
    form.addEventListener('change', () => this.typed())
    form.addEventListener('submit', (event) => this.submit(event))
    form.querySelector('a[data-leave]')?.addEventListener('click', () => this.forget())
    window.addEventListener('online', () => { if (this.trouble) this.save() })
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.last()
      else if (this.trouble) this.save()
    })
    window.addEventListener('pagehide', () => this.last())
    window.addEventListener('pageshow', () => { this.passing = false })
  }

  // Everything in the form but what is secret or a file. A button's name is never in it.
  body () {
    const all = new URLSearchParams()
    const secret = new Set([...this.form.querySelectorAll('[type=password]')].map((box) => box.name))
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string' && !secret.has(name)) all.append(name, value)
    return all
  }

  // What a person can change in it.
  words () {
    const words = this.body()
    for (const name of ['csrfmiddlewaretoken', 'version', 'opened', 'autosave']) words.delete(name)
    return words.toString()
  }

  get unsaved () { return this.words() !== this.saved }

  typed () {
    const now = Date.now()
    if (!this.unsaved || this.closed) return
    this.since ??= now
    if (!this.trouble) this.later(Math.max(0, Math.min(QUIET, this.since + BUSY - now)))
  }

  later (wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), wait)
  }

  // One at a time: what is typed meanwhile goes with the next. Gives the name of the trouble, or nothing.
  save (options) {
    clearTimeout(this.timer)
    if (this.closed) return Promise.resolve(this.closed)
    this.saving ??= this.send(options).finally(() => { this.saving = null; if (this.unsaved) this.typed() })
    return this.saving
  }

  async send (options) {
    const words = this.words()
    this.since = null
    let answer
    try {
      if (this.trouble === 'out' || this.trouble === 'other') await this.renew()
      answer = await this.post(options)
      if (answer.status === 403 && !await this.renew()) answer = await this.post(options)
    } catch {
      return this.fail('away')
    }
    if (answer.ok) return this.done(words, await answer.json())
    if (answer.status === 401) {
      if ((await answer.json()).saved) this.saved = words // put aside for whoever typed them
      return this.fail('out')
    }
    if (answer.status === 403) return this.fail('other')
    if (answer.status === 409) return this.close('stale')
    if (answer.status === 404) return this.close('gone')
    return answer.status >= 500 ? this.fail('away') : this.close('refused')
  }

  post (options) {
    return ask(this.address, { method: 'POST', body: this.body(), ...options })
  }

  // The token of forms changes when somebody signs in; the same person gets the new one.
  async renew () {
    const answer = await ask(here, { headers: { 'Autosave-Token': this.form.elements.autosave.value } })
    const { token } = answer.ok ? await answer.json() : {}
    if (token) for (const box of document.getElementsByName('csrfmiddlewaretoken')) box.value = token
    return token ? undefined : answer.status === 401 ? 'out' : answer.ok ? 'other' : 'away'
  }

  done (words, { version, saved_at: at }) {
    this.saved = words
    this.trouble = null
    this.waits = 0
    if (version !== undefined) this.form.elements.version.value = version
    this.loud.replaceChildren()
    this.quiet.textContent = `Saved ${at}`
  }

  fail (trouble) {
    this.complain(trouble)
    this.later(1000 * Math.min(2 ** this.waits++, LONGEST_WAIT))
    return trouble
  }

  // Trying again would change nothing.
  close (trouble) {
    this.closed = trouble
    this.complain(trouble)
    return trouble
  }

  complain (trouble) {
    this.quiet.textContent = ''
    if (this.trouble === trouble) return
    this.trouble = trouble
    this.loud.replaceChildren(SAY[trouble])
    const link = { out: ['/sign-in/', 'Sign in in a new tab'], stale: [location.pathname, 'Open the newer one in a new tab'] }[trouble]
    if (link) this.loud.append(' ', newTab(...link))
  }

  // Only onto a page that will come: the words are kept first, and without a connection this page stays.
  async submit (event) {
    if (this.passing) return
    event.preventDefault()
    if (this.checking) return
    this.checking = true
    if (this.saving) await this.saving
    const trouble = this.unsaved && !this.closed ? await this.save() : await this.reach()
    this.checking = false
    if (['away', 'out', 'other', 'gone'].includes(trouble)) return
    this.passing = true
    setTimeout(() => { this.passing = false }, PATIENCE)
    this.form.requestSubmit(event.submitter)
  }

  async reach () {
    if (this.closed) return this.closed
    const trouble = await this.renew().catch(() => 'away')
    return trouble && this.fail(trouble)
  }

  // Left on purpose: what was typed is not wanted.
  forget () {
    this.closed = 'left'
    clearTimeout(this.timer)
    if (this.saved === this.first && !this.unsaved) return
    ask(dialog.dataset.discard, { method: 'POST', body: this.body(), keepalive: true }).catch(() => {})
  }

  // As the page goes: sent, and not waited for.
  last () {
    const words = this.words()
    if (this.passing || this.closed || words === this.saved || words === this.going) return
    const body = this.body()
    const keepalive = body.toString().length < KEEPALIVE_LIMIT
    this.going = words
    ask(this.address, { method: 'POST', body, keepalive })
      .then(async (answer) => { if (answer.ok) this.done(words, await answer.json()) })
      .catch(() => {}).finally(() => { this.going = null })
  }
}

function note (kind, aloud) {
  const line = document.createElement('p')
  line.className = `govuk-body ${kind}`
  if (aloud) line.setAttribute('role', 'status')
  return line
}

function newTab (address, words) {
  const link = document.createElement('a')
  Object.assign(link, { href: address, textContent: words, target: '_blank', rel: 'noopener', className: 'govuk-link' })
  return link
}

const forms = [...document.querySelectorAll('form[data-autosave]')].map((form) => new Autosave(form))
const lastWords = () => forms.forEach((one) => one.last())
document.querySelector('form[data-quick-leave]')?.addEventListener('submit', lastWords)
document.addEventListener('click', (event) => { if (event.target.closest('a[href]')) lastWords() })

// Warned before the session ends. Other tabs, and what is kept while typing, put the end off: so the server is asked.
let alarm
const wake = (seconds) => { clearTimeout(alarm); alarm = setTimeout(look, 1000 * seconds) }

function arm (left) {
  if (dialog.open) dialog.close()
  wake(Math.max(1, left - dialog.dataset.warning))
}

async function look () {
  let answer
  try {
    answer = await ask(here)
  } catch {
    return wake(LONGEST_WAIT)
  }
  if (answer.status === 401) return over()
  if (!answer.ok) return wake(LONGEST_WAIT)
  const { left } = await answer.json()
  if (left > dialog.dataset.warning) return arm(left)
  if (!dialog.open) dialog.showModal()
  wake(left + 1)
}

// Signed out: nothing of the page may stay on the screen, unless words on it are nowhere else yet.
async function over () {
  if (dialog.open) dialog.close()
  await Promise.all(forms.map((one) => one.unsaved && one.save()))
  if (!forms.some((one) => one.unsaved)) location.assign(location.pathname)
}

if (dialog) {
  wake(Math.max(1, dialog.dataset.left - dialog.dataset.warning))
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
  const stay = async (event) => {
    event.preventDefault()
    try {
      const form = dialog.querySelector('form')
      const answer = await ask(here, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      if (answer.ok) return arm((await answer.json()).left)
    } catch {}
    look()
  }
  dialog.addEventListener('submit', stay)
  dialog.addEventListener('cancel', stay)
}
