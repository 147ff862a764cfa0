// The programs as a brand runs them. An unoptimised build of several relays and of what stands for Omneo would be most of what is seen.

export { prepare } from "../relay/prepare.mjs";
