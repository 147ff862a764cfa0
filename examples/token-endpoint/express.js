import express from "express";

export const omneo = express.Router();

omneo.get("/omneo/token", async (request, response) => {
  response.set("Cache-Control", "no-store");
  const id = request.session?.profileId; // the Omneo profile of whoever is signed in, from your own session
  if (!id) return response.sendStatus(401);
  try {
    const minted = await fetch(`${process.env.OMNEO_API}/id/api/v1/auth/token`, {
      method: "POST",
      headers: { Authorization: `Bearer ${process.env.OMNEO_ADMIN_TOKEN}`, "Content-Type": "application/json" },
      body: JSON.stringify({ id }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!minted.ok) throw new Error(`Omneo answered ${minted.status}`);
    const { token, exp } = (await minted.json()).data;
    response.json({ token, exp });
  } catch (error) {
    console.error("/omneo/token:", error.message);
    response.sendStatus(502);
  }
});
