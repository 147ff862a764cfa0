/** A tracker that nobody visits. */
export class Nobody {
  pageView() {}
  productView() {}
  login() {}
  formSubmission() {}
  clienteling() {}
  record() {}
  consent() {}
  signOut() {}
  inspect() {}
  stop() {}
  on() {
    return () => {};
  }
  async flush() {
    return { delivered: 0, refused: 0, kept: 0, failed: 0 };
  }
}

export const verdict = (record) => ({ allowed: false, rule: "server", reason: "Nothing is recorded on a server.", record });
