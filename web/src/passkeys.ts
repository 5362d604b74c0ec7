// Passkeys: the browser makes or uses one, its bytes go into the hidden fields of an ordinary form, and the form is sent.
import { all, one } from './dom';
import { words } from './words';

const bytes = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0)).buffer;

const text = (buffer: ArrayBuffer | null): string =>
  (buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') : '');

interface Listed { type: 'public-key'; id: string }
interface Options {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  excludeCredentials?: Listed[];
  allowCredentials?: Listed[];
}

const descriptors = (listed: Listed[] = []): PublicKeyCredentialDescriptor[] => listed.map(({ type, id }) => ({ type, id: bytes(id) }));

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const address = form.dataset.optionsFrom;
  if (!address) return JSON.parse(form.dataset.options ?? '{}') as Options;
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return await answer.json() as Options;
}

/** What the server said, with its bytes as the browser wants them. */
async function credentialOf(form: HTMLFormElement): Promise<Credential | null> {
  const options = await optionsOf(form);
  const challenge = bytes(options.challenge);
  if (form.dataset.passkey === 'create') {
    const user = { ...options.user, id: bytes(options.user?.id ?? '') };
    const publicKey = { ...options, challenge, user, excludeCredentials: descriptors(options.excludeCredentials) };
    return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
  }
  const publicKey = { ...options, challenge, allowCredentials: descriptors(options.allowCredentials) };
  return navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions });
}

function fill(form: HTMLFormElement, credential: PublicKeyCredential): void {
  const response = credential.response;
  const parts: Record<string, ArrayBuffer | null> = { credential_id: credential.rawId, client_data: response.clientDataJSON };
  if (response instanceof AuthenticatorAttestationResponse) parts.attestation = response.attestationObject;
  if (response instanceof AuthenticatorAssertionResponse) {
    Object.assign(parts, { authenticator_data: response.authenticatorData, signature: response.signature, user_handle: response.userHandle });
  }
  for (const field of all<HTMLInputElement>('input[data-part]', form)) field.value = text(parts[field.dataset.part ?? ''] ?? null);
}

function sentence(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return words.passkeyStopped;
  if (name === 'InvalidStateError') return words.passkeyKnown;
  return name === 'SecurityError' ? words.passkeyElsewhere : words.passkeyFailed;
}

async function send(form: HTMLFormElement): Promise<void> {
  const told = one('[data-passkey-error]', form);
  if (told) told.hidden = true;
  try {
    const credential = await credentialOf(form);
    if (!(credential instanceof PublicKeyCredential)) throw new DOMException('', 'NotAllowedError');
    fill(form, credential);
    form.submit();
  } catch (error) {
    if (!told) throw error;
    told.textContent = sentence(error);
    told.hidden = false;
  }
}

export function startPasskeys(): void {
  if (!('PublicKeyCredential' in window)) return;
  for (const form of all<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false;
    let asking = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (asking || !form.reportValidity()) return;
      asking = true;
      void send(form).finally(() => { asking = false; });
    });
  }
}
