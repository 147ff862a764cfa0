// Omneo's official JavaScript SDK against the sandbox.
//
// Where `@omneo/omneo-sdk` is installed, or `OMNEO_SDK` names its ES module, the SDK itself makes the calls. Where neither is
// so, the same calls are made by `fetch` with the very requests that version 1.37 of the SDK makes (method, path, headers and
// body): that holds the sandbox to what the SDK sends and reads, and says so in the test's name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ADA, ADMIN_TOKEN, startSandbox } from "./sandbox.mjs";

const sdk = await (process.env.OMNEO_SDK ? import(process.env.OMNEO_SDK) : import("@omneo/omneo-sdk").catch(() => null));
const { Omneo, ID } = sdk ?? bareRequests();
const by = sdk ? "the official SDK" : "the official SDK's requests (the SDK is not installed)";

const INTERACTION = {
  profile_id: ADA,
  action: "view",
  channel: "website",
  signal: 1,
  name: "Viewed product page",
  namespace: "web-engagement",
  latitude: "-37.8136",
  longitude: null,
  location: null,
  product_id: 1001,
  tags: ["sdk"],
  meta: { source: "sdk" },
};

test(`${by}: create, list, get, update and delete on the global route`, async (t) => {
  const sandbox = await startSandbox(t);
  const { interactions } = new Omneo({ tenant: "sandbox", token: ADMIN_TOKEN, baseURL: sandbox.url("/api/v3") });
  const created = await interactions.create(INTERACTION);
  assert.equal(created.name, "Viewed product page");
  assert.equal(created.latitude, "-37.8136");
  const list = await interactions.list({ "filter[namespace][eq]": "web-engagement" });
  assert.deepEqual([list.data.length, list.data[0].id, list.meta.total], [1, created.id, 1]);
  assert.deepEqual((await interactions.get(created.id)).meta, { source: "sdk" });
  const updated = await interactions.update(created.id, { ...INTERACTION, name: "Looked at a dress" });
  assert.deepEqual([updated.id, updated.name], [created.id, "Looked at a dress"]);
  await interactions.delete(created.id);
  assert.equal((await interactions.list()).meta.total, 0);
  await assert.rejects(interactions.create({ ...INTERACTION, signal: 5 }), ({ errors }) => {
    assert.deepEqual(errors.signal, ["`signal` is 5; accepted: 1 (positive), 0 (neutral) or -1 (negative)"]);
    return true;
  });
});

test(`${by}: an ID token lists, reads and deletes the profile's own`, async (t) => {
  const sandbox = await startSandbox(t);
  const { interactions } = new Omneo({ tenant: "sandbox", token: ADMIN_TOKEN, baseURL: sandbox.url("/api/v3") });
  const { id: interaction } = await interactions.create(INTERACTION);
  const id = new ID({ tenant: "sandbox", omneoAPIToken: ADMIN_TOKEN });
  id.baseURL = sandbox.url("/id/api/v1");
  const { token, exp } = await id.auth.requestAuthToken({ id: ADA });
  assert.ok(token && exp * 1000 > Date.now());
  assert.equal(id.auth.getProfileID(), ADA);
  assert.equal(id.auth.isTokenExpired(), false);
  const own = id.profile.interactions;
  assert.deepEqual((await own.list()).data.map((one) => one.id), [interaction]);
  assert.equal((await own.get(interaction)).product_id, 1001);
  await own.delete(interaction);
  assert.deepEqual((await own.list()).data, []);
  await id.auth.requestAuthToken({ id: "7002", id_handle: "shopify" });
  assert.notEqual(id.auth.getProfileID(), ADA);
});

function bareRequests() {
  const call = async (base, token, method, path, body) => {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    const answer = await fetch(`${base}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const data = await answer.json().catch(() => null);
    return answer.ok ? data : Promise.reject(data);
  };
  const query = (params) => (params ? `?${new URLSearchParams(params)}` : "");
  class Omneo {
    constructor({ token, baseURL }) {
      const send = (...request) => call(baseURL, token, ...request);
      this.interactions = {
        create: async (body) => (await send("POST", "/interactions", body)).data,
        list: (params) => send("GET", `/interactions${query(params)}`),
        get: async (id) => (await send("GET", `/interactions/${id}`)).data,
        update: async (id, body) => (await send("PUT", `/interactions/${id}`, body)).data,
        delete: (id) => send("DELETE", `/interactions/${id}`),
      };
    }
  }
  class ID {
    constructor({ omneoAPIToken }) {
      const send = (...request) => call(this.baseURL, this.token, ...request);
      this.auth = {
        requestAuthToken: async (body) => {
          const { data } = await call(this.baseURL, omneoAPIToken, "POST", "/auth/token", body);
          [this.token, this.exp] = [data.token, data.exp];
          return data;
        },
        getProfileID: () => JSON.parse(Buffer.from(this.token.split(".")[1], "base64url")).pid,
        isTokenExpired: () => this.exp * 1000 < Date.now(),
      };
      const own = "/profiles/me/interactions";
      this.profile = {
        interactions: {
          list: (params) => send("GET", `${own}${query(params)}`),
          get: async (id) => (await send("GET", `${own}/${id}`)).data,
          delete: (id) => send("DELETE", `${own}/${id}`),
        },
      };
    }
  }
  return { Omneo, ID };
}
