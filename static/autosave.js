// Autosave: forms with data-autosave are posted as they are, every few seconds, to the URL they name.
// What is typed is only on this page and on the server, never in the browser's own storage.
import { ask, dialog, here, LONGEST_WAIT, PATIENCE } from './request.js';

const QUIET = 1500 // after the last key
const BUSY = 5000 // while typing goes on
const KEEPALIVE_LIMIT = 60000 // browsers send no more than 64 KiB while a page closes
const MESSAGES = {
  away: 'No connection. What you typed is on this page only. We keep trying.',
  out: 'You were signed out. What you typed is still here. Sign in in another tab, then come back to this one.',
  other: 'Someone else is signed in now. What you typed is still here. Sign in again yourself to save it.',
  stale: 'This page was changed in another tab or on another device. Nothing was overwritten, and what you typed is still here.',
  gone: 'This page is closed: it was recorded or deleted somewhere else. What you typed is only here. Copy what you need.',
  refused: 'What you typed could not be saved. It is still here. Press the button to send it.'
}

class Autosave {
  constructor (form) {
    this.form = form
    this.address = form.dataset.autosave
    this.saved = this.first = this.values()
    this.waits = 0
    this.quiet = note('app-autosave', false)
    this.loud = note('app-autosave app-autosave--trouble', true)
    form.append(this.quiet, this.loud)
    form.addEventListener('input', () => this.changed())
    form.addEventListener('change', () => this.changed())
    form.addEventListener('submit', (event) => this.submit(event))
    form.querySelector('a[data-leave]')?.addEventListener('click', () => this.discard())
    window.addEventListener('online', () => { if (this.trouble) this.save() })
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.flush()
      else if (this.trouble) this.save()
    })
    window.addEventListener('pagehide', () => this.flush())
    window.addEventListener('pageshow', () => { this.submitting = false })
  }

  // Everything in the form except passwords and files. Buttons are never in it.
  body () {
    const all = new URLSearchParams()
    const secret = new Set([...this.form.querySelectorAll('[type=password]')].map((box) => box.name))
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string' && !secret.has(name)) all.append(name, value)
    return all
  }

  // What a person can change in the form, to compare.
  values () {
    const values = this.body()
    for (const name of ['csrfmiddlewaretoken', 'version', 'opened', 'autosave']) values.delete(name)
    return values.toString()
  }

  get unsaved () { return this.values() !== this.saved }

  changed () {
    const now = Date.now()
    if (!this.unsaved || this.closed) return
    this.since ??= now
    if (!this.trouble) this.schedule(Math.max(0, Math.min(QUIET, this.since + BUSY - now)))
  }

  schedule (wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), wait)
  }

  // One request at a time: later changes go with the next. Resolves to the name of the trouble, or nothing.
  save (options) {
    clearTimeout(this.timer)
    if (this.closed) return Promise.resolve(this.closed)
    this.saving ??= this.send(options).finally(() => { this.saving = null; if (this.unsaved) this.changed() })
    return this.saving
  }

  async send (options) {
    const values = this.values()
    this.since = null
    let answer
    try {
      if (this.trouble === 'out' || this.trouble === 'other') await this.renew()
      answer = await this.post(options)
      if (answer.status === 403 && !await this.renew()) answer = await this.post(options)
    } catch {
      return this.fail('away')
    }
    if (answer.ok) return this.done(values, await answer.json())
    if (answer.status === 401) {
      if ((await answer.json()).saved) this.saved = values // autosaved for the user who typed them
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

  // The CSRF token changes at sign-in; the same user gets the new one.
  async renew () {
    const answer = await ask(here, { headers: { 'Autosave-Token': this.form.elements.autosave.value } })
    const { token } = answer.ok ? await answer.json() : {}
    if (token) for (const box of document.getElementsByName('csrfmiddlewaretoken')) box.value = token
    return token ? undefined : answer.status === 401 ? 'out' : answer.ok ? 'other' : 'away'
  }

  done (values, { version, saved_at: at }) {
    this.saved = values
    this.trouble = null
    this.waits = 0
    if (version !== undefined) this.form.elements.version.value = version
    this.loud.replaceChildren()
    this.quiet.textContent = `Saved ${at}`
  }

  fail (trouble) {
    this.warn(trouble)
    this.schedule(1000 * Math.min(2 ** this.waits++, LONGEST_WAIT))
    return trouble
  }

  // For good: another attempt would not help.
  close (trouble) {
    this.closed = trouble
    this.warn(trouble)
    return trouble
  }

  warn (trouble) {
    this.quiet.textContent = ''
    if (this.trouble === trouble) return
    this.trouble = trouble
    this.loud.replaceChildren(MESSAGES[trouble])
    const link = { out: ['/sign-in/', 'Sign in in a new tab'], stale: [location.pathname, 'Open the newer one in a new tab'] }[trouble]
    if (link) this.loud.append(' ', newTab(...link))
  }

  // Save first, and submit only when the server can be reached: without a connection this page stays.
  async submit (event) {
    if (this.submitting) return
    event.preventDefault()
    if (this.checking) return
    this.checking = true
    if (this.saving) await this.saving
    const trouble = this.unsaved && !this.closed ? await this.save() : await this.reach()
    this.checking = false
    if (['away', 'out', 'other', 'gone'].includes(trouble)) return
    this.submitting = true
    setTimeout(() => { this.submitting = false }, PATIENCE)
    this.form.requestSubmit(event.submitter)
  }

  async reach () {
    if (this.closed) return this.closed
    const trouble = await this.renew().catch(() => 'away')
    return trouble && this.fail(trouble)
  }

  // Cancelled: discard what was autosaved.
  discard () {
    this.closed = 'left'
    clearTimeout(this.timer)
    if (this.saved === this.first && !this.unsaved) return
    ask(dialog.dataset.discard, { method: 'POST', body: this.body(), keepalive: true }).catch(() => {})
  }

  // Save as the page closes, without waiting for the answer.
  flush () {
    const values = this.values()
    if (this.submitting || this.closed || values === this.saved || values === this.flushing) return
    const body = this.body()
    const keepalive = body.toString().length < KEEPALIVE_LIMIT
    this.flushing = values
    ask(this.address, { method: 'POST', body, keepalive })
      .then(async (answer) => { if (answer.ok) this.done(values, await answer.json()) })
      .catch(() => {}).finally(() => { this.flushing = null })
  }
}

function note (kind, aloud) {
  const line = document.createElement('p')
  line.className = `govuk-body ${kind}`
  if (aloud) line.setAttribute('role', 'status')
  return line
}

function newTab (address, text) {
  const link = document.createElement('a')
  Object.assign(link, { href: address, textContent: text, target: '_blank', rel: 'noopener', className: 'govuk-link' })
  return link
}

export const forms = [...document.querySelectorAll('form[data-autosave]')].map((form) => new Autosave(form))
const flushAll = () => forms.forEach((form) => form.flush())
document.querySelector('form[data-quick-leave]')?.addEventListener('submit', flushAll)
document.addEventListener('click', (event) => { if (event.target.closest('a[href]')) flushAll() })
