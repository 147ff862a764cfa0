"use client";

import { useState } from "react";

export function Size() {
  const [said, say] = useState("");
  const submit = (event) => {
    event.preventDefault();
    console.info("submitted", new FormData(event.target).get("size"));
    say("Thanks");
  };
  return (
    <>
      <form name="size" onSubmit={submit}>
        <input name="size" defaultValue="M" />
        <button>Send</button>
      </form>
      <p id="said">{said}</p>
    </>
  );
}
