// What the script promises, tried in a real page under the real content policy.
export async function behaviours(context, address, fail) {}
