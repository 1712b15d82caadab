// Asks the browser for a passkey and sends its answer with the form. Where there is none, the page says what to do.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

// The options came as JSON; the browser wants bytes where JSON has text.
const asked = (options) => {
  const key = { ...options, challenge: toBytes(options.challenge) }
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) }
  for (const name of ['allowCredentials', 'excludeCredentials']) {
    if (key[name]) key[name] = key[name].map((one) => ({ ...one, id: toBytes(one.id) }))
  }
  return { publicKey: key }
}

const answered = (credential) => {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = toText(credential.response[name])
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  })
}

const form = document.querySelector('form[data-passkey]')
const button = form?.querySelector('[data-passkey-button]')
const said = form?.querySelector('[data-passkey-said]')
const box = form?.querySelector('input[name^="passkey"]')
if (form && !window.PublicKeyCredential) {
  said.textContent = 'This browser cannot use a passkey here.'
} else if (form) {
  button.hidden = false
  button.addEventListener('click', async () => {
    said.textContent = ''
    // The site says what is missing before the browser asks for a finger.
    if ([...form.querySelectorAll('input[type="text"]')].some((field) => !field.value.trim())) {
      form.submit()
      return
    }
    const options = asked(JSON.parse(form.dataset.passkey).publicKey)
    const isNew = 'passkeyNew' in form.dataset
    try {
      box.value = answered(await navigator.credentials[isNew ? 'create' : 'get'](options))
    } catch (problem) {
      said.textContent = problem.name === 'InvalidStateError'
        ? 'This device has a passkey for you already.'
        : 'No passkey was used. Try again, or use another way.'
      return
    }
    form.submit()
  })
}
