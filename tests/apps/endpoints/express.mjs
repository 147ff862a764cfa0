// A site with the endpoint of the docs, and with a session that knows whoever `/login?id=` named.

import express from "express";
import { omneo } from "./examples/express.js";

const app = express();
app.get("/login", (request, response) => response.cookie("profile", request.query.id).end());
app.use((request, response, next) => {
  const id = /profile=([^;]+)/.exec(request.headers.cookie)?.[1];
  request.session = { profileId: id };
  next();
});
app.use(omneo);
const server = app.listen(process.argv[2], "127.0.0.1", () => console.log(`started at ${server.address().port}`));
