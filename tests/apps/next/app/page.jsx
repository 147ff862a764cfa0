"use client";

import { createTracker } from "omneo-interactions";
import { useEffect } from "react";
import { visit } from "../../visit.js";

export default function Page() {
  useEffect(() => void visit(createTracker, process.env.NEXT_PUBLIC_TOOL), []);
  return <h1>Next</h1>;
}
