"use client";

import { useOmneo } from "omneo-interactions/react";
import { useEffect } from "react";
import { tell } from "../../visit.js";

export function Visit() {
  const omneo = useOmneo();
  useEffect(() => void tell(omneo), [omneo]);
  return null;
}
