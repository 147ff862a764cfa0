/** Whether a host's name is this machine's own: whoever sees such a page builds it. */
export const isHere = (hostname) => /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/.test(hostname);
