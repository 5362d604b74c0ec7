// A town by the clock of the test: its administrator, its officer, a key of the API, and a profile that public pages can show.
import assert from 'node:assert/strict';
import { Installation } from './support.mjs';

/** The town, served from the instant `now`. What it returns is closed by `installation.close()`. */
export async function vire(now) {
  const installation = new Installation();
  try {
    return { installation, ...await settle(installation, now) };
  } catch (error) {
    await installation.close();
    throw error;
  }
}

async function settle(installation, now) {
  installation.settings.GREFFIER_CLOCK = now;
  installation.cli(['organisation', 'add', 'vire', '--name', 'Ville de Vire', '--test-clock']);
  const anne = installation.addUser('anne@vire.example', 'Anne Roux', 'administrator', 'vire');
  const claire = installation.addUser('claire@vire.example', 'Claire Delmas', 'dpo', 'vire');
  const token = installation.cli(['token', 'add', '--organisation', 'vire', '--role', 'dpo']).trim();
  await installation.serve();
  const api = async (method, path, body) => {
    const answer = await fetch(`${installation.address}/api/v1/organisations/vire${path}`, { method, body: body && JSON.stringify(body), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' } });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
  const clock = (form) => fetch(`${installation.address}/test/clock`, { method: 'POST', body: new URLSearchParams(form) });
  const [profile] = (await api('GET', '/profile')).items;
  await api('PATCH', `/profile/${profile.id}`, { address: '1 place du Marché', postcode: '14500', city: 'Vire', email: 'mairie@vire.example', dpo: { name: 'Claire Delmas', email: 'dpo@vire.example' } });
  return { anne, claire, api, at: (instant) => clock({ now: instant }), pass: (seconds) => clock({ advance_seconds: seconds }) };
}
