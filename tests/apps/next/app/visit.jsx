"use client";

import { useEffect } from "react";
import { tell } from "../../visit.js";
import { useOmneo } from "./omneo.jsx";

export function Visit() {
  const omneo = useOmneo();
  useEffect(() => {
    if (omneo) tell(omneo);
  }, [omneo]);
  return null;
}
