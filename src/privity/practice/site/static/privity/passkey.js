// Passkeys for signing in. A form with data-passkey="make" or "use" holds the server's question in data-options; the browser's answer
// goes into its hidden fields, and the form is sent as any other.
//
// INVARIANT: what is sent is built field by field, and no extension is asked for: a credential's own toJSON() would hold secrets
// that other pages rely on (the PRF output opens sealed notes).

const UNDONE = "No passkey was used, and nothing was sent. You may have cancelled, or this device has no passkey for this practice. Press the button again, or take another way.";
const KNOWN = "This device already holds a passkey for your account. Use another device, or another key.";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!globalThis.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    prove(form);
  });
}

async function prove(form) {
  const said = form.querySelector("[role=alert]");
  said.textContent = "";
  try {
    const options = JSON.parse(form.dataset.options);
    const fields = form.dataset.passkey === "make" ? await make(options) : await use(options);
    for (const [name, value] of Object.entries(fields)) form.elements.namedItem(name).value = value;
    HTMLFormElement.prototype.submit.call(form);
  } catch (fault) {
    said.textContent = fault.name === "InvalidStateError" ? KNOWN : UNDONE;
  }
}

async function make(options) {
  const { response, id } = await navigator.credentials.create({
    publicKey: {
      rp: options.rp,
      user: { ...options.user, id: bytes(options.user.id) },
      challenge: bytes(options.challenge),
      pubKeyCredParams: options.pubKeyCredParams,
      excludeCredentials: options.excludeCredentials.map(({ id: known }) => ({ type: "public-key", id: bytes(known) })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      timeout: options.timeout,
    },
  });
  return { id, clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) };
}

async function use(options) {
  const { response, id } = await navigator.credentials.get({
    publicKey: { challenge: bytes(options.challenge), rpId: options.rpId, userVerification: "required", timeout: options.timeout },
  });
  return {
    id,
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : "",
  };
}

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const bytes = (base64url) => Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
